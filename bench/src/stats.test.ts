import { describe, expect, it } from 'vitest';
import { calmMean, median, pairedRatio, quantile, rangedRatio } from './stats.ts';

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

describe('rangedRatio', () => {
  const rounds = (factor: number): number[][] =>
    Array.from({ length: 60 }, (_, round) =>
      // Each round has a speed of its own, as a shared machine does.
      Array.from({ length: 40 }, (_, at) => factor * (1 + (round % 7)) * (1 + at / 40)),
    );

  it('finds a hundredth more through rounds that differ sevenfold', () => {
    const { ratio, from, to } = rangedRatio(rounds(1.01), rounds(1), calmMean);
    expect(ratio).toBeCloseTo(1.01);
    expect([from > 1.005, to < 1.015]).toEqual([true, true]);
  });

  it('says a wide range when rounds contradict each other', () => {
    const torn = rounds(1).map((numbers, round) => numbers.map((number) => number * (round % 2 ? 1.5 : 0.7)));
    const { from, to } = rangedRatio(torn, rounds(1), median);
    expect(to - from).toBeGreaterThan(0.1);
  });
});
