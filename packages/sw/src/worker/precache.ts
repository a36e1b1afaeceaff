import type { WorkerFeature } from './feature.ts';
import { isOwn, scope } from './scope.ts';

export interface PrecacheEntry {
  readonly url: string;
  /** Hash of the content, or null when the name has it already. */
  readonly revision: string | null;
}

export const PRECACHE = 'dj-precache';
const AT_ONCE = 6;
const LISTS = '/djust-sw/precache-lists';

/** What a script, a style or a picture must not turn out to be: the page that a server answers for everything. */
const MIME: Readonly<Record<string, RegExp>> = {
  js: /javascript/,
  mjs: /javascript/,
  css: /css/,
  json: /json/,
  webmanifest: /json/,
  svg: /svg/,
  png: /image/,
  jpg: /image/,
  webp: /image/,
  woff2: /font|octet-stream/,
};

/** Builds whose files stay: this one, and the two before it, with which a tab may still be open. */
const BUILDS = 3;

/**
 * The files of the build, there before they are asked for. All of them come in or the new worker does not: the old one
 * goes on with its own.
 */
export function precache(entries: readonly PrecacheEntry[]): WorkerFeature {
  const keys = new Map(entries.map(({ url, revision }) => [url, revision ? `${url}?dj=${revision}` : url]));
  const folders = new Set(entries.flatMap(({ url, revision }) => (revision ? [] : folderOf(url))));
  return {
    name: 'precache',
    async install() {
      const cache = await caches.open(PRECACHE);
      const there = new Set((await cache.keys()).map(({ url }) => pathOf(new URL(url))));
      const missing = [...keys].filter(([, key]) => !there.has(key));
      const next = async (): Promise<void> => {
        for (let entry = missing.pop(); entry; entry = missing.pop()) await cache.put(entry[1], await load(entry[0]));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
    },
    async activate() {
      const cache = await caches.open(PRECACHE);
      const known = ((await (await cache.match(LISTS))?.json()) ?? []) as string[][];
      const current = [...keys.values()];
      const lists = [current, ...known.filter((list) => String(list) !== String(current))].slice(0, BUILDS);
      const kept = new Set([LISTS, ...lists.flat()]);
      await cache.put(LISTS, Response.json(lists));
      for (const request of await cache.keys())
        if (!kept.has(pathOf(new URL(request.url)))) await cache.delete(request);
    },
    fetch({ request }) {
      const url = new URL(request.url);
      const path = pathOf(url);
      // A name with a hash that this build does not have may be of a build before, of which a tab is still open.
      const key = keys.get(path) ?? (folders.has(folderOf(path)) ? path : undefined);
      if (!key || !isOwn(url) || request.method !== 'GET' || request.mode === 'navigate') return undefined;
      // A part of a file is cut by the server; an incomplete answer must not be mistaken for the whole.
      if (request.headers.has('range')) return undefined;
      return caches.match(key, { cacheName: PRECACHE, ignoreVary: true }).then((found) => found ?? fetch(request));
    },
  };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const pathOf = ({ pathname, search }: URL): string => pathname + search;

async function load(path: string): Promise<Response> {
  // Past the HTTP cache: it may hold the same name with the content of the last build.
  const response = await fetch(path, { cache: 'reload', credentials: 'same-origin' });
  const type = response.headers.get('content-type') ?? '';
  const wanted = MIME[/\.(\w+)$/.exec(path)?.[1] ?? ''];
  if (response.ok && !response.redirected && (!wanted || wanted.test(type))) return response;
  throw new Error(`sw/precache-failed ${new URL(path, scope.location.href)}: ${response.status} ${type}`);
}
