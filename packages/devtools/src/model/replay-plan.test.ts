import { describe, expect, it } from 'vitest';
import { replayPlan } from './replay-plan.ts';

const waits = (times: readonly number[], speed: number): number[] =>
  replayPlan(times, (time) => time, speed).map(({ waitMs }) => waitMs);

describe('replayPlan', () => {
  it('keeps the pauses, shortens them, or leaves them out', () => {
    expect(waits([100, 300, 1_100], 1)).toEqual([0, 200, 800]);
    expect(waits([100, 300, 1_100], 4)).toEqual([0, 50, 200]);
    expect(waits([100, 300, 1_100], 0)).toEqual([0, 0, 0]);
  });

  it('takes things in the order of their times, and cuts a pause that nobody would wait for', () => {
    expect(replayPlan([3_600_000, 5], (time) => time, 1)).toEqual([
      { item: 5, waitMs: 0 },
      { item: 3_600_000, waitMs: 5_000 },
    ]);
  });
});
