import { HINTS } from '@djust/protocol';
import { expect, test } from 'vitest';
import { findDevTexts, longestPlainPart, measure, moduleTable, sizeTable } from './size-report.ts';

test('measures a bundle in all three forms', () => {
  const size = measure('a.min.js', Buffer.from('x'.repeat(1000)), 100);
  expect(size).toMatchObject({ file: 'a.min.js', min: 1000, limitGzip: 100 });
  expect(size.gzip).toBeLessThan(100);
  expect(size.brotli).toBeLessThan(size.gzip);
});

test('says by how much a bundle is over its limit, and what changed', () => {
  const size = { file: 'a.min.js', min: 300, gzip: 120, brotli: 90, limitGzip: 100 };
  const [, row] = sizeTable([size], { 'a.min.js': { gzip: 110, modules: {} } });
  expect(row).toMatch(/over by 20 +\+10$/);
});

test('lists modules by length with their growth, and those that left', () => {
  const [, ...rows] = moduleTable({ 'a.ts': 10, 'b.ts': 30 }, { 'a.ts': 12, 'c.ts': 5, 'b.ts': 30 });
  expect(rows.map((row) => row.trim().split(/ +/))).toEqual([
    ['b.ts', '30'],
    ['a.ts', '10', '-2'],
    ['c.ts', '0', '-5'],
  ]);
});

test('finds development text however the minifier quoted it', () => {
  const hint = 'Use a string, html`…`, or "nothing" at all.';
  expect(findDevTexts('x="Use a string, html`\\u2026`, or \\"nothing\\" at all."', [hint])).toEqual([hint]);
  expect(findDevTexts('x="something else"', [hint])).toEqual([]);
});

test('every hint has a part long enough to be recognised by', () => {
  for (const hint of Object.values(HINTS)) expect(longestPlainPart(hint).length, hint).toBeGreaterThan(15);
});
