import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example in the README is the one that is tested', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('../test/readme-example.ts')}\`\`\``);
});

it('the example serves its page', async () => {
  vi.stubEnv('PORT', '0');
  const { listening } = await import('../test/readme-example.ts');
  const page = await (await fetch(listening.origin)).text();
  expect(page).toContain('dj-submit="add"');
  expect(page).toContain('disabled=""');
  await listening.close();
  vi.unstubAllEnvs();
});
