import { expect, test } from 'vitest';
import { type Comparison, withTables } from './djust-doc.ts';

const REPORT: Comparison = {
  djust: '1.2.3',
  cases: [{ name: 'rows', trap: 'W1' }],
  stock: { min: 2000, gzip: 1000, patchMs: { touch: 10 }, passed: [] },
  ours: { min: 200, gzip: 100, patchMs: { touch: 1.04 }, passed: ['rows'] },
};
const TEXT = 'before\n<!-- measured: written by scripts/djust-doc.ts -->\nold\n<!-- /measured -->\nafter\n';

test('replaces what stands between the marks, and only that', () => {
  const text = withTables(TEXT, REPORT);
  expect(text).toMatch(/^before\n/);
  expect(text).toMatch(/\nafter\n$/);
  expect(text).not.toContain('old');
  expect(text).toContain('| the same after gzip -9 | 1,000 B | 100 B |');
  expect(text).toContain('| rows | W1 | **wrong** | right |');
  expect(text).toContain('| **right** | | 0 of 1 | 1 of 1 |');
  expect(withTables(text, REPORT)).toBe(text);
});

test('refuses a text without the marks', () => {
  expect(() => withTables('nothing', REPORT)).toThrow(/no place/);
});
