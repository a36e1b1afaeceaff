import { expect, it } from 'vitest';
import { longestRise } from './longest-rise.ts';

it.each([
  [[], []],
  [
    [0, 1, 2],
    [true, true, true],
  ],
  [
    [3, 0, 1, 2],
    [false, true, true, true],
  ],
  [
    [2, 1, 0],
    [false, false, true],
  ],
])('of %j', (numbers, rises) => expect(longestRise(numbers)).toEqual(rises));
