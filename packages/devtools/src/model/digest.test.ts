import { describe, expect, it } from 'vitest';
import { Digest } from './digest.ts';
import { readHeld } from './held.ts';
import type { EventDetail, RawEntry } from './raw.ts';
import { TraceStore } from './trace-store.ts';

type Untimed = RawEntry extends infer E ? (E extends RawEntry ? Omit<E, 'at'> : never) : never;

/** Writes entries down as the recorder does, a millisecond apart. */
function record(): { store: TraceStore; digest: Digest; take: (...entries: Untimed[]) => void } {
  const store = new TraceStore();
  const digest = new Digest(store);
  let at = 0;
  const take = (...entries: Untimed[]): void => {
    for (const entry of entries) digest.take({ at: ++at, ...entry } as RawEntry);
  };
  take({ kind: 'page', url: '/cart', how: 'load' }, { kind: 'view', name: 'shop.cart', outcome: 'adopted' });
  return { store, digest, take };
}

const detail = (event: string, params: EventDetail['params'] = {}): EventDetail => ({ event, params });
const out = (frame: object): Untimed => ({ kind: 'out', text: JSON.stringify(frame), connection: 1 });
const inward = (frame: object): Untimed => ({ kind: 'in', text: JSON.stringify(frame), connection: 1 });

/** The client sends while it is still telling that the event was taken in. */
const send = (made: EventDetail, ref: number): Untimed[] => [
  { kind: 'intent', detail: made, replayed: false },
  out({ type: 'event', event: made.event, params: made.params, ref }),
  { kind: 'queued', detail: made },
];
const applied = (version: number): Untimed[] => [
  { kind: 'patching', version },
  { kind: 'patched', version, touched: 1, added: 0, removed: 0 },
];

