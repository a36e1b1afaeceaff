import { describe, expect, it } from 'vitest';
import { TestClock } from '../test/clock.ts';
import { anEvent } from '../test/events.ts';
import { CAPS } from './model/caps.ts';
import { TraceStore } from './model/trace-store.ts';
import { packPast, restoreTrace } from './past.ts';
import { leftTrace, storeTrace } from './persist.ts';

/** Time passes by itself as long as somebody waits. */
async function passing<T>(clock: TestClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    clock.pass(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return work;
}

class Storage {
  readonly items = new Map<string, string>();
  most = Number.POSITIVE_INFINITY;
  readonly getItem = (key: string): string | null => this.items.get(key) ?? null;
  readonly removeItem = (key: string): void => void this.items.delete(key);
  readonly setItem = (key: string, value: string): void => {
    if (value.length > this.most) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  };
}

/** A page of a tab: takes what the one before left, sees events of its own, and leaves all of it. */
async function visit(storage: Storage, events: number, isPacked = true): Promise<TraceStore> {
  const clock = new TestClock();
  const store = new TraceStore();
  const left = leftTrace(storage);
  if (left) await passing(clock, restoreTrace(store, left, clock));
  if (left && isPacked) await passing(clock, packPast(store, clock));
  store.addPage({ at: 1, url: `/${store.page + 1}`, how: 'load' });
  for (let at = 0; at < events; at++) {
    const { id: _, page: __, ...event } = anEvent({ name: `${store.page}-${at}`, params: { text: `value ${at}` } });
    store.addEvent(event);
    const text = `{"type":"event","event":"${store.page}-${at}"}`;
    store.addFrame({ at, direction: 'out', type: 'event', text, bytes: 9, connection: 1 });
  }
  storeTrace(store, storage);
  return store;
}

const namesOf = ({ events }: TraceStore): string[] => events.items.map(({ name }) => name);
const madeBy = (page: number, count: number): string[] => Array.from({ length: count }, (_, at) => `${page}-${at}`);

describe('what a page leaves to the next', () => {
  it('comes back whole and in order, over several pages, with ids that go on', async () => {
    const storage = new Storage();
    for (const count of [450, 3, 700]) await visit(storage, count);
    const last = await visit(storage, 1);
    expect(namesOf(last)).toEqual([...madeBy(1, 450), ...madeBy(2, 3), ...madeBy(3, 700), '4-0']);
    expect(last.frames.items).toHaveLength(1_154);
    expect(last.pages.items.map(({ page }) => page)).toEqual([1, 2, 3, 4]);
    const ids = [...last.events.items, ...last.frames.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is packed once its page is over, to less than a fifth', async () => {
    const [packed, plain] = [new Storage(), new Storage()];
    for (const storage of [packed, plain]) await visit(storage, 2_000);
    await visit(packed, 1);
    await visit(plain, 1, false);
    const [small = '', large = ''] = [leftTrace(packed), leftTrace(plain)];
    expect(JSON.parse(small).own.events).toHaveLength(1);
    expect(JSON.parse(large).own.events).toHaveLength(2_001);
    expect(small.length).toBeLessThan(large.length / 5);
    expect(namesOf(await visit(packed, 0))).toEqual(namesOf(await visit(plain, 0)));
  });

  it('loses its oldest part where the storage is full, and says nothing', async () => {
    const storage = new Storage();
    await visit(storage, 800);
    const second = await visit(storage, 60);
    const { past, own } = JSON.parse(leftTrace(storage) ?? '');
    expect(past.length).toBeGreaterThan(1_000);
    storage.most = JSON.stringify(own).length + 500;
    storeTrace(second, storage);
    const third = await visit(storage, 0);
    expect(namesOf(third)).toEqual(madeBy(2, 60));
    // Not packed yet: then half of it is cut.
    third.past = { text: '', page: 0 };
    storage.most /= 2;
    storeTrace(third, storage);
    expect(namesOf(await visit(storage, 0))).toEqual(madeBy(2, 60).slice(-30));
    storage.most = 10;
    await visit(storage, 1);
    expect(leftTrace(storage)).toBeUndefined();
  });

  it('does not come back when it was cleared', async () => {
    const storage = new Storage();
    await visit(storage, 5);
    const store = await visit(storage, 5);
    store.clear();
    storeTrace(store, storage);
    expect(namesOf(await visit(storage, 1))).toEqual(['3-0']);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['no packed text', JSON.stringify({ past: '%%%', own: {} })],
    ['packed noise', JSON.stringify({ past: btoa('noise'), own: {} })],
    ['entries of another kind', JSON.stringify({ past: '', own: { events: [{ id: 'x' }] } })],
  ])('is nothing where there is %s', async (_, text) => {
    const store = new TraceStore();
    await passing(new TestClock(), restoreTrace(store, text, new TestClock()));
    expect([store.events.items, store.frames.items]).toEqual([[], []]);
  });

  it('is read no further than any trace goes, however much a hostile text unpacks to', async () => {
    const events = Array.from({ length: 200 }, () => anEvent({ name: 'x'.repeat(1_000) }));
    const line = `${JSON.stringify({ events })}\n`;
    const stream = new Blob(Array.from({ length: 300 }, () => line)).stream();
    const bytes = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
    const past = Buffer.from(bytes).toString('base64');
    expect(past.length).toBeLessThan(CAPS.pastChars);
    const store = new TraceStore();
    const clock = new TestClock();
    await passing(clock, restoreTrace(store, JSON.stringify({ past, own: {} }), clock));
    const pieces = (store.events.items.length + store.events.dropped) / events.length;
    expect(pieces).toBeGreaterThan(10);
    expect(pieces * line.length).toBeLessThan(CAPS.fileBytes + 1_000_000);
  });
});
