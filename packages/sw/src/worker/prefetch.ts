import { textOf } from '../messages.ts';
import type { WorkerFeature } from './feature.ts';
import { allowPreload } from './preload.ts';
import { addressOf, after, isOwn, isUnsafe, scope } from './scope.ts';

export interface PrefetchOptions {
  readonly maxInFlight: number;
  readonly maxKept: number;
  /** Shorter than an idle worker lives, so the pages stay in its memory: nothing to clean up, nothing for the next user. */
  readonly maxAgeMs: number;
  /** Headers of a page request, so that what is fetched ahead fits the shell. */
  readonly headers?: () => Promise<Record<string, string>>;
}

interface Ahead {
  readonly response: Promise<Response>;
  readonly abort: AbortController;
  /** The browser no longer asks by itself, so that a click now makes no second request. */
  isAsked: boolean;
  isOver: boolean;
}

const LATE_MS = 1_000;

/** Fetches a page that the user is about to open, and hands it over once. */
export function prefetch(options: PrefetchOptions): WorkerFeature {
  const ahead = new Map<string, Ahead>();
  let opened = { url: '', at: 0 };
  /** The wish for a page can come after the click on it, and then the page is on its way. */
  const isOpened = (url: string): boolean => url === opened.url && Date.now() - opened.at < LATE_MS;

  const drop = (url: string): void => {
    ahead.get(url)?.abort.abort();
    ahead.delete(url);
  };
  const dropAll = (): void => {
    for (const url of [...ahead.keys()]) drop(url);
  };
  const rest = async (): Promise<void> => {
    if (ahead.size === 0) await allowPreload(true);
  };

  const ask = async (url: string, entry: Pick<Ahead, 'isAsked' | 'abort'>): Promise<Response> => {
    await allowPreload(false);
    entry.abort.signal.throwIfAborted();
    entry.isAsked = true;
    const headers = {
      accept: 'text/html',
      'x-sec-purpose': 'prefetch',
      'x-djust-prefetch': '1',
      ...(await options.headers?.()),
    };
    const { signal } = entry.abort;
    const response = await fetch(url, { headers, signal, redirect: 'manual', cache: 'no-store', priority: 'low' });
    if (!isKeepable(response)) throw new Error('not kept');
    return response;
  };

  const begin = (url: string): Ahead | undefined => {
    const inFlight = [...ahead.values()].filter(({ isOver }) => !isOver).length;
    if (ahead.has(url) || isOpened(url) || inFlight >= options.maxInFlight) return undefined;
    const entry = { abort: new AbortController(), isAsked: false, isOver: false } as Ahead;
    Object.assign(entry, { response: ask(url, entry) });
    ahead.set(url, entry);
    entry.response.then(
      () => (entry.isOver = true),
      () => ahead.get(url) === entry && drop(url),
    );
    for (const oldest of ahead.keys()) if (ahead.size > options.maxKept) drop(oldest);
    return entry;
  };

  return {
    name: 'prefetch',
    navigation: {
      take({ url, event }) {
        const address = addressOf(url);
        opened = { url: address, at: Date.now() };
        const entry = event.request.cache === 'default' ? ahead.get(address) : undefined;
        ahead.delete(address);
        // What else was fetched ahead was a wrong guess, and it must not slow this page down.
        dropAll();
        event.waitUntil(rest());
        if (!entry?.isAsked) entry?.abort.abort();
        return entry?.isAsked ? entry.response : undefined;
      },
    },
    fetch({ request }) {
      if (isUnsafe(request) && isOwn(new URL(request.url))) dropAll();
      return undefined;
    },
    messages: {
      prefetch: async ({ url }) => {
        const target = new URL(textOf(url) || '/', scope.location.href);
        if (!isOwn(target)) return;
        const address = addressOf(target);
        const entry = begin(address);
        if (!entry) return;
        // Keeps the worker alive for as long as the page may be asked for, and the browser quiet for no longer.
        await Promise.race([after(options.maxAgeMs), aborted(entry.abort.signal)]);
        if (ahead.get(address) === entry) drop(address);
        await rest();
      },
      'cancel-prefetch': ({ url }) => {
        const address = addressOf(new URL(textOf(url) || '/', scope.location.href));
        if (ahead.get(address)?.isOver === false) drop(address);
        return rest();
      },
      'forget-prefetch': () => {
        dropAll();
        return rest();
      },
    },
    forget() {
      dropAll();
      return rest();
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** A page and nothing else: a redirect, an error or a refusal is left to the navigation itself. */
function isKeepable({ status, redirected, headers }: Response): boolean {
  const isHtml = headers.get('content-type')?.startsWith('text/html') ?? false;
  const isRefused = /no-store/.test(headers.get('cache-control') ?? '') || headers.has('x-page-location');
  return status === 200 && !redirected && isHtml && !isRefused;
}
