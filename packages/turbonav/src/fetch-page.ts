import type { FailureReason } from './events.ts';
import { parsePage } from './html.ts';
import type { Wanted } from './links.ts';

export interface FetchedPage {
  readonly document: Document;
  /** Behind redirects; without the hash that was asked for. */
  readonly url: URL;
  readonly status: number;
  readonly isRedirected: boolean;
  /** The server wants no copy of it. */
  readonly isSecret: boolean;
  /** The server wants nothing kept that it sent before. */
  readonly clears: boolean;
  /** Nonces that its own policy names. */
  readonly nonces: readonly string[];
}

export type Fetched =
  | { kind: 'page'; page: FetchedPage }
  /** Not for us: the browser shall load this. */
  | { kind: 'browser'; url: string }
  /** There is no new page, status 204. */
  | { kind: 'nothing' }
  | { kind: 'failed'; reason: FailureReason }
  /** Somebody wanted another page meanwhile. */
  | { kind: 'aborted' };

export interface FetchOptions {
  signal: AbortSignal;
  timeoutMs: number;
  isPrefetch?: boolean;
}

/** Fetches a page and says what came. Never rejects. */
export async function fetchPage(wanted: Wanted, options: FetchOptions): Promise<Fetched> {
  const { signal } = options;
  // An upload takes as long as it takes.
  const limit = options.timeoutMs > 0 && wanted.method === 'GET' ? AbortSignal.timeout(options.timeoutMs) : undefined;
  const stop = limit ? AbortSignal.any([signal, limit]) : signal;
  try {
    return await read(await fetch(wanted.url, { ...requestOf(wanted, options), signal: stop }), wanted);
  } catch {
    if (signal.aborted) return { kind: 'aborted' };
    if (limit?.aborted) return { kind: 'failed', reason: 'timeout' };
    if (!navigator.onLine) return { kind: 'failed', reason: 'offline' };
    // A redirect to another origin looks like a broken line. The browser may follow it, or says itself what is wrong.
    if (wanted.method === 'GET') return { kind: 'browser', url: wanted.url.href };
    return { kind: 'failed', reason: 'network' };
  }
}

function requestOf({ method, body }: Wanted, { isPrefetch }: FetchOptions): RequestInit {
  const headers = { accept: 'text/html', ...(isPrefetch && { 'x-sec-purpose': 'prefetch' }) };
  return { method, headers, body: body ?? null };
}

async function read(response: Response, { method, url }: Wanted): Promise<Fetched> {
  const { status, headers, redirected, url: final } = response;
  if (status === 204 || status === 205) return { kind: 'nothing' };
  const isPage = headers.get('content-type')?.includes('html');
  if (isPage && !headers.get('content-disposition')?.startsWith('attachment')) {
    const page: FetchedPage = {
      document: parsePage(await response.text()),
      url: new URL(final || url),
      status,
      isRedirected: redirected,
      isSecret: !!headers.get('cache-control')?.includes('no-store'),
      clears: headers.has('clear-site-data') || status === 401 || status === 403,
      nonces: noncesOf(headers),
    };
    return { kind: 'page', page };
  }
  // What was asked for with GET can be asked for again. The file that came for a form is here.
  const isAskable = method === 'GET' || redirected;
  return { kind: 'browser', url: isAskable ? final || url.href : URL.createObjectURL(await response.blob()) };
}

function noncesOf(headers: Headers): string[] {
  const rules = headers.get('content-security-policy') ?? '';
  return [...rules.matchAll(/'nonce-([^']+)'/g)].map(([, nonce = '']) => nonce);
}
