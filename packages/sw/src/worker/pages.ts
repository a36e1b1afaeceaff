import { textOf } from '../messages.ts';
import type { Navigation, WorkerFeature } from './feature.ts';
import { frameOf } from './frame.ts';
import { findPage, listPages, type PageLimits, type StoredPage, savePage } from './page-store.ts';
import { addressOf, now } from './scope.ts';
import { sessionMark } from './session.ts';

export interface PagesOptions {
  /** How old a page may be that is shown at once on the way back; 0 for never. */
  readonly backMs: number;
  /** How old a page may be that is read without a network; 0 for never. */
  readonly readingMs: number;
  readonly maxPages: number;
  readonly maxBytes: number;
  /** Said above a page that is read without a network; HTML of the site's author. */
  readonly notice: string;
}

const MAX_HTML = 512 * 1024;
const MAX_STATE = 32_768;

/** Pages as they were left: shown at once on the way back, and read while there is no network. */
export function pages(
  options: PagesOptions,
): WorkerFeature & { broken(navigation: Navigation): Promise<string | undefined> } {
  const { backMs, readingMs, maxPages, maxBytes } = options;
  const limits: PageLimits = { maxPages, maxBytes, maxAgeMs: Math.max(backMs, readingMs) };
  const offline = async ({ url }: Navigation): Promise<StoredPage | undefined> =>
    readingMs > 0 ? findPage(addressOf(url), readingMs).then(readable, () => undefined) : undefined;
  return {
    name: 'pages',
    navigation: {
      async instead({ url, isHistory }) {
        const page =
          isHistory && backMs > 0 ? await findPage(addressOf(url), backMs).catch(() => undefined) : undefined;
        return page && whole(page, '');
      },
      async rescue(navigation) {
        const page = await offline(navigation);
        return page && whole(page, options.notice);
      },
    },
    async broken(navigation) {
      const page = await offline(navigation);
      return page && titleOf(page) + options.notice + page.html;
    },
    messages: {
      'save-page': async (body, source) => {
        const { epoch } = await sessionMark();
        const url = textOf(body.url);
        const html = textOf(body.html, MAX_HTML);
        const layout = textOf(body.layout, 100);
        // A page speaks for itself only, and only while it is the current user's.
        if (!html || !layout || new URL(url, source.url).origin !== new URL(source.url).origin) return;
        if (epoch === '' || body.epoch !== epoch) return;
        const ttl = textOf(body.ttl, 20);
        const until = ttl === '' ? undefined : now() + Number(ttl) * 1_000;
        const page = { url: addressOf(new URL(url, source.url)), title: textOf(body.title, 500), layout, until, html };
        await savePage(page, epoch, limits);
        const session = textOf(body.session, MAX_STATE);
        const sealed = session && (await stateOf(session));
        if (sealed) await savePage({ ...page, html: html.replace(session, sealed) }, epoch, limits);
      },
      'list-pages': async () =>
        readingMs > 0 ? (await listPages(readingMs)).filter(readable).map(({ url, title }) => ({ url, title })) : [],
    },
  };
}

/** The state of the page, which only the server can open; the page brings it along when it comes back. */
async function stateOf(session: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-djust-snapshot': '1' };
  const response = await fetch('/djust/snapshot', { method: 'POST', headers, body: JSON.stringify({ session }) });
  return response.ok ? textOf((await response.json()).sealed, MAX_STATE) : '';
}

/** Without a time of its own it may be read as long as any. */
const readable = (page: StoredPage | undefined): StoredPage | undefined =>
  page?.until === undefined || page.until > now() ? page : undefined;

const titleOf = ({ title }: StoredPage): string =>
  `<title>${title.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</title>`;

/** Nothing when the frame of its layout is gone: a page without its policy headers is not shown. */
async function whole(page: StoredPage, notice: string): Promise<Response | undefined> {
  const frame = await frameOf(page.layout).catch(() => undefined);
  if (!frame) return undefined;
  return new Response(new Blob([frame.head, titleOf(page), notice, page.html, frame.tail]), { headers: frame.headers });
}
