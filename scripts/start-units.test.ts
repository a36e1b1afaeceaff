import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { units } from '../rollup.config.mjs';
import { fromRoot } from './root.ts';
import { START_UNITS } from './start-units.ts';

it('npm start builds every package whose files the gallery serves or lists in its worker', () => {
  const folder = fromRoot('examples/gallery');
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const served = [...sources.join('\n').matchAll(/packages\/([\w-]+)\/dist/g)].map(([, name = '']) => name);
  expect(served.length).toBeGreaterThanOrEqual(4);
  for (const name of served) {
    expect(START_UNITS).toContain(name);
    expect(units().map((unit) => unit.name)).toContain(name);
  }
});
