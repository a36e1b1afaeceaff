import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';
import { silentLogger } from '../logger.ts';
import { type MemoryStoreOptions, memoryStore } from './memory.ts';
import { record, storeContract } from './store.contract.ts';
import { FIRST_TOKEN, type Gone } from './store.ts';
import { weigh } from './weigh.ts';

const HOUR_MS = 3_600_000;
const BYTES = weigh(record());

function withClock(options: MemoryStoreOptions = {}) {
  const clock = new FakeClock();
  const store = memoryStore({ clock, ...options });
  const gone: [string, Gone][] = [];
  store.onGone?.((id, why) => gone.push([id, why]));
  const put = (...ids: string[]): void => {
    for (const id of ids) store.commit(id, record(), FIRST_TOKEN);
  };
  return { clock, store, gone, put, stats: () => store.stats?.() };
}

describe('memoryStore', () => {
  storeContract(() => memoryStore({ log: silentLogger }));

  it('gives up the record that was left first when there is no room', () => {
    const { store, put, gone, stats } = withClock({ maxBytes: 3 * BYTES });
    put('a', 'b', 'c');
    store.release?.('a');
    put('d');
    expect(gone).toEqual([['b', 'ended']]);
    expect([store.load('a'), store.load('b')]).toEqual([record(), undefined]);
    expect(stats()).toEqual({
      kind: 'memory',
      sessions: 3,
      bytes: 3 * BYTES,
      counts: { live: 0, evicted: 1, expired: 0 },
    });
  });

  it('never gives up a record that a browser holds, and does not count it', () => {
    const { store, put, gone, stats } = withClock({ maxBytes: 2 * BYTES });
    for (const id of ['a', 'b', 'c', 'd']) {
      put(id);
      store.hold?.(id);
    }
    put('a', 'b', 'c', 'd');
    expect(gone).toEqual([]);
    expect(stats()).toMatchObject({ sessions: 4, bytes: 0, counts: { live: 4 } });
    for (const id of ['a', 'b', 'c', 'd']) store.release?.(id);
    expect(gone).toEqual([
      ['a', 'ended'],
      ['b', 'ended'],
    ]);
  });

  it('does not keep a record that is larger than all room', () => {
    const { store, put } = withClock({ maxBytes: BYTES - 1 });
    put('a');
    expect(store.size).toBe(0);
  });

  it('weighs a record that grows while no browser holds it', () => {
    const { store, put, stats } = withClock({ maxBytes: 10 * BYTES });
    put('a', 'b');
    store.commit('a', record({ state: { text: 'x'.repeat(9 * BYTES) } }), FIRST_TOKEN);
    expect([store.load('b'), stats()]).toMatchObject([undefined, { sessions: 1 }]);
  });

  it('lets a record go an hour after its last change, not before, and not while a browser holds it', async () => {
    const { clock, store, put, gone } = withClock();
    put('a', 'b', 'held');
    store.hold?.('held');
    await clock.advance(HOUR_MS / 2);
    put('b');
    await clock.advance(HOUR_MS / 2);
    expect(gone).toEqual([['a', 'ended']]);
    await clock.advance(HOUR_MS / 2);
    expect(gone.map(([id]) => id)).toEqual(['a', 'b']);
    expect(store.size).toBe(1);
    store.release?.('held');
    await clock.advance(HOUR_MS);
    expect([store.size, clock.waiting]).toEqual([0, 0]);
  });

  it('keeps records for ever without a time', async () => {
    const { clock, store, put } = withClock({ ttlMs: 0 });
    put('a');
    await clock.advance(1_000 * HOUR_MS);
    expect(store.size).toBe(1);
  });

  it('lets a hundred thousand records go in slices', async () => {
    const { clock, store } = withClock();
    const one = record();
    for (let at = 0; at < 100_000; at++) store.commit(String(at), one, FIRST_TOKEN);
    await clock.advance(HOUR_MS);
    expect([store.size, store.stats?.()]).toMatchObject([0, { bytes: 0, counts: { expired: 100_000 } }]);
  });
});

describe('a server with little room', () => {
  const crowd = (pages: number) => {
    const all = rig(counter(), { store: memoryStore({ maxBytes: 3 * weigh(record()) }) });
    return { ...all, pages: async () => Promise.all(Array.from({ length: pages }, () => all.get())) };
  };

  it('ends the sessions whose records the store gave up, and no others', async () => {
    const { server, pages } = crowd(20);
    const shown = await pages();
    expect(server.sessionCount).toBeLessThan(6);
    expect(shown.every(({ status }) => status === 200)).toBe(true);
  });

  it('keeps who is connected, whatever comes', async () => {
    const { pages, connect, get } = crowd(20);
    const page = await get();
    const client = (await connect()).show(page);
    await client.mount({ ext: { session: page.session, version: 1 } });
    await pages();
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'patch', version: 2 }]);
    await client.drop();
    const again = (await connect()).show(page);
    const [reply] = await again.mount({ ext: { session: page.session, version: 1, acked: 0, ref: 1 } });
    expect(reply).toMatchObject({ ext: { outcome: 'resumed' } });
  });
});
