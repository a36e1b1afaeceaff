import { expect, test } from 'vitest';
import { makeRows, shuffled, swapped, updated } from './table-rows.ts';

const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

test('rows are the same every time', () => {
  expect(makeRows(3, 5)).toEqual(makeRows(10, 1).slice(4, 7));
  expect(new Set(makeRows(100, 1).map(({ label }) => label)).size).toBeGreaterThan(60);
});

test('an update makes every tenth row a new object and keeps the others', () => {
  const rows = makeRows(1000, 1);
  const after = updated(rows, 10);
  expect(after.filter((row, at) => row !== rows[at])).toHaveLength(100);
  expect(after[10]?.label).toBe(`${rows[10]?.label} !!!`);
});

test('rows 2 and 999 of a thousand change places', () => {
  const after = swapped(makeRows(1000, 1));
  expect([after[1]?.id, after[998]?.id]).toEqual([999, 2]);
  expect(ids(swapped(makeRows(3, 1)))).toEqual([1, 2, 3]);
});

test('a shuffle loses nothing, and the same seed gives the same order', () => {
  const rows = makeRows(1000, 1);
  const after = shuffled(rows, 7);
  expect(ids(after)).not.toEqual(ids(rows));
  expect(ids(after).sort((a, b) => a - b)).toEqual(ids(rows));
  expect(ids(shuffled(rows, 7))).toEqual(ids(after));
  expect(ids(shuffled(rows, 8))).not.toEqual(ids(after));
});
