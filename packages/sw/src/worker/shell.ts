import { bypass, isBypassed } from './bypass.ts';
import type { Navigation, NavigationSteps, WorkerFeature } from './feature.ts';
import { type Frame, frameOf, pageHeaders, refreshFrame } from './frame.ts';
import { joined } from './joined.ts';
import { allowPreload } from './preload.ts';
import { learn, mayBegin } from './routes.ts';
import { addressOf, after } from './scope.ts';

export interface ShellOptions {
  /** Layout → patterns of the paths that are known to use it. Only they are begun before the server has answered. */
  readonly layouts: Readonly<Record<string, readonly RegExp[]>>;
  /** How long to wait for the server first: a quick server keeps its status, its redirects and its headers. */
  readonly holdMs: number;
  /** What stands in place of a page that the network did not bring; without it the browser shows its own words. */
  readonly broken?: (navigation: Navigation) => Promise<string | undefined>;
}

/** What it takes to start a worker, about. */
const WAKING_MS = 20;

/** Asks the server for the main part only, and names the frames that are at hand. */
export const MAIN_ONLY = 'x-djust-main-only';

/**
 * Shows the layout at once and streams the page into it. What the server says stays true: a redirect, an error or a page
 * of another layout that comes late is shown by asking for it once more, and never more than once.
 */
export function shell(options: ShellOptions): WorkerFeature {
  const names = Object.keys(options.layouts);
  const routes = Object.entries(options.layouts).flatMap(([layout, patterns]) =>
    patterns.map((pattern) => ({ layout, pattern })),
  );
  const routeOf = ({ pathname }: URL): (typeof routes)[number] | undefined =>
    routes.find(({ pattern }) => pattern.test(pathname));
  const held = async (): Promise<string> => {
    const frames = await Promise.all(names.map((name) => frameOf(name).catch(() => undefined)));
    return frames.flatMap((frame) => frame?.id ?? []).join(',') || 'none';
  };
  const refresh = async (layout: string): Promise<void> => {
    await refreshFrame(layout);
    await allowPreload(true);
  };
  const navigation: NavigationSteps = {
    preloadHeader: held,
    headers: async () => ({ [MAIN_ONLY]: await held() }),
    async observe({ event, url }, response) {
      const route = routeOf(url);
      const isPage = response.status === 200 && response.headers.has('x-shell');
      if (route && (isPage || isNoPage(response)))
        event.waitUntil(learn(route.pattern, addressOf(url), isPage).catch(() => {}));
      const [layout = ''] = response.headers.get('x-shell')?.split('=') ?? [];
      if (!names.includes(layout) || (await frameOf(layout))?.id === response.headers.get('x-shell')) return;
      event.waitUntil(refresh(layout).catch(() => {}));
    },
    async compose(navigation, network) {
      const route = routeOf(navigation.url);
      if (!route) return settled(navigation, await network);
      const address = addressOf(navigation.url);
      const isSafe = Promise.all([mayBegin(route.pattern, address), isBypassed(address)]);
      // A worker that was woken for this page comes late: the server was asked before it started.
      const holdMs = navigation.hasWoken ? Math.max(0, options.holdMs - WAKING_MS) : options.holdMs;
      const early = await Promise.race([network, after(holdMs)]);
      if (early) return settled(navigation, early);
      const frame = await frameOf(route.layout).catch(() => undefined);
      const [isKnown, isHeld] = await isSafe;
      if (!frame || !isKnown || isHeld) return settled(navigation, await network);
      return begun(navigation, frame, network, options);
    },
  };
  return {
    name: 'shell',
    navigation,
    // A site whose shell cannot be had just now works without one; the next page asks again.
    install: () => Promise.all(names.map((name) => refreshFrame(name).catch(() => undefined))),
  };
}

/** The browser would stay where it is: there is no content, or it is kept as a file. */
const isNoPage = ({ status, headers }: Response): boolean =>
  status === 204 || status === 205 || /^\s*attachment/i.test(headers.get('content-disposition') ?? '');

/** The server was quick enough: its status, its headers, its redirect. */
async function settled({ event, url }: Navigation, response: Response): Promise<Response> {
  const target = redirectOf(response, url);
  if (target) return Response.redirect(target, 302);
  const id = response.headers.get(MAIN_ONLY);
  if (!id || !response.body) return response;
  const frame = await frameOf(id.split('=')[0] as string);
  // The shell is gone since it was named: the page has to come as a whole.
  if (frame?.id !== id) return fetch(event.request);
  const { stream, done } = joined(frame.head, () => Promise.resolve(response.body as Body), frame.tail);
  event.waitUntil(done);
  return new Response(stream, { status: response.status, headers: pageHeaders(response.headers) });
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** The frame goes out now; what the server answers decides how it is filled. */
function begun(navigation: Navigation, frame: Frame, network: Promise<Response>, options: ShellOptions): Response {
  const { url, event } = navigation;
  const fill = async (): Promise<Body | string> => {
    const response = await network.catch(() => undefined);
    const kept = response ? undefined : await options.broken?.(navigation);
    if (kept) return kept;
    const target = response && redirectOf(response, url);
    if (target) return refreshTo(target);
    if (response?.body && fits(response, frame)) return response.body as Body;
    await response?.body?.cancel();
    const address = addressOf(url);
    const isMarked = await bypass(address);
    // There is nothing to show and the old page is gone; the page's script takes the user back to it.
    if (response?.status === 204) return '<template data-dj-return></template>';
    return isMarked ? refreshTo(address) : linkTo(address);
  };
  const { stream, done } = joined(frame.head, fill, frame.tail);
  event.waitUntil(done);
  return new Response(stream, { headers: frame.headers });
}

/** A page may demand a stricter policy than the frame that was sent already. */
function fits({ headers }: Response, frame: Frame): boolean {
  const policy = 'content-security-policy';
  return headers.get(MAIN_ONLY) === frame.id && headers.get(policy) === frame.headers.get(policy);
}

/** Where the server sends the browser, when it says so in a header that a worker may read. */
function redirectOf({ headers }: Response, base: URL): string | undefined {
  const location = headers.get('x-page-location');
  if (!location) return undefined;
  const target = URL.parse?.(location, base) ?? new URL(location, base);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target.href : undefined;
}

const escaped = (text: string): string => text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A refresh takes the place of the page in the history, and needs no script that a policy could forbid. */
const refreshTo = (url: string): string => `<meta http-equiv="refresh" content="0;url=${escaped(url)}">`;

const linkTo = (url: string): string => `<p><a href="${escaped(url)}">${escaped(url)}</a></p>`;
