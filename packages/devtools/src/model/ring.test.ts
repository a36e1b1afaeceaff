import { describe, expect, it } from 'vitest';
import { CAPS } from './caps.ts';
import { Ring } from './ring.ts';
import { TraceStore } from './trace-store.ts';

describe('a ring', () => {
  it('keeps the newest and counts what it let go', () => {
    const ring = new Ring<number>(3);
    for (let at = 0; at < 10; at++) ring.push(at);
    expect(ring.items).toEqual([7, 8, 9]);
    expect(ring.dropped).toBe(7);
  });

  it('keeps fewer at once when it is told to, and grows with what it holds', () => {
    const ring = new Ring<number>(5, 100, () => 1);
    for (let at = 0; at < 5; at++) ring.push(at);
    ring.most = 2;
    expect([ring.items, ring.dropped, ring.weight]).toEqual([[3, 4], 3, 2]);
    ring.grow(10);
    expect(ring.weight).toBe(12);
  });

  it('lets go by weight too, but never of the last', () => {
    const ring = new Ring<string>(100, 10, (text) => text.length);
    for (const text of ['aaaa', 'bbbb', 'cccc']) ring.push(text);
    expect(ring.items).toEqual(['bbbb', 'cccc']);
    ring.push('d'.repeat(50));
    expect(ring.items).toEqual(['d'.repeat(50)]);
  });
});

describe('what the panel holds', () => {
  it('stays under 5 MiB under the heaviest traffic', () => {
    const store = new TraceStore();
    for (let at = 0; at < 20_000; at++) {
      store.addFrame({ at, direction: 'in', type: 'patch', text: 'x'.repeat(4_000), bytes: 4_000, connection: 1 });
      store.addEvent({
        view: 'v',
        name: 'e',
        params: { text: 'y'.repeat(400) },
        element: '',
        status: 'ok',
        createdAt: at,
      });
      store.addTransition({ at, from: 'live', to: 'waiting' });
    }
    expect(store.heldBytes).toBeLessThan(5 * 1024 * 1024);
    expect(store.frames.items.length).toBeGreaterThan(100);
    expect(store.events.items.length).toBeLessThanOrEqual(CAPS.events);
    expect(store.frames.dropped).toBeGreaterThan(0);
  });
});
