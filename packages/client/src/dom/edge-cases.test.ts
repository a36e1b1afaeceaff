import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EDGE_CASES } from '../../test/edge-cases.ts';

it('docs/edge-cases.md lists every case, and no other', () => {
  const text = readFileSync(new URL('../../../../docs/edge-cases.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, name]) => name);
  expect(listed).toEqual(EDGE_CASES.map(({ name }) => name));
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed.length).toBeGreaterThanOrEqual(60);
});
