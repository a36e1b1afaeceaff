import { readdirSync, readFileSync } from 'node:fs';
import { minify as terse } from 'terser';
import { expect, test } from 'vitest';
import { PRIVATE_NAMES, WIRE_NAMES } from './bundles.mjs';
import { fromRoot } from './root.ts';

const minify = async (code: string): Promise<string> => {
  const mangle = { properties: { regex: PRIVATE_NAMES, reserved: [...WIRE_NAMES] } };
  return (await terse(code, { mangle, compress: false })).code ?? '';
};

test('private names become short, the same everywhere', async () => {
  const code = await minify('a._secretName = 1; b._secretName(); ({ _secretName: 2 });');
  expect(code).not.toContain('_secretName');
  expect(new Set(code.match(/(?<=[.{])\w+(?=[=(:])/g))).toHaveProperty('size', 1);
});

test.each(['_args', '_target', '_debug', '_form_values', '_cacheRequestId', '_routeMap'])(
  '%s travels in frames and stays, quoted or not',
  async (name) => expect(await minify(`send({ ${name}: 1 }, frame.${name})`)).toBe(`send({${name}:1},frame.${name});`),
);

test('names with two underscores belong to others', async () => {
  expect(await minify('a.__proto__ = globalThis.__MARK__')).toBe('a.__proto__=globalThis.__MARK__;');
});

test('the protocol has no name that a production bundle would shorten', () => {
  const folder = fromRoot('packages/protocol/src');
  const sources = readdirSync(folder).filter((file) => /^[^.]+\.ts$/.test(file));
  const names = sources.flatMap(
    (file) => readFileSync(`${folder}/${file}`, 'utf8').match(/(?<![\w.])_[a-z]\w*(?=\??:)/gi) ?? [],
  );
  expect(names).toContain('_debug');
  expect(names.filter((name) => !WIRE_NAMES.includes(name))).toEqual([]);
});
