import { expect, it } from 'vitest';
import { FIRST_TOKEN, type SessionRecord, type StateStore } from './store.ts';

export const record = (change: Partial<SessionRecord> = {}): SessionRecord => ({
  view: 'test.view',
  url: '/',
  params: {},
  principalId: null,
  clientId: 'tab',
  state: { count: 1, text: 'ä 👍 "quoted" \u2028' },
  version: 2,
  lastRef: 7,
  answers: [[6, '{"type":"error"}']],
  topics: ['room'],
  presences: [['room', { name: 'Ada' }]],
  ...change,
});

/** What every store must do. */
export function storeContract(make: () => StateStore): void {
  let count = 0;
  const fresh = (): { store: StateStore; id: string } => ({ store: make(), id: `s${++count}-${Math.random()}` });

  it('answers what was committed, whole', async () => {
    const { store, id } = fresh();
    expect(await store.commit(id, record(), FIRST_TOKEN)).toBe(true);
    expect(await store.take(id)).toEqual({ record: record(), token: 2 });
  });

  it('knows nothing of a session that never was', async () => {
    const { store, id } = fresh();
    expect(await store.take(id)).toBeUndefined();
  });

  it('keeps sessions apart', async () => {
    const { store, id } = fresh();
    await store.commit(id, record({ version: 5 }), FIRST_TOKEN);
    await store.commit(`${id}x`, record({ version: 6 }), FIRST_TOKEN);
    expect((await store.take(id))?.record.version).toBe(5);
  });

  it('shuts an earlier owner out', async () => {
    const { store, id } = fresh();
    await store.commit(id, record(), FIRST_TOKEN);
    const taken = await store.take(id);
    expect(await store.commit(id, record({ version: 99 }), FIRST_TOKEN)).toBe(false);
    expect(await store.isOwner(id, FIRST_TOKEN)).toBe(false);
    expect(await store.isOwner(id, taken?.token as number)).toBe(true);
    expect(await store.commit(id, record({ version: 3 }), taken?.token as number)).toBe(true);
    expect((await store.take(id))?.record.version).toBe(3);
  });

  it('lets one of two that take it at once be the owner', async () => {
    const { store, id } = fresh();
    await store.commit(id, record(), FIRST_TOKEN);
    const taken = await Promise.all([store.take(id), store.take(id)]);
    const tokens = taken.map((one) => one?.token as number);
    const wrote = await Promise.all(tokens.map((token) => store.commit(id, record({ version: token }), token)));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    expect((await store.take(id))?.record.version).toBe(Math.max(...tokens));
  });

  it('forgets what its owner deletes, and nobody else', async () => {
    const { store, id } = fresh();
    await store.commit(id, record(), FIRST_TOKEN);
    const taken = await store.take(id);
    await store.delete(id, FIRST_TOKEN);
    expect(await store.isOwner(id, taken?.token as number)).toBe(true);
    await store.delete(id, taken?.token as number);
    expect(await store.take(id)).toBeUndefined();
  });

  it('keeps a large record', async () => {
    const { store, id } = fresh();
    const state = { rows: Array.from({ length: 2_000 }, (_, at) => ({ id: at, name: `row ${at} ä` })) };
    await store.commit(id, record({ state }), FIRST_TOKEN);
    expect((await store.take(id))?.record.state).toEqual(state);
  });

  it('may be told that browsers come and go, of sessions that it has and of others', async () => {
    const { store, id } = fresh();
    store.release?.(id);
    store.hold?.(id);
    await store.commit(id, record(), FIRST_TOKEN);
    store.release?.(id);
    store.hold?.(id);
    expect((await store.load(id))?.version).toBe(2);
  });

  it('says how it is', async () => {
    const { store, id } = fresh();
    await store.commit(id, record(), FIRST_TOKEN);
    await store.flush?.();
    await store.ping?.();
    const stats = await store.stats?.();
    expect(stats?.kind).toMatch(/^[a-z]+$/);
    expect(stats?.sessions ?? 1).toBeGreaterThanOrEqual(1);
  });
}
