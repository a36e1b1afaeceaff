import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from './build/config.ts';

const doc = readFileSync(new URL('../../../docs/service-worker.md', import.meta.url), 'utf8');

/** The rows of the table whose first header cell reads `first`. */
function table(first: string): string[][] {
  const lines = doc.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

/** Every source of the worker and the page, as one text. */
const sources = ['worker', 'sync']
  .flatMap((folder) => readdirSync(new URL(`${folder}/`, import.meta.url)).map((file) => `${folder}/${file}`))
  .filter((file) => !/test/.test(file))
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n');

describe('docs/service-worker.md', () => {
  it('names every store, and no other', () => {
    const inCode = [...sources.matchAll(/const \w*(?:CACHE|DATABASE) = '([\w-]+)'/g)].map(([, name]) => name);
    const inDoc = table('store').map(([name]) => name);
    expect(inCode.length).toBeGreaterThanOrEqual(5);
    expect([...inCode, 'memory'].sort()).toEqual([...inDoc].sort());
  });

  it('explains every code, and no other', () => {
    const server = new URL('../../../server-ref/src/pwa/', import.meta.url);
    const texts = [
      ...readdirSync(server).map((file) => new URL(file, server)),
      ...readdirSync(new URL('.', import.meta.url), { recursive: true }).map(
        (file) => new URL(String(file), import.meta.url),
      ),
    ]
      .filter(({ pathname }) => pathname.endsWith('.ts') && !pathname.endsWith('.test.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const inCode = new Set(
      [...texts.matchAll(/['`"]((?:sw|sync|events|snapshot|batch|pwa|http|store)\/[a-z-]+)/g)].map(([, code]) => code),
    );
    expect(inCode.size).toBeGreaterThan(30);
    expect(
      table('code')
        .map(([code]) => code)
        .sort(),
    ).toEqual([...inCode].sort());
  });

  it('has the defaults of the code', () => {
    const all = Object.entries(DEFAULTS).flatMap(([group, value]) =>
      typeof value === 'object'
        ? Object.entries(value).map(([knob, one]) => [`${group}.${knob}`, one])
        : [[group, value]],
    );
    const numbers = all.filter(([, value]) => typeof value === 'number').map(([name, value]) => [name, String(value)]);
    const inDoc = table('knob').map(([name, value]) => [name, value]);
    expect(inDoc.sort()).toEqual(numbers.sort());
  });
});
