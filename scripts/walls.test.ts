import { describe, expect, test } from 'vitest';
import { check } from './walls-check.ts';

const manifest = (name: string, dependencies: string[] = [], exports: object = { '.': {} }): string =>
  JSON.stringify({ name, exports, dependencies: Object.fromEntries(dependencies.map((one) => [one, '1.0.0'])) });

const MANIFESTS = {
  'packages/protocol/package.json': manifest('@djust/protocol'),
  'packages/outbox/package.json': manifest('@djust/outbox', ['@djust/protocol', 'left-pad']),
  'packages/client/package.json': manifest('@djust/client', ['@djust/protocol', '@djust/outbox'], {
    '.': {},
    './features/*': {},
  }),
  'packages/turbonav/package.json': manifest('@djust/turbonav', ['@djust/protocol']),
  'packages/devtools/package.json': manifest('@djust/devtools', ['@djust/protocol', '@djust/client']),
  'packages/sw/package.json': manifest('@djust/sw', ['@djust/protocol', '@djust/outbox', 'workbox-build', 'idb'], {
    '.': { source: './src/index.ts' },
    './page': { source: './src/page/entry.ts' },
  }),
  'server-ref/package.json': manifest('@djust/server', ['@djust/protocol', 'ws', 'ioredis', '@djust/client']),
};

/** The findings in a tree of these files, one line each. */
function findings(files: Record<string, string>): string[] {
  return check(new Map(Object.entries({ ...MANIFESTS, ...files }))).map(
    ({ file, line, text }) => `${file}:${line} ${text}`,
  );
}

/** What is said about one import in one file. */
function about(file: string, specifier: string, statement = 'import { x } from'): string | undefined {
  return findings({ [file]: `${statement} '${specifier}';\n` })[0]?.split(`imports ${specifier}: `)[1];
}

describe('between packages', () => {
  test.each([
    ['packages/protocol/src/codec.ts', 'node:fs'],
    ['packages/protocol/src/codec.ts', '@djust/outbox'],
    ['packages/outbox/src/queue.ts', '@djust/client'],
    ['packages/outbox/src/queue.ts', 'left-pad'],
    ['packages/client/src/client.ts', '@djust/server'],
    ['packages/client/src/client.ts', 'node:fs'],
    ['packages/turbonav/src/visit.ts', '@djust/protocol'],
    ['packages/devtools/src/recorder.ts', '@djust/client'],
    ['packages/sw/src/worker/kernel.ts', 'workbox-build'],
    ['packages/sw/src/page/register.ts', 'workbox-build'],
    ['server-ref/src/server.ts', '@djust/client'],
    ['server-ref/src/server.ts', 'express'],
  ])('%s may not import %s', (file, specifier) => {
    expect(about(file, specifier)).toMatch(/may import/);
  });

  test.each([
    ['packages/outbox/src/queue.ts', '@djust/protocol'],
    ['packages/client/src/session/runner.ts', '@djust/outbox'],
    ['packages/sw/src/build/generate.ts', 'workbox-build'],
    ['packages/sw/src/build/cli.ts', 'node:fs'],
    ['packages/sw/src/page/register.ts', 'idb'],
    ['server-ref/src/server.ts', 'ws'],
    ['server-ref/src/server.ts', 'node:http'],
    ['server-ref/src/state/redis.ts', 'ioredis'],
  ])('%s may import %s', (file, specifier) => {
    expect(about(file, specifier)).toBeUndefined();
  });

  test('an import must be listed in the package.json', () => {
    expect(about('packages/client/src/lib/db.ts', 'idb')).toMatch(/does not list it/);
  });

  test('nobody reaches into another package by path', () => {
    expect(about('packages/outbox/src/queue.ts', '../../protocol/src/limits.ts')).toMatch(/by package name/);
  });

  test('only exported subpaths can be imported', () => {
    expect(about('packages/outbox/src/queue.ts', '@djust/protocol/limits')).toMatch(/does not export/);
    expect(about('packages/client/src/client.ts', '@djust/client/features/model')).toMatch(/own files by path/);
  });

  test('a type counts as much as a value', () => {
    expect(about('packages/turbonav/src/visit.ts', '@djust/protocol', 'import type { X } from')).toMatch(/nothing/);
    expect(findings({ 'packages/turbonav/src/visit.ts': "let x: import('@djust/protocol').X;" })).toHaveLength(1);
  });

  test('dynamic imports and re-exports are seen, and the line is named', () => {
    expect(findings({ 'packages/protocol/src/a.ts': "\n\nawait import('morphdom');" })[0]).toMatch(
      /a\.ts:3 imports morphdom/,
    );
    expect(findings({ 'packages/protocol/src/index.ts': "export * from 'morphdom';" })).toHaveLength(1);
  });

  test('tests may import anything, and nobody imports tests', () => {
    expect(about('packages/protocol/src/codec.test.ts', 'fast-check')).toBeUndefined();
    expect(about('packages/protocol/src/codec.ts', './codec.test.ts')).toMatch(/only tests/);
  });
});

