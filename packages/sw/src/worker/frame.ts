import { after } from './scope.ts';

/** The document around the pages of one layout, cut where the page belongs. */
export interface Frame {
  /** `layout=hash`, as the server names it in X-Shell. */
  readonly id: string;
  readonly head: Uint8Array<ArrayBuffer>;
  readonly tail: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** Where the page goes; the server writes it into the shell. */
export const MAIN_MARK = '<!--djust:main-->';
export const SHELL_CACHE = 'dj-shell';
const SHELL_MS = 5_000;

/** Headers that speak of another body, or of a user. */
const NOT_KEPT = [
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'set-cookie',
  'etag',
  'last-modified',
  'age',
];

const frames = new Map<string, Frame>();

export const shellUrl = (layout: string): string => `/djust/shell/${layout}`;

/** Fetches the frame of a layout and keeps it, when it is one: never an error page, a login form or somebody's page. */
export async function refreshFrame(layout: string): Promise<Frame | undefined> {
  const signal = AbortSignal.timeout(SHELL_MS);
  const response = await fetch(shellUrl(layout), { cache: 'no-cache', credentials: 'omit', signal });
  const frame = await readFrame(layout, response.clone());
  if (!frame) return undefined;
  await (await caches.open(SHELL_CACHE)).put(shellUrl(layout), response);
  frames.set(layout, frame);
  return frame;
}

/** The kept frame of a layout. Nothing when there is none, or when reading it takes longer than a page can wait. */
export async function frameOf(layout: string): Promise<Frame | undefined> {
  const known = frames.get(layout);
  if (known) return known;
  const stored = (await Promise.race([caches.match(shellUrl(layout), { cacheName: SHELL_CACHE }), after(SHELL_MS)])) as
    | Response
    | undefined;
  const frame = stored && (await readFrame(layout, stored));
  if (frame) frames.set(layout, frame);
  return frame;
}

async function readFrame(layout: string, response: Response): Promise<Frame | undefined> {
  const id = response.headers.get('x-shell') ?? '';
  const isHtml = response.headers.get('content-type')?.startsWith('text/html');
  if (response.status !== 200 || response.redirected || !isHtml || !id.startsWith(`${layout}=`)) return undefined;
  const parts = (await response.text()).split(MAIN_MARK);
  if (parts.length !== 2) return undefined;
  const [head, tail] = parts.map((part) => new TextEncoder().encode(part)) as [Frame['head'], Frame['tail']];
  return { id, head, tail, headers: pageHeaders(response.headers) };
}

/** The headers of a page that is put together from several answers. */
export function pageHeaders(from: Headers): Headers {
  const headers = new Headers(from);
  for (const name of NOT_KEPT) headers.delete(name);
  headers.set('content-type', 'text/html; charset=utf-8');
  // What a worker answers is in no HTTP cache. With no-store some browsers would not keep the living page for the way back.
  headers.set('cache-control', 'private, no-cache');
  return headers;
}