describe('the digest', () => {
  it('attributes two events right that were answered out of order', () => {
    const { store, take } = record();
    const [save, remove] = [detail('save', { id: 1 }), detail('save', { id: 2 })];
    take(...send(save, 1), ...send(remove, 2));
    take(inward({ type: 'patch', version: 5, ref: 2, ops: [[0, '1', 'b', '2', 'c']] }), ...applied(5));
    take(inward({ type: 'patch', version: 6, ref: 1, ops: [[0, '1', 'a']] }), ...applied(6));
    take({ kind: 'settled', detail: remove, outcome: { status: 'acked', ref: 2 } });
    const [first, second] = store.events.items;
    expect(first).toMatchObject({ ref: 1, params: { id: 1 }, status: 'sent', applied: { version: 6, ops: 1 } });
    expect(second).toMatchObject({ ref: 2, params: { id: 2 }, status: 'ok', applied: { version: 5, ops: 2 } });
  });

  it('gives an event its ref when it is sent later, over another connection', () => {
    const { store, take } = record();
    const [a, b] = [detail('add', { n: 1 }), detail('add', { n: 2 })];
    for (const made of [a, b])
      take({ kind: 'intent', detail: made, replayed: false }, { kind: 'queued', detail: made });
    expect(store.events.items.map(({ status }) => status)).toEqual(['queued', 'queued']);
    take(
      out({ type: 'event', event: 'add', params: { n: 1 }, ref: 8 }),
      out({ type: 'event', event: 'add', params: { n: 2 }, ref: 9 }),
    );
    take({ kind: 'closed', code: 1006, reason: '' }, out({ type: 'event', event: 'add', params: { n: 1 }, ref: 8 }));
    expect(store.events.items.map(({ ref }) => ref)).toEqual([8, 9]);
    expect(store.frames.items).toHaveLength(3);
    expect(store.transitions.items[0]).toMatchObject({ to: 'closed', code: 1006 });
  });

  it('knows an event that a listener of the page prevented', () => {
    const { store, take } = record();
    take({ kind: 'intent', detail: detail('save'), replayed: false }, ...send(detail('save'), 1));
    expect(store.events.items.map(({ status, ref, reason }) => ({ status, ref, reason }))).toEqual([
      { status: 'dropped', ref: undefined, reason: 'cancelled' },
      { status: 'sent', ref: 1, reason: undefined },
    ]);
  });

  it('keeps what the server says of a failure', () => {
    const { store, take } = record();
    const made = detail('save');
    take(
      ...send(made, 1),
      inward({ type: 'error', code: 'event/failed', error: 'It failed.', hint: 'Look.', ref: 1, id: 'abc' }),
    );
    take({ kind: 'settled', detail: made, outcome: { status: 'rejected', reason: 'event/failed' } });
    expect(store.events.items[0]).toMatchObject({
      status: 'error',
      reason: 'event/failed',
      error: { code: 'event/failed', hint: 'Look.', id: 'abc' },
    });
  });

  it('finds the event of an error without a ref by its name, as the base wire has it', () => {
    const { store, take } = record();
    take(...send(detail('save'), 1), ...send(detail('add'), 2), inward({ type: 'error', error: 'no', event: 'add' }));
    expect(store.events.items.map(({ status }) => status)).toEqual(['sent', 'error']);
  });

  it('knows how long a patch took while nobody looked, as long as it was one', () => {
    const { store, take } = record();
    take(...send(detail('save'), 1), inward({ type: 'patch', version: 5, ref: 1, ops: [[0, '1', 'b']] }));
    take({ kind: 'delivered', from: 3 }, inward({ type: 'noop', ref: 1 }), { kind: 'delivered', from: 8 });
    expect(store.events.items[0]).toMatchObject({ applied: { version: 5, ops: 1, tookMs: 4 } });
    expect(store.frames.items.map(({ tookMs }) => tookMs)).toEqual([undefined, 4, undefined]);
  });

  it('takes what the server tells of the inside before and behind the answer', () => {
    const { store, take } = record();
    const inside = { startedAt: 0, spans: [], delta: [], stateBytes: 10 };
    take({ kind: 'told', text: JSON.stringify({ type: 'dev:event', ref: 1, ...inside }) });
    take(...send(detail('save'), 1), ...send(detail('save'), 2));
    take({ kind: 'told', text: JSON.stringify({ type: 'dev:event', ref: 2, ...{ ...inside, stateBytes: 20 } }) });
    expect(store.events.items.map(({ server }) => server?.stateBytes)).toEqual([10, 20]);
  });

  it('marks what came another way, and finds the event of a stream all the same', () => {
    const { store, take } = record();
    const patch = { type: 'patch', version: 5, ref: 1, ops: [] };
    take({ kind: 'in', text: '{"type":"mount","version":4}', connection: 1, way: 'sse' }, ...send(detail('save'), 1));
    take({ kind: 'in', text: JSON.stringify(patch), connection: 1, way: 'sse' });
    expect(store.frames.items.map(({ type, way }) => [type, way])).toEqual([
      ['mount', 'sse'],
      ['event', undefined],
      ['patch', 'sse'],
    ]);
    expect(store.events.items[0]?.answeredAt).toBeDefined();
    const read = readHeld(JSON.parse(JSON.stringify(store.held)));
    expect(read.ok && read.value.frames.map(({ way }) => way)).toEqual(['sse', undefined, 'sse']);
  });

  it('lists messages of the worker, which answer no event, whatever they hold', () => {
    const { store, take } = record();
    const ring: { type: string; self?: unknown } = { type: 'ring' };
    ring.self = ring;
    take(...send(detail('save'), 1));
    for (const message of [{ type: 'patch', version: 7, ref: 1 }, ring])
      take({ kind: 'worker', direction: 'in', message });
    expect(store.frames.items.slice(1)).toMatchObject([
      { type: 'patch', direction: 'in', way: 'worker', text: '{"type":"patch","version":7,"ref":1}', bytes: 36 },
      { type: '?', way: 'worker', text: '' },
    ]);
    expect(store.frames.items[1]).not.toHaveProperty('ref');
    expect(store.frames.items[1]).not.toHaveProperty('version');
    expect(store.events.items[0]).toMatchObject({ status: 'sent' });
    expect(store.events.items[0]?.answeredAt).toBeUndefined();
  });

  it('does not mind frames that are no JSON, or bytes', () => {
    const { store, take } = record();
    take({ kind: 'in', text: '{"type":', connection: 1 }, { kind: 'out', text: '00 ff', bytes: 2, connection: 1 });
    expect(store.frames.items.map(({ type, bytes }) => [type, bytes])).toEqual([
      ['?', 8],
      ['upload', 2],
    ]);
  });
});
