import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceAround } from './source.ts';

let root = '';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'source-'));
  root = join(folder, 'app');
  for (const path of ['src', 'node_modules/x', '.git']) await mkdir(join(root, path), { recursive: true });
  const text = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join('\n');
  for (const path of ['src/a.ts', 'node_modules/x/a.js', '.git/a.ts', '.env', 'src/key.pem', '../outside.ts'])
    await writeFile(join(root, path), text);
  await symlink(join(root, '../outside.ts'), join(root, 'src/link.ts'));
});
afterAll(() => rm(join(root, '..'), { recursive: true }));

describe('sourceAround', () => {
  it('gives the lines around a place, by path and by URL, and at both ends of the file', async () => {
    const file = join(root, 'src/a.ts');
    const found = await sourceAround(file, 10, root);
    expect(found).toMatchObject({ file, from: 4 });
    expect(found?.lines).toHaveLength(13);
    expect(found?.lines[6]).toBe('line 10');
    expect(await sourceAround(pathToFileURL(file).href, 10, root)).toEqual(found);
    expect((await sourceAround('src/a.ts', 1, root))?.lines[0]).toBe('line 1');
    expect((await sourceAround('src/a.ts', 30, root))?.lines.at(-1)).toBe('line 30');
  });

  it.each([
    '../outside.ts',
    'src/link.ts',
    'node_modules/x/a.js',
    '.git/a.ts',
    '.env',
    'src/key.pem',
    'src',
    'src/none.ts',
    'src/a.ts\0',
    'https://example.org/a.ts',
  ])('gives nothing of %s', async (path) => expect(await sourceAround(path, 3, root)).toBeUndefined());

  it.each([0, -1, 31, Number.NaN])('gives nothing at line %s', async (line) =>
    expect(await sourceAround('src/a.ts', line, root)).toBeUndefined(),
  );
});
