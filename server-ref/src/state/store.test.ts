import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis } from '../../../scripts/browsers.ts';
import { RedisProcess } from '../../test/redis.ts';
import { memoryStore } from './memory.ts';
import { type RedisClient, redisStore } from './redis.ts';
import { FIRST_TOKEN, type SessionRecord, type StateStore } from './store.ts';

const record = (change: Partial<SessionRecord> = {}): SessionRecord => ({
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
function contract(make: () => StateStore): void {
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
}

describe('memoryStore', () => contract(memoryStore));

describe.runIf(findRedis())('redisStore', () => {
  let redis: RedisProcess;
  let client: RedisClient & { close(): Promise<unknown> };
  beforeAll(async () => {
    redis = await RedisProcess.start();
    client = (await redis.client()) as unknown as typeof client;
  });
  afterAll(async () => {
    await client.close();
    await redis.kill();
  });

  contract(() => redisStore({ client }));

  it('lets a record go after its time, and keeps it without one', async () => {
    const brief = redisStore({ client, ttlMs: 30 });
    const lasting = redisStore({ client, ttlMs: 0, prefix: 'lasting:' });
    await brief.commit('t', record(), FIRST_TOKEN);
    await lasting.commit('t', record(), FIRST_TOKEN);
    await expect.poll(() => brief.take('t')).toBeUndefined();
    expect(await lasting.take('t')).toBeDefined();
  });

  it('stores a record of many bytes packed, and refuses one that is too large', async () => {
    const store = redisStore({ client, prefix: 'size:' });
    await store.commit('s', record({ state: { text: 'x'.repeat(100_000) } }), FIRST_TOKEN);
    expect(await client.sendCommand(['HSTRLEN', 'size:session:s', 'r'])).toBeLessThan(2_000);
    await expect(store.commit('s', record({ state: { text: 'x'.repeat(1_100_000) } }), FIRST_TOKEN)).rejects.toThrow(
      'state/too-large',
    );
  });

  it('takes what it cannot read for absent', async () => {
    const store = redisStore({ client, prefix: 'odd:' });
    await client.sendCommand(['HSET', 'odd:session:s', 'f', '1', 'r', '9from the future']);
    expect(await store.take('s')).toBeUndefined();
  });
});
