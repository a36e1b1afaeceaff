import { CLOSE, LIMITS } from '@djust/protocol';
import { expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';
import { memoryStore } from '../state/memory.ts';

const GUESTS = 100;
/** The peers of this rig never say goodbye; longer nobody waits. */
const SLOW_MS = 2_000;

it('sends its visitors on one after the other, each with the advice to come back soon', async () => {
  const { server, clock, connect } = rig(counter());
  const guests = await Promise.all(
    Array.from({ length: GUESTS }, (_, at) => connect({ address: `192.0.2.${at >> 5}` })),
  );
  const gone = (): number => guests.filter(({ peer }) => peer.closedWith).length;
  const drained = server.drain();
  expect([server.isDraining, gone()]).toEqual([true, 0]);
  for (let step = 1; step <= 10; step++) {
    await clock.advance(LIMITS.drainMs / 10);
    expect(Math.abs(gone() - (GUESTS * step) / 10)).toBeLessThanOrEqual(1);
  }
  await clock.advance(SLOW_MS);
  await drained;
  expect(new Set(guests.map(({ peer }) => JSON.stringify(peer.closedWith)))).toEqual(
    new Set([JSON.stringify({ code: CLOSE.restart, reason: String(LIMITS.comeBackMs) })]),
  );
});

it('sends on whoever comes while it ends, and still answers pages', async () => {
  const { server, clock, connect, get } = rig(counter());
  await connect();
  const drained = server.drain(1_000);
  const late = await connect();
  expect([late.hello, late.closedWith]).toEqual([[], CLOSE.restart]);
  expect((await get('/')).status).toBe(200);
  await clock.advance(1_000 + SLOW_MS);
  await drained;
});

it('sends on whoever was let in before and is known only after it began to end', async () => {
  let know = (): void => {};
  const known = new Promise<null>((resolve) => {
    know = () => resolve(null);
  });
  const { server, connect } = rig(counter(), { principal: () => known });
  const coming = connect();
  await settled();
  await server.drain();
  know();
  const late = await coming;
  expect([late.hello, late.closedWith]).toEqual([[], CLOSE.restart]);
});

it('is over at once when nobody is there, and writes down what is not written yet', async () => {
  const flush = vi.fn(async () => {});
  const { server } = rig(counter(), { store: { ...memoryStore(), flush } });
  await server.drain();
  expect(flush).toHaveBeenCalledTimes(1);
});

it('waits for a handler that runs, so that its outcome is stored', async () => {
  const store = memoryStore();
  const commit = vi.fn(store.commit);
  let finish = (): void => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const view = counter({
    events: {
      add: async ({ count }) => {
        await slow;
        return { count: count + 1 };
      },
    },
  });
  const { server, clock, connect } = rig(view, { store: { ...store, isShared: true, commit } });
  const client = await connect();
  await client.mount();
  const before = commit.mock.calls.length;
  client.send({ type: 'event', event: 'add', params: {}, ref: 1 });
  const ended = vi.fn();
  const drained = server.drain(1_000).then(ended);
  await clock.advance(1_000 + SLOW_MS);
  await settled();
  expect(ended).not.toHaveBeenCalled();
  finish();
  await drained;
  expect(commit.mock.calls.slice(before).map(([, record]) => record.state)).toEqual([{ count: 1, names: [] }]);
});
