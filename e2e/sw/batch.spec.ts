import { batchEndpoint } from '@djust/server';
import { expect, type Page, test } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { Site, STRICT_POLICY } from '../../bench/src/sw/site.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';

const SLOW_MS = 1_500;
const BYTES = Buffer.from(Array.from({ length: 256 }, (_, at) => at));

/** A site with an API; each request to it by itself is in the log, a batch is one. */
async function openSite(isOn: boolean): Promise<Site> {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  const api = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/api/slow') await site.delay(SLOW_MS);
    if (pathname === '/api/bytes') return new Response(BYTES, { headers: { etag: '"e"' } });
    if (pathname === '/api/empty') return new Response(null, { status: 204 });
    return new Response(`${pathname}${search}`, { status: pathname === '/api/bad' ? 500 : 200 });
  };
  const batch = batchEndpoint({ fetch: api, prefixes: ['/api/'] });
  site.handlers.push(async (incoming, outgoing) => {
    const { url = '/', method = 'GET' } = incoming;
    if (!url.startsWith('/api/') && url !== '/djust/batch') return false;
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const body = method === 'POST' ? { body: new Uint8Array(Buffer.concat(parts)) } : {};
    const request = new Request(site.origin + url, { method, headers, ...body });
    const response = (await batch(request)) ?? (await api(request));
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), connection: 'close' });
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) outgoing.write(part);
    outgoing.end();
    return true;
  });
  site.worker = await workerOf(isOn ? { batch: { paths: ['/api/*'] } } : {});
  return site;
}

/** Twenty requests in one go: a slow one, a failing one, one that is given up, bytes, nothing, and texts. */
function ask(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const abort = new AbortController();
    const results: Record<string, string> = {};
    const started = performance.now();
    const one = async (path: string, signal?: AbortSignal): Promise<void> => {
      try {
        const response = await fetch(path, signal ? { signal } : {});
        const bytes = new Uint8Array(await response.arrayBuffer());
        const isText = !path.endsWith('bytes');
        results[path] =
          `${response.status} ${isText ? new TextDecoder().decode(bytes) : bytes.join()} ${response.headers.get('etag') ?? ''}`;
      } catch (error) {
        results[path] = (error as Error).name;
      }
      if (path === '/api/1?q=%20ä') results.quick = String(performance.now() - started);
    };
    const texts = Array.from({ length: 15 }, (_, at) => `/api/${at}?q=%20ä`);
    const all = ['/api/slow', '/api/bad', '/api/bytes', '/api/empty', ...texts].map((path) => one(path));
    const given = one('/api/given-up', abort.signal);
    abort.abort();
    await Promise.all([...all, given]);
    return results;
  });
}

test('requests of the same moment travel as one, and no one waits or fails for another', async ({ page }) => {
  const [site, plain] = [await openSite(true), await openSite(false)];
  try {
    const answers: Record<string, string>[] = [];
    for (const one of [site, plain]) {
      await page.goto(`${one.origin}/page/1`);
      await controlled(page);
      answers.push(await ask(page));
    }
    const [batched = {}, alone = {}] = answers;
    const { quick, ...contents } = batched;
    const { quick: _, ...expected } = alone;
    expect(contents).toEqual(expected);
    expect(contents['/api/bytes']).toBe(`200 ${[...BYTES].join()} "e"`);
    expect(contents['/api/given-up']).toBe('AbortError');
    expect(Number(quick)).toBeLessThan(SLOW_MS);
    const asked = (of: Site): number => of.log.filter(({ path }) => path.startsWith('/api/')).length;
    // A busy machine may hand them to the worker in several moments.
    expect(site.count('/djust/batch')).toBeGreaterThan(0);
    expect(site.count('/djust/batch') + asked(site)).toBeLessThan(10);
    // Control: without the feature each goes by itself.
    expect([plain.count('/djust/batch'), asked(plain)]).toEqual([0, 19]);
  } finally {
    await site.close();
    await plain.close();
  }
});

test('a site that has no such endpoint is not asked for it again, and answers each request by itself @firefox', async ({
  page,
}) => {
  const site = await openSite(true);
  site.handlers.unshift((request, response) => {
    if (request.url === '/djust/batch') response.writeHead(404, { connection: 'close' }).end();
    return request.url === '/djust/batch';
  });
  try {
    await page.goto(`${site.origin}/page/1`);
    await controlled(page);
    expect(await ask(page)).toMatchObject({ '/api/bad': '500 /api/bad ', '/api/empty': '204  ' });
    const asked = site.count('/djust/batch');
    expect(asked).toBeGreaterThan(0);
    await ask(page);
    expect(site.count('/djust/batch')).toBe(asked);
  } finally {
    await site.close();
  }
});
