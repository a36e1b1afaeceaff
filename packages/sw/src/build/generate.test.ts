import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './commands.ts';
import { checkConfig, patternOf, type SwConfig } from './config.ts';
import { generate } from './generate.ts';
import { serviceWorker } from './plugin.ts';

let folder = '';
const zipped = (text: string): number => gzipSync(text, { level: 9 }).length;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'djust-sw-'));
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'site', 'app-1a2b3c4d.js'), 'run();');
  await writeFile(join(folder, 'site', 'app-1a2b3c4d.js.map'), '{}');
  await writeFile(join(folder, 'site', 'style.css'), 'p {}');
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken', 'app.js'), '<!DOCTYPE html><title>Not found</title>');
});

afterAll(() => rm(folder, { recursive: true }));

const site = (): SwConfig => ({ precache: [{ folder: join(folder, 'site'), url: '/assets/' }] });
const EVERYTHING: SwConfig = {
  shell: { layouts: { app: ['/', '/notes/*'] } },
  prefetch: true,
  pages: true,
  offline: { page: '/offline' },
  bridge: true,
  batch: { paths: ['/api/*'] },
  exclude: ['/admin/*'],
};

async function made(config: SwConfig) {
  const result = await generate(config);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value;
}

async function faultsOf(config: SwConfig): Promise<string[]> {
  const result = await generate(config);
  return result.ok ? [] : result.faults.map(({ code, at }) => `${code} ${at}`);
}

describe('a worker', () => {
  it('of nothing weighs less than 1 KB, one of everything at most 9 KB', async () => {
    expect(zipped((await made({})).code)).toBeLessThan(1_024);
    const { code, gzipBytes } = await made({ ...EVERYTHING, ...site() });
    expect(gzipBytes).toBeLessThanOrEqual(9 * 1_024);
    expect(zipped(code)).toBeGreaterThan(gzipBytes);
  });

  it('has only what is switched on', async () => {
    const all = (await made({ ...EVERYTHING, ...site() })).code;
    const none = (await made({})).code;
    for (const trace of [
      'dj-precache',
      'dj-shell',
      'dj-offline',
      'djust-sync',
      'x-djust-prefetch',
      'x-djust-batch',
      'AES-GCM',
    ]) {
      expect(all, trace).toContain(trace);
      expect(none, trace).not.toContain(trace);
    }
    expect((await made({ prefetch: true })).code).not.toContain('AES-GCM');
  });

  it('is the same for the same files, byte by byte, and another for others', async () => {
    const first = await made(site());
    expect(await made(site())).toEqual(first);
    await writeFile(join(folder, 'site', 'style.css'), 'p { color: red }');
    const second = await made(site());
    await writeFile(join(folder, 'site', 'style.css'), 'p {}');
    expect(second.version).not.toBe(first.version);
    expect(second.code).not.toBe(first.code);
  });

  it('lists the built files: those with a hash in their name without another', async () => {
    const { manifest, precacheBytes } = await made(site());
    expect(manifest).toEqual([
      { url: '/assets/app-1a2b3c4d.js', revision: null, bytes: 6 },
      { url: '/assets/style.css', revision: expect.stringMatching(/^\w{32}$/) as string, bytes: 4 },
    ]);
    expect(precacheBytes).toBe(10);
  });

  it('is not made with a fault', async () => {
    const missing = join(folder, 'nowhere');
    expect(await faultsOf({ precache: [{ folder: missing, url: '/' }] })).toEqual([
      'sw/folder-missing /precache/0/folder',
    ]);
    expect(await faultsOf({ precache: [{ folder: join(folder, 'broken'), url: '/' }] })).toEqual([
      'sw/not-a-script /precache/0',
    ]);
    const [source] = site().precache ?? [];
    expect(await faultsOf({ precache: [{ ...source!, files: ['*.none'] }] })).toEqual([
      'sw/nothing-found /precache/0/files',
    ]);
    expect(await faultsOf({ precache: [{ ...source!, maxBytes: 5 }] })).toEqual([
      'sw/over-budget /precache/0/maxBytes',
    ]);
    expect(await faultsOf({ ...EVERYTHING, maxGzipBytes: 2_000 })).toEqual(['sw/over-budget /maxGzipBytes']);
  });
});

