import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.int(1_000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('shuffles without losing anything', () => {
    const list = Array.from({ length: 100 }, (_, at) => at);
    const shuffled = createRandom(1).shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.sort((a, b) => a - b)).toEqual(list);
  });
});
