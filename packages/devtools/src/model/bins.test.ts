import { describe, expect, it } from 'vitest';
import { anEvent, someEvents } from '../../test/events.ts';
import { binsOf, withRange } from './bins.ts';
import { parseQuery } from './query.ts';

describe('binsOf', () => {
  it('counts every event once, at its time', () => {
    const events = [0, 10, 5_000, 10_000].map((at) =>
      anEvent({ createdAt: 1e12 + at, status: at === 5_000 ? 'error' : 'ok' }),
    );
    expect(binsOf(events, 4)).toEqual({
      from: 1e12,
      to: 1e12 + 10_000,
      counts: [2, 0, 1, 1],
      failed: [false, false, true, false],
    });
    const many = someEvents(500).sort((a, b) => a.createdAt - b.createdAt);
    expect(binsOf(many, 60).counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  it('has a second at least, also of nothing', () => {
    expect(binsOf([], 3)).toMatchObject({ from: 0, to: 1_000, counts: [0, 0, 0] });
  });
});

describe('withRange', () => {
  it('changes the range of a query and nothing else of it', () => {
    const query = withRange('status:ok since:1 /a b/ until:2', [1_000.7, 2_000.2]);
    expect(query).toBe('status:ok /a b/ since:1000 until:2001');
    expect(parseQuery(query).faults).toEqual([]);
    expect(withRange(query)).toBe('status:ok /a b/');
    expect(withRange('', [1, 2])).toBe('since:1 until:2');
  });
});
