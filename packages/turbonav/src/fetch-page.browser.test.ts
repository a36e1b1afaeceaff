import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchPage } from './fetch-page.ts';
import type { Wanted } from './links.ts';

const wanted = (method: 'GET' | 'POST'): Wanted =>
  ({ method, url: new URL('/page', location.href), body: undefined }) as unknown as Wanted;

/** A server that takes the request and never says anything. */
const silence = (_: unknown, { signal }: RequestInit = {}): Promise<Response> =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

afterEach(() => vi.unstubAllGlobals());

describe('fetchPage', () => {
  it('gives a page up when its time is over', async () => {
    vi.stubGlobal('fetch', silence);
    const fetched = await fetchPage(wanted('GET'), { signal: new AbortController().signal, timeoutMs: 20 });
    expect(fetched).toEqual({ kind: 'failed', reason: 'timeout' });
  });

  it('gives an upload all the time it takes', async () => {
    vi.stubGlobal('fetch', silence);
    const stop = new AbortController();
    const fetched = fetchPage(wanted('POST'), { signal: stop.signal, timeoutMs: 1 });
    const first = await Promise.race([fetched, new Promise((done) => setTimeout(() => done('still waiting'), 60))]);
    expect(first).toBe('still waiting');
    stop.abort();
    expect(await fetched).toEqual({ kind: 'aborted' });
  });

  it('tells a visit that was superseded from one that failed', async () => {
    vi.stubGlobal('fetch', silence);
    const stop = new AbortController();
    const fetched = fetchPage(wanted('GET'), { signal: stop.signal, timeoutMs: 10_000 });
    stop.abort();
    expect(await fetched).toEqual({ kind: 'aborted' });
  });

  it('keeps the file that answers a form, and leaves one behind a link to the browser', async () => {
    vi.stubGlobal('fetch', async () => new Response('a,b', { headers: { 'content-type': 'text/csv' } }));
    const options = { signal: new AbortController().signal, timeoutMs: 0 };
    expect(await fetchPage(wanted('POST'), options)).toEqual({ kind: 'browser', url: expect.stringMatching(/^blob:/) });
    expect(await fetchPage(wanted('GET'), options)).toEqual({ kind: 'browser', url: wanted('GET').url.href });
  });
});