describe('a configuration', () => {
  it.each<[string, unknown]>([
    ['/', null],
    ['/prefech', { prefech: true }],
    ['/precache', { precache: 'dist' }],
    ['/precache/0/folder', { precache: [{ url: '/' }] }],
    ['/precache/0/url', { precache: [{ folder: 'dist', url: 'assets' }] }],
    ['/shell/layouts', { shell: {} }],
    ['/shell/layouts/a=b', { shell: { layouts: { 'a=b': ['/'] } } }],
    ['/shell/layouts/app/0', { shell: { layouts: { app: ['notes'] } } }],
    ['/pages', { pages: true }],
    ['/offline/page', { offline: {} }],
    ['/batch/paths', { batch: {} }],
    ['/exclude', { exclude: '/admin' }],
  ])('with a fault at %s is refused, and told what to do', (at, config) => {
    const faults = checkConfig(config);
    expect(faults.map((fault) => fault.at)).toContain(at);
    for (const { hint } of faults) expect(hint.length).toBeGreaterThan(10);
  });

  it('names paths by patterns in which a star stands for anything', () => {
    const pattern = patternOf('/notes/*');
    expect(['/notes/', '/notes/1/2', '/notes', '/x/notes/1'].map((path) => pattern.test(path))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(patternOf('/a.b(c)').test('/a.b(c)')).toBe(true);
    expect(patternOf('/a.b').test('/axb')).toBe(false);
  });
});

describe('the command', () => {
  const call = async (...args: string[]): Promise<{ code: number; said: string[]; warned: string[] }> => {
    const [said, warned]: [string[], string[]] = [[], []];
    const code = await run(args, { say: (line) => said.push(line), warn: (line) => warned.push(line) });
    return { code, said, warned };
  };

  it('writes the worker and says what it weighs', async () => {
    const config = join(folder, 'good.config.mjs');
    await writeFile(config, `export default ${JSON.stringify(site())};`);
    const { code, said } = await call('build', '--config', config, '--out', join(folder, 'out/sw.js'));
    expect(code).toBe(0);
    expect(said.join('\n')).toMatch(/version \w{16}, \d+ bytes after gzip\nprecache: 2 files, 10 bytes/);
  });

  it('ends with 1 for a fault and names it, with 2 for what it does not understand', async () => {
    const config = join(folder, 'bad.config.mjs');
    await writeFile(config, 'export default { pages: true };');
    const { code, warned } = await call('build', '--config', config);
    expect([code, warned[0]]).toEqual([1, expect.stringContaining('sw/config-invalid at /pages')]);
    expect((await call('build', '--config', join(folder, 'none.mjs'))).code).toBe(1);
    expect((await call('built')).code).toBe(2);
    expect((await call('build', '--out')).code).toBe(2);
    expect((await call()).warned[0]).toContain('djust-sw kill');
  });
});

describe('the plugin', () => {
  it('writes the worker behind the build, without itself in the list', async () => {
    const written: [string, string][] = [];
    const plugin = serviceWorker({ prefetch: true, write: async (path, code) => void written.push([path, code]) });
    plugin.configResolved({ build: { outDir: join(folder, 'site') }, base: '/base/' });
    await plugin.writeBundle.handler({});
    expect(written[0]?.[0]).toBe(join(folder, 'site', 'sw.js'));
    expect(written[0]?.[1]).toContain('/base/app-1a2b3c4d.js');
    expect(written[0]?.[1]).not.toContain('sw.js');
  });

  it('fails the build with what to do', async () => {
    const plugin = serviceWorker({ pages: true });
    plugin.configResolved({ build: { outDir: join(folder, 'site') }, base: '/' });
    await expect(plugin.writeBundle.handler({})).rejects.toThrow('sw/config-invalid at /pages');
  });
});
