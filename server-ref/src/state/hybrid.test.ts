import { DjustError, faultOf, LIMITS } from '@djust/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis } from '../../../scripts/browsers.ts';
import { FakeClock, settled } from '../../test/fake-clock.ts';
import { RedisProcess } from '../../test/redis.ts';
import { type Rig, rig, shownFor, type TestClient } from '../../test/rig.ts';
import { gate } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import type { Clock } from '../clock.ts';
import { silentLogger } from '../logger.ts';
import { type HybridStoreOptions, hybridStore } from './hybrid.ts';
import { memoryStore } from './memory.ts';
import { type RedisClient, redisStore } from './redis.ts';
import { record, storeContract } from './store.contract.ts';
import { FIRST_TOKEN, type Gone, type StateStore } from './store.ts';

/** Where records are written: another process cannot tell it from Redis, and a test can break it. */
function slowStore() {
  const store = memoryStore({ clock: new FakeClock() });
  const faults = { isDown: false, waits: undefined as Promise<void> | undefined };
  const written: number[] = [];
  const behind: StateStore = {
    ...store,
    isShared: true,
    commit: async (id, one, token) => {
      await faults.waits;
      if (faults.isDown) throw new Error('the store is away');
      written.push(one.version);
      return store.commit(id, structuredClone(one), token);
    },
  };
  return { behind, faults, written };
}

function hybrid(options: Partial<HybridStoreOptions> = {}) {
  const clock = new FakeClock();
  const slow = slowStore();
  const store = hybridStore({ behind: slow.behind, clock, ...options });
  const gone: [string, Gone][] = [];
  store.onGone?.((id, why) => gone.push([id, why]));
  return { ...slow, store, clock, gone };
}

const version = (number: number) => record({ version: number });

describe('hybridStore', () => {
  storeContract(() => hybridStore({ behind: { ...memoryStore({ log: silentLogger }), isShared: true } }));

  it('answers at once, and writes what came last when its time is over', async () => {
    const { store, clock, written } = hybrid();
    expect(store.commit('s', version(1), FIRST_TOKEN)).toBe(true);
    await clock.advance(100);
    expect(store.commit('s', version(2), FIRST_TOKEN)).toBe(true);
    expect(store.commit('s', version(3), FIRST_TOKEN)).toBe(true);
    await clock.advance(149);
    expect(written).toEqual([]);
    await clock.advance(1);
    expect(written).toEqual([3]);
    expect((await store.stats?.())?.counts).toMatchObject({ answered: 3, written: 1, waiting: 0 });
  });

  it('writes at once when the browser leaves, and all of it when told to', async () => {
    const { store, written } = hybrid();
    store.commit('s', version(1), FIRST_TOKEN);
    store.release?.('s');
    await settled();
    expect(written).toEqual([1]);
    store.commit('s', version(2), FIRST_TOKEN);
    store.commit('t', version(3), FIRST_TOKEN);
    await store.flush?.();
    expect(written).toEqual([1, 2, 3]);
  });

  it('answers for a view that may lose nothing when it is written, and not before', async () => {
    const waits = gate();
    const { store, faults, written } = hybrid({ through: ['test.view'] });
    faults.waits = waits.opened;
    let isAnswered = false;
    const answer = Promise.resolve(store.commit('s', version(1), FIRST_TOKEN)).then(() => {
      isAnswered = true;
    });
    await settled();
    expect(isAnswered).toBe(false);
    waits.open();
    await answer;
    expect(written).toEqual([1]);
  });

  it('never lets an earlier record overtake a later one', async () => {
    const waits = gate();
    const { store, faults, clock, written } = hybrid();
    faults.waits = waits.opened;
    store.commit('s', version(1), FIRST_TOKEN);
    await clock.advance(250);
    store.commit('s', version(2), FIRST_TOKEN);
    await clock.advance(250);
    expect(written).toEqual([]);
    waits.open();
    await store.flush?.();
    expect(written).toEqual([1, 2]);
  });

  it('promises no more while writing fails: answers wait, and are refused when it fails again', async () => {
    const { store, faults, clock, written } = hybrid();
    faults.isDown = true;
    store.commit('s', version(1), FIRST_TOKEN);
    await clock.advance(250);
    await expect(store.commit('s', version(2), FIRST_TOKEN)).rejects.toThrow('away');
    faults.isDown = false;
    await clock.advance(250);
    // What was answered for is written; what was refused is not.
    expect(written).toEqual([1]);
    expect(store.commit('s', version(3), FIRST_TOKEN)).toBe(true);
  });

  it('promises no more while writing takes too long', async () => {
    const waits = gate();
    const { store, faults, clock, written } = hybrid();
    faults.waits = waits.opened;
    store.commit('s', version(1), FIRST_TOKEN);
    await clock.advance(500);
    expect(store.commit('s', version(2), FIRST_TOKEN)).toBe(true);
    await clock.advance(1);
    const late = store.commit('s', version(3), FIRST_TOKEN);
    expect(late).toBeInstanceOf(Promise);
    waits.open();
    expect(await late).toBe(true);
    expect(written).toEqual([1, 3]);
    expect(store.commit('s', version(4), FIRST_TOKEN)).toBe(true);
  });

  it('refuses what is too large to be written, and holds up nobody else', async () => {
    const { store, behind, clock } = hybrid();
    const commit = behind.commit;
    Object.assign(behind, {
      commit: async (...args: Parameters<typeof commit>) => {
        if (args[1].version > 100) throw new DjustError(faultOf('state/too-large', 'test.view'));
        return commit(...args);
      },
    });
    expect(store.commit('large', version(101), FIRST_TOKEN)).toBe(true);
    await clock.advance(250);
    await expect(store.commit('large', version(102), FIRST_TOKEN)).rejects.toThrow('state/too-large');
    expect(store.commit('other', version(1), FIRST_TOKEN)).toBe(true);
    expect(await store.commit('large', version(3), FIRST_TOKEN)).toBe(true);
    expect(store.commit('large', version(4), FIRST_TOKEN)).toBe(true);
    expect((await behind.load('large'))?.version).toBe(3);
  });

  it('lets a session go when it turns out to be somebody else’s', async () => {
    const { store, behind, clock, gone } = hybrid();
    store.commit('s', version(1), FIRST_TOKEN);
    await store.flush?.();
    const taken = await behind.take('s');
    store.commit('s', version(2), FIRST_TOKEN);
    await clock.advance(250);
    expect(gone).toEqual([['s', 'moved']]);
    expect((await behind.load('s'))?.version).toBe(1);
    expect(await store.isOwner('s', FIRST_TOKEN)).toBe(false);
    expect(await store.isOwner('s', taken?.token as number)).toBe(true);
  });

  it('writes nothing of a session that ended', async () => {
    const { store, clock, written } = hybrid();
    store.commit('s', version(1), FIRST_TOKEN);
    await store.delete('s', FIRST_TOKEN);
    await clock.advance(1_000);
    expect([written, clock.waiting]).toEqual([[], 0]);
  });
});

