import { idbStore, type StoredEvent, type StoredStream } from '@djust/outbox';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { done } from '../records.ts';
import { database, META, SESSION } from './database.ts';
import { flushEvents } from './events.ts';

const store = idbStore();
const events: StoredEvent[] = ['a', 'b', 'c'].map((event) => ({ event, params: {}, ref: undefined }));
const STREAM: StoredStream = {
  id: 'tab-1',
  session: 'first',
  page: { view: 'a.B', url: '/', params: {} },
  at: '',
  epoch: 'ann',
  ref: 0,
  acked: 0,
  savedAt: 1,
  events: [],
};

interface Asked {
  readonly session: string;
  readonly acked: number;
  readonly events: readonly { event: string; ref: number }[];
}

/** What was sent; the server answers each as the test says. */
const asked: Asked[] = [];
function serve(answer: (asked: Asked) => object): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    const request = JSON.parse(String(init?.body)) as Asked;
    asked.push(request);
    return Response.json(answer(request));
  });
}

beforeEach(async () => {
  asked.length = 0;
  await store.clear();
  const transaction = (await database()).transaction(META, 'readwrite');
  transaction.objectStore(META).put({ epoch: 'ann', isSure: true, saidAt: 1, unsafeAt: 0 }, SESSION);
  await done(transaction);
});
afterEach(() => vi.restoreAllMocks());

it('a session that has another name after each change is the same one: each event goes once', async () => {
  let count = 0;
  serve(({ acked }) => ({ session: `name ${++count}`, isSame: true, acked: acked + 2, done: 2 }));
  await store.save({ ...STREAM, events });
  expect(await flushEvents('/djust/events')).toBe(false);
  expect(asked.map(({ session, events }) => [session, events.map(({ event, ref }) => `${event}${ref}`)])).toEqual([
    ['first', ['a1', 'b2', 'c3']],
    ['name 1', ['c3']],
  ]);
  expect(await store.all()).toEqual([]);
});

it('a session that is gone is another one: its name is written down, and all goes there', async () => {
  serve(({ session }) =>
    session === 'first'
      ? { session: 'second', isSame: false, acked: 0, done: 0 }
      : { session, isSame: true, acked: 3, done: 3 },
  );
  await store.save({ ...STREAM, events });
  expect(await flushEvents('/djust/events')).toBe(false);
  expect(asked.map(({ session }) => session)).toEqual(['first', 'second']);
  expect(await store.all()).toEqual([]);
});

it('a server that never knows the session again is not asked for ever, and nothing is lost', async () => {
  let count = 0;
  serve(() => ({ session: `name ${++count}`, isSame: false, acked: 0, done: 0 }));
  await store.save({ ...STREAM, events });
  expect(await flushEvents('/djust/events')).toBe(true);
  expect(asked.length).toBeLessThan(100);
  expect((await store.all())[0]?.events).toHaveLength(3);
});
