import fc from 'fast-check';
import { expect, it } from 'vitest';
import { staying } from './keyed.ts';

/** The longest run of rising numbers, by trying all of them. */
function longest(places: readonly number[], from = 0, above = -1): number {
  let best = 0;
  for (let at = from; at < places.length; at++) {
    const place = places[at] as number;
    if (place > above) best = Math.max(best, 1 + longest(places, at + 1, place));
  }
  return best;
}

/** Old places in a new order: some rows gone, some new (-1). */
const anyOrder = fc
  .shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  .chain((places) => fc.tuple(...places.map((place) => fc.constantFrom(place, place, place, -1))));

it('rows that stay are a rising run, and there is no longer one', () => {
  fc.assert(
    fc.property(anyOrder, (places) => {
      const stays = staying(places);
      const run = places.filter((_, at) => stays[at]);
      expect(run.every((place, at) => place >= 0 && (at === 0 || place > (run[at - 1] as number)))).toBe(true);
      expect(run.length).toBe(longest(places));
    }),
    { numRuns: 500 },
  );
});

it.each<[string, number[], boolean[]]>([
  ['nothing', [], []],
  ['newcomers only', [-1, -1], [false, false]],
  ['no change', [0, 1, 2], [true, true, true]],
  ['the first goes last', [1, 2, 0], [true, true, false]],
  ['the last goes first', [2, 0, 1], [false, true, true]],
])('%s', (_, places, stays) => {
  expect(staying(places)).toEqual(stays);
});

it('takes a list of 100,000 rows without a deep stack or a square of steps', () => {
  const places = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_000);
  // A square of steps would be ten thousand million, far beyond the time a test has.
  expect(staying(places)).toHaveLength(100_000);
});
