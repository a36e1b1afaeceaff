import { describe, expect, it } from 'vitest';
import { batchEndpoint } from './batch.ts';

const ORIGIN = 'https://app.example';
const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);

interface Part {
  id: number;
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** A site with what a batch can meet; notes what was asked for. */
function site() {
  const asked: { path: string; headers: Headers }[] = [];
  const answer = batchEndpoint({
    prefixes: ['/api/'],
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push({ path: pathname + search, headers: request.headers });
      if (pathname === '/api/throws') throw new Error('secret');
      if (pathname === '/api/bytes') return new Response(bytes, { headers: { etag: '"e"', 'set-cookie': 'a=1' } });
      if (pathname === '/api/empty') return new Response(null, { status: 204 });
      if (pathname === '/api/none') return undefined;
      return new Response(`text of ${pathname}${search}`, { status: pathname === '/api/bad' ? 500 : 200 });
    },
  });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    answer(
      new Request(`${ORIGIN}/djust/batch`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-djust-batch': '1', ...headers },
      }),
    );
  const items = async (...paths: unknown[]): Promise<Part[]> => {
    const response = await post({ items: paths.map((path, id) => ({ id, path })) });
    const lines = (await response?.text())?.trim().split('\n') ?? [];
    return lines.map((line) => JSON.parse(line) as Part).sort((a, b) => a.id - b.id);
  };
  return { asked, post, items };
}

const textOf = ({ body }: Part): string => Buffer.from(body ?? '', 'base64').toString();

describe('a batch', () => {
  it('answers each part as the server would alone, and one failure touches no other', async () => {
    const parts = await site().items(
      '/api/a?b=1&c=%20',
      '/api/bad',
      '/api/throws',
      '/api/empty',
      '/api/none',
      '/api/z',
    );
    expect(parts.map(({ status }) => status)).toEqual([200, 500, 500, 204, 404, 200]);
    expect(textOf(parts[0] as Part)).toBe('text of /api/a?b=1&c=%20');
    expect(textOf(parts[2] as Part)).toBe('');
    expect(parts[3]?.body).toBeNull();
  });

  it('keeps every byte, and keeps cookies out', async () => {
    const [part] = await site().items('/api/bytes');
    expect(new Uint8Array(Buffer.from(part?.body ?? '', 'base64'))).toEqual(bytes);
    expect(part?.headers).toEqual({ etag: '"e"' });
  });

  it.each([
    'http://169.254.169.254/',
    '//evil.example/api/',
    '/\\evil.example/api/',
    '\\\\evil.example',
    '/api/../admin',
    '/api/%2e%2e/admin',
    '/api/..%2fadmin',
    '/api/%2fadmin',
    '/api/%5c..%5cadmin',
    '/api/./x',
    '/api/%00',
    '/api/a\nb',
    '/api/a b',
    '/api/a#b',
    '/admin',
    '/djust/batch',
    '/djust/sync',
    '/API/a',
    '',
    7,
    null,
    {},
  ])('refuses the address %j and asks nobody', async (path) => {
    const { items, asked } = site();
    const [part] = await items(path);
    expect([400, 403]).toContain(part?.status);
    expect(asked).toEqual([]);
  });

  it.each(['TRACE', 'POST', 'CONNECT', 'get'])('refuses the method %s', async (method) => {
    const { post, asked } = site();
    const response = await post({ items: [{ id: 0, method, path: '/api/a' }] });
    expect(JSON.parse((await response?.text()) ?? '')).toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });

  it('passes on who asks and nothing else', async () => {
    const { post, asked } = site();
    const extra = {
      cookie: 'session=1',
      'x-forwarded-for': '10.0.0.1',
      'x-real-ip': '10.0.0.1',
      'accept-language': 'de',
    };
    await (await post({ items: [{ id: 0, path: '/api/a' }] }, extra))?.text();
    expect([...(asked[0]?.headers.keys() ?? [])].sort()).toEqual(['accept', 'accept-language', 'cookie']);
  });

  it.each([
    [403, { origin: 'https://evil.example' }],
    [403, { origin: 'null' }],
    [415, { 'content-type': 'text/plain' }],
  ])('is refused with %i for %j', async (status, headers) => {
    expect((await site().post({ items: [] }, headers))?.status).toBe(status);
  });

  it('is refused without our mark, and when it is too long, too many or no JSON', async () => {
    const { post } = site();
    const unmarked = new Request(`${ORIGIN}/djust/batch`, { method: 'POST', headers: { origin: ORIGIN }, body: '{}' });
    expect((await batchEndpoint({ prefixes: [], fetch: async () => undefined })(unmarked))?.status).toBe(403);
    expect((await post({ items: Array.from({ length: 21 }, (_, id) => ({ id, path: '/api/a' })) }))?.status).toBe(413);
    expect((await post(`{"items":[${' '.repeat(70_000)}]}`))?.status).toBe(413);
    expect((await post('nonsense'))?.status).toBe(400);
    expect((await post({ items: 'many' }))?.status).toBe(400);
  });

  it('that is for another path is somebody else’s', async () => {
    const other = new Request(`${ORIGIN}/elsewhere`, { method: 'POST' });
    expect(await batchEndpoint({ prefixes: [], fetch: async () => undefined })(other)).toBeUndefined();
  });
});