describe.runIf(findRedis())('hybridStore on Redis', () => {
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
  storeContract(() => hybridStore({ behind: redisStore({ client, log: silentLogger }) }));
});

describe('processes with a hybrid store', () => {
  const ext = (session: string, shown: number, acked: number) => ({ session, version: shown, acked, ref: acked });

  function nodes(options: Partial<HybridStoreOptions> = {}) {
    const { behind } = slowStore();
    const view = counter();
    const [one, two] = [0, 1].map(() => {
      // Each process has its own hands to turn.
      const turn: { clock?: FakeClock } = {};
      const clock: Clock = {
        now: () => turn.clock?.now() ?? 0,
        after: (ms, run) => (turn.clock as FakeClock).after(ms, run),
        id: () => (turn.clock as FakeClock).id(),
      };
      const made = rig(view, { store: hybridStore({ behind, clock, ...options }) });
      turn.clock = made.clock;
      return made;
    }) as [Rig, Rig];
    return { one, two, behind };
  }

  /** A page of this process, with a browser that did two things. */
  async function visited(one: Rig): Promise<{ client: TestClient; session: string }> {
    const page = await one.get();
    const client = (await one.connect()).show(page);
    await client.mount({ ext: ext(page.session, 1, 0) });
    await one.clock.advance(LIMITS.writeBehindMs);
    await client.event('add', {}, 1);
    await client.event('add', {}, 2);
    return { client, session: page.session };
  }

  const shown = (count: number): string => shownFor(counter(), { count, names: [] });

  it('hand a session over when its browser leaves, whole', async () => {
    const { one, two } = nodes();
    const { client, session } = await visited(one);
    await client.drop();
    const second = await two.connect();
    await second.mount({ ext: ext(session, 3, 2) });
    expect(second.shown).toBe(shown(2));
  });

  it('wait for what the other one is about to write, when the browser comes sooner than that', async () => {
    const { one, two } = nodes();
    const { session } = await visited(one);
    const second = await two.connect();
    await second.mount({ ext: ext(session, 3, 2) });
    expect(second.shown).toBe('');
    await one.clock.advance(LIMITS.writeBehindMs);
    await two.clock.advance(LIMITS.writeBehindMs);
    await second.received();
    expect(second.shown).toBe(shown(2));
  });

  it('say so when one was killed before it wrote what it had answered, and go on from there', async () => {
    const { two, one } = nodes();
    const { session } = await visited(one);
    const second = await two.connect();
    await second.mount({ ext: ext(session, 3, 2) });
    await two.clock.advance(LIMITS.writeBehindMs);
    const frames = await second.received();
    expect(frames.map(({ type }) => type)).toContain('mount');
    expect(second.peer.texts.join('')).toContain('"code":"state/rolled-back"');
    expect(second.shown).toBe(shown(0));
    expect(await second.event('add', {}, 3)).toMatchObject([{ type: 'patch', ref: 3 }]);
    expect(second.shown).toBe(shown(1));
  });

  it('say so too when nothing was written but the page that was rendered', async () => {
    const { two, one } = nodes();
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ ext: ext(page.session, 1, 0) });
    await first.event('add', {}, 1);
    const second = await two.connect();
    await second.mount({ ext: ext(page.session, 2, 1) });
    await two.clock.advance(LIMITS.writeBehindMs);
    await second.received();
    expect(second.peer.texts.join('')).toContain('"code":"state/rolled-back"');
    expect(second.shown).toBe(shown(0));
    expect(await second.event('add', {}, 2)).toMatchObject([{ type: 'patch', ref: 2 }]);
  });

  it('lose nothing of a view whose answers wait, whenever one is killed', async () => {
    const { two, one } = nodes({ through: ['test.view'] });
    const { session } = await visited(one);
    const second = await two.connect();
    await second.mount({ ext: ext(session, 3, 2) });
    expect(second.shown).toBe(shown(2));
    expect(second.peer.texts.join('')).not.toContain('rolled-back');
  });
});