describe('in the client', () => {
  const src = 'packages/client/src';

  test.each([
    ['dom/apply.ts', '../session/machine.ts', /never import each other/],
    ['session/runner.ts', '../transport/websocket.ts', /never import each other/],
    ['lib/clock.ts', '../dom/apply.ts', /lib may import/],
    ['config.ts', './dom/apply.ts', /shared may import/],
    ['dom/apply.ts', '../client.ts', /dom may import/],
    ['client.ts', './features/model.ts', /root may import/],
    ['client.ts', './entries/core.ts', /root may import/],
    ['entries/full.ts', '../index.ts', /index is for other packages/],
    ['features/model.ts', '../dom/apply.ts', /features may import/],
    ['features/model.ts', '../client.ts', /features may import/],
    ['features/model.ts', './forms.ts', /do not know each other/],
    ['features/model.ts', './forms/drafts.ts', /do not know each other/],
    ['addons/uploads.ts', '../features/model.ts', /addons may import/],
    ['features/model.ts', '../context.ts', /import type/],
    ['dom/apply.ts', '../index.ts', /index is for other packages/],
    ['helpers/text.ts', '../lib/clock.ts', /no room/],
  ])('%s may not import %s', (file, specifier, rule) => {
    expect(about(`${src}/${file}`, specifier)).toMatch(rule);
  });

  test.each([
    ['dom/apply.ts', './plan.ts'],
    ['dom/apply.ts', '../lib/clock.ts'],
    ['lib/clock.ts', '../config.ts'],
    ['client.ts', './session/runner.ts'],
    ['entries/core.ts', '../client.ts'],
    ['entries/full.ts', '../features/model.ts'],
    ['entries/full.ts', '../dom/apply.ts'],
    ['features/model.ts', '../lib/fields.ts'],
    ['features/model.ts', '../tap.ts'],
    ['features/model.ts', '@djust/protocol'],
    ['features/model.ts', './model/select.ts'],
    ['features/model/select.ts', './radio.ts'],
    ['index.ts', './entries/guard.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(about(`${src}/${file}`, specifier)).toBeUndefined();
  });

  test('the context gives and takes types', () => {
    expect(about(`${src}/features/model.ts`, '../context.ts', 'import type { X } from')).toBeUndefined();
    expect(about(`${src}/features/model.ts`, '../context.ts', 'import { type X } from')).toBeUndefined();
    expect(about(`${src}/context.ts`, './dom/report.ts', 'import type { X } from')).toBeUndefined();
    expect(about(`${src}/context.ts`, './dom/report.ts')).toMatch(/shared may import/);
  });
});

describe('everywhere', () => {
  test('names are re-exported by the entries of a package only', () => {
    const reExport = 'export { x } from';
    expect(about('server-ref/src/view/index.ts', './html.ts', reExport)).toMatch(/only the index/);
    expect(about('server-ref/src/index.ts', './view/html.ts', reExport)).toBeUndefined();
    expect(about('packages/sw/src/page/entry.ts', './bridge.ts', reExport)).toBeUndefined();
  });

  test('a cycle is found and told, types counted', () => {
    const found = findings({
      'server-ref/src/a.ts': "import { b } from './b.ts';",
      'server-ref/src/b.ts': "\nimport type { C } from './c.ts';",
      'server-ref/src/c.ts': "export type C = import('./a.ts').A;",
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/c\.ts:1 .*a cycle, server-ref\/src\/a\.ts → .*b\.ts → .*c\.ts → .*a\.ts/);
  });

  test('two ways to the same file are no cycle', () => {
    const found = findings({
      'server-ref/src/a.ts': "import './b.ts'; import './c.ts';",
      'server-ref/src/b.ts': "import './d.ts';",
      'server-ref/src/c.ts': "import './d.ts';",
      'server-ref/src/d.ts': '',
    });
    expect(found).toEqual([]);
  });

  test('a file has 300 lines at most, unless an ADR names it', () => {
    const long = (lines: number): string => 'let x = 1;\n'.repeat(lines);
    const file = 'server-ref/src/view/tree.ts';
    const check301 = check(new Map([[file, long(301)]]));
    expect(check301).toMatchObject([{ file, text: expect.stringContaining('301 lines, more than 300') }]);
    expect(check301[0]).not.toHaveProperty('isWarning');
    expect(check(new Map([[file, long(300)]]))).toMatchObject([{ isWarning: true }]);
    expect(check(new Map([[file, long(250)]]))).toEqual([]);
    expect(check(new Map([['server-ref/src/tree.test.ts', long(400)]]))).toEqual([]);
    expect(
      check(
        new Map([
          [file, long(301)],
          ['docs/adr/0007-tree.md', `We keep ${file} whole.`],
        ]),
      ),
    ).toEqual([]);
  });
});
