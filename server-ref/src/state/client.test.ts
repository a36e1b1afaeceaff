import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { type ClientStoreOptions, clientStore } from './client.ts';
import { record } from './store.contract.ts';
import type { SealedSession, Seals, StateStore } from './store.ts';

const KEY_1 = { id: 'k1', secret: 'the first secret that nobody can guess' };
const KEY_2 = { id: 'k2', secret: 'the second one that nobody can guess..' };
const HOUR_MS = 3_600_000;
const anybody = (): boolean => true;

const clock = new FakeClock();

function store(options: Partial<ClientStoreOptions> = {}): StateStore & { seals: Seals } {
  return clientStore({ keys: [KEY_1], clock, ...options }) as StateStore & { seals: Seals };
}

const session = (change: Partial<SealedSession> = {}): SealedSession => ({
  id: 'session',
  owner: 1,
  number: 1,
  record: record(),
  ...change,
});

/** What another process says to a seal, and why. */
async function opening(sealed: string, options: Partial<ClientStoreOptions> = {}) {
  const other = store(options);
  const opened = await other.seals.open(sealed, anybody);
  const { sealed: _, opened: count, ...why } = (await other.stats?.())?.counts ?? {};
  return { opened, why: Object.keys(why)[0] ?? (count === 1 ? 'opened' : '') };
}

describe('a seal', () => {
  it('opens in every process that has the key, and says the same', async () => {
    const sealed = await store().seals.seal(session());
    expect(await opening(sealed)).toEqual({ opened: { ...session(), isOld: false }, why: 'opened' });
  });

  it('shows nothing of what is in it', async () => {
    const secret = record({ state: { note: 'nobody may read this' } });
    const sealed = await store().seals.seal(session({ record: secret }));
    const bytes = Buffer.from(sealed.split('.')[2] as string, 'base64url').toString('latin1');
    expect(bytes).not.toContain('nobody');
    expect(await store().seals.seal(session({ record: secret }))).not.toBe(sealed);
  });

  it('is refused when one character of it is another one', async () => {
    const sealed = await store().seals.seal(session());
    for (const at of [5, 30, sealed.length - 3]) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(await opening(changed)).toEqual({ opened: undefined, why: 'tampered' });
    }
  });

  it.each(['', 'x', '1.k1', '1.k1.', '2.k1.AAAA', '1.k1.A.A', '1.k1.AAAA'])('%j is none', async (text) => {
    expect((await opening(text)).opened).toBeUndefined();
  });

  it('opens while its key is in the ring, and not after', async () => {
    const sealed = await store().seals.seal(session());
    expect(await opening(sealed, { keys: [KEY_2, KEY_1] })).toMatchObject({ why: 'opened' });
    expect(await opening(sealed, { keys: [KEY_2] })).toEqual({ opened: undefined, why: 'key' });
    const other = { ...KEY_1, secret: 'another secret under the same old name' };
    expect(await opening(sealed, { keys: [other] })).toEqual({ opened: undefined, why: 'tampered' });
  });

  it('is of no use at another site', async () => {
    const sealed = await store({ audience: 'tenant-a' }).seals.seal(session());
    expect(await opening(sealed, { audience: 'tenant-b' })).toEqual({ opened: undefined, why: 'tampered' });
  });

  it('expires', async () => {
    const sealed = await store().seals.seal(session());
    await clock.advance(HOUR_MS);
    expect(await opening(sealed)).toMatchObject({ why: 'opened' });
    await clock.advance(1);
    expect(await opening(sealed)).toEqual({ opened: undefined, why: 'expired' });
  });

  it('is refused for whom its record is not', async () => {
    const { seals, stats } = store();
    const sealed = await seals.seal(session({ record: record({ principalId: 'ada' }) }));
    expect(await seals.open(sealed, ({ principalId }) => principalId === 'eve')).toBeUndefined();
    expect((await stats?.())?.counts).toMatchObject({ foreign: 1 });
  });

  it('is known to be old once a later one was handed in', async () => {
    const { seals, stats } = store();
    const [early, late] = [await seals.seal(session()), await seals.seal(session({ number: 2 }))];
    expect(await seals.open(early, anybody)).toMatchObject({ isOld: false });
    expect(await seals.open(early, anybody), 'a reply that was lost').toMatchObject({ isOld: false });
    expect(await seals.open(late, anybody)).toMatchObject({ isOld: false });
    expect(await seals.open(early, anybody)).toMatchObject({ isOld: true });
    expect((await stats?.())?.counts).toMatchObject({ opened: 3, replayed: 1 });
  });

  it('is not made of a state that is too large for a frame', async () => {
    const { seals } = store();
    const state = (length: number) => session({ record: record({ state: { text: 'ä'.repeat(length) } }) });
    const sealed = await seals.seal(state(8_000));
    expect(sealed.length).toBeLessThan(32_768);
    await expect(seals.seal(state(8_200))).rejects.toThrow('state/too-large');
  });

  it('keeps the answers that a client may still ask for, and no more', async () => {
    const answers = Array.from({ length: 200 }, (_, at) => [at + 1, '{"type":"error"}'] as const);
    const { opened } = await opening(await store().seals.seal(session({ record: record({ answers }) })));
    expect(opened?.record.answers).toEqual(answers.slice(-40));
  });
});

describe('a key ring', () => {
  it.each([
    ['keys', []],
    ['keys', [KEY_1, KEY_2, { ...KEY_1, id: 'k3' }, { ...KEY_1, id: 'k4' }]],
    ['keys[0].id', [{ ...KEY_1, id: 'a.b' }]],
    ['keys[1].id', [KEY_1, { ...KEY_2, id: 'k1' }]],
    ['keys[0].secret', [{ id: 'k1', secret: 'too short' }]],
  ])('with a mistake in %s is refused at the start', (at, keys) => {
    expect(() => store({ keys })).toThrow(expect.objectContaining({ code: 'config/invalid', at }));
  });
});
