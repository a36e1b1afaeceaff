import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from './files.ts';

let root = '';
let serve: ReturnType<typeof files>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'djust-files-'));
  await mkdir(join(root, 'public', 'deep'), { recursive: true });
  await mkdir(join(root, 'public-not'));
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(root, 'public-not', 'secret.txt'), 'secret');
  await writeFile(join(root, 'public', 'a.js'), 'export {};');
  await writeFile(join(root, 'public', 'page.html'), '<p>');
  await writeFile(join(root, 'public', 'with space.css'), 'p {}');
  await writeFile(join(root, 'public', 'deep', 'b.bin'), 'b');
  await writeFile(join(root, 'public', '100%.txt'), 'percent');
  serve = files({ '/static/': join(root, 'public') });
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** Builds the request by hand where the URL class would tidy the path. */
function request(path: string, init: RequestInit = {}): Request {
  const made = new Request('https://app.example/', init);
  return Object.defineProperty(made, 'url', { value: `https://app.example${path}` });
}

const read = async (path: string, init?: RequestInit): Promise<string | undefined> =>
  (await serve(request(path, init)))?.text();

describe('files below a folder', () => {
  it.each([
    ['/static/a.js', 'export {};', 'text/javascript; charset=utf-8'],
    ['/static/page.html', '<p>', 'text/html; charset=utf-8'],
    ['/static/with%20space.css', 'p {}', 'text/css; charset=utf-8'],
    ['/static/deep/b.bin', 'b', 'application/octet-stream'],
    ['/static/deep/../a.js', 'export {};', 'text/javascript; charset=utf-8'],
  ])('are served: %s', async (path, text, type) => {
    const response = await serve(request(path));
    expect(response?.headers.get('content-type')).toBe(type);
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response?.text()).toBe(text);
  });

  it.each([
    '/static/../secret.txt',
    '/static/..%2fsecret.txt',
    '/static/%2e%2e/secret.txt',
    '/static/%2e%2e%2fsecret.txt',
    '/static/.%2e/secret.txt',
    '/static/..%5csecret.txt',
    '/static/%252e%252e/secret.txt',
    '/static/deep/../../secret.txt',
    '/static/..;/secret.txt',
    '/static/%00',
    '/static/a.js%00.txt',
    '/static/../public-not/secret.txt',
    '/static/..%2fpublic-not/secret.txt',
    '/static/%c0%ae%c0%ae/secret.txt',
    '/static/%',
    '/static/100%.txt',
    '/static//etc/passwd',
    '/static/',
    '/static',
    '/static/deep',
    '/static/nope.js',
    '/other/a.js',
    '/',
  ])('are all there is: %s', async (path) => {
    expect(await read(path)).toBeUndefined();
  });

  it('are read, not written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await read('/static/a.js', { method })).toBeUndefined();
    expect(await read('/static/a.js', { method: 'HEAD' })).toBeDefined();
  });

  it('are not sent again while they are the same', async () => {
    const first = await serve(request('/static/a.js'));
    const etag = first?.headers.get('etag') ?? '';
    const second = await serve(request('/static/a.js', { headers: { 'if-none-match': etag } }));
    expect([second?.status, await second?.text()]).toEqual([304, '']);
    expect(second?.headers.get('etag')).toBe(etag);
  });

  it('may be below the folder the process runs in, written with a dot', async () => {
    const here = relative(process.cwd(), join(root, 'public'));
    const response = await files({ '/static/': `./${here}/` })(request('/static/a.js'));
    expect(response?.status).toBe(200);
    expect((await files({ '/': '.' })(request('/package.json')))?.status).toBe(200);
  });
});
