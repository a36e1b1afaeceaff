import { expect, test } from 'vitest';
import { type Comparison, tables } from './djust-doc.ts';
import { withMeasured } from './measured.ts';

const REPORT: Comparison = {
  djust: '1.2.3',
  cases: [{ name: 'rows', trap: 'W1' }],
  stock: { min: 2000, gzip: 1000, patchMs: { touch: 10 }, passed: [] },
  ours: { min: 200, gzip: 100, patchMs: { touch: 1.04 }, passed: ['rows'] },
};
const TEXT = 'before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n';

test('replaces what stands between the marks, and only that', () => {
  const text = withMeasured(TEXT, 'new', 'docs/a.md');
  expect(text).toBe('before\n<!-- measured -->\n\nnew\n\n<!-- /measured -->\nafter\n');
  expect(withMeasured(text, 'new', 'docs/a.md')).toBe(text);
});

test('refuses a text without the marks', () => {
  expect(() => withMeasured('nothing', 'new', 'docs/a.md')).toThrow(/docs\/a\.md has no place/);
});

test('the figures of a comparison with the stock client', () => {
  const text = tables(REPORT);
  expect(text).toContain('| the same after gzip -9 | 1,000 B | 100 B |');
  expect(text).toContain('| rows | W1 | **wrong** | right |');
  expect(text).toContain('| **right** | | 0 of 1 | 1 of 1 |');
});
