import { describe, expect, it } from 'vitest';
import { median, pairedRatio, quantile } from './stats.ts';

describe('quantile', () => {
  it('interpolates between neighbours, in any order of the input', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 0], 0.95)).toBeCloseTo(9.5);
    expect(median([7])).toBe(7);
  });

  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('pairedRatio', () => {
  it('compares within a round, so that a busy machine does not show', () => {
    // The second round ran at half speed, for both.
    expect(pairedRatio([2, 4, 2], [1, 2, 1])).toBe(2);
  });
});
