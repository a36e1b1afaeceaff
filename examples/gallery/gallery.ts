import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  createServer,
  type DjustServer,
  files,
  healthEndpoint,
  memoryStore,
  renderToString,
  SECURITY_HEADERS,
  type ServerOptions,
  type SyncStore,
} from '@djust/server';
import { type Demo, makeDemos } from './demos.ts';
import { makeLayout, notFoundPage } from './layout.ts';
import { makeNotesStore, PWA_SCRIPTS, pwaAnswers } from './pwa.ts';
import { index } from './views/index.ts';

export interface GalleryOptions extends Pick<ServerOptions, 'isDevelopment' | 'log' | 'store' | 'bus' | 'presence'> {
  /** What to show; all of ours by default. */
  demos?: readonly Demo[];
  /** Where the notes of the demos are. */
  notes?: SyncStore;
}

export interface Gallery {
  readonly server: DjustServer;
  /** Answers what is no page: scripts, styles, sources, and the page that says that there is none. */
  readonly fallback: (request: Request) => Promise<Response | undefined>;
}

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A server with all demos, without a network. */
export function createGallery(given: GalleryOptions = {}): Gallery {
  const { notes = makeNotesStore(), demos = makeDemos(notes), store = memoryStore(), ...options } = given;
  const isDevelopment = options.isDevelopment ?? process.env.NODE_ENV !== 'production';
  const script = isDevelopment ? '/djust/djust.js' : '/djust/djust.min.js';
  const navScript = isDevelopment ? '/turbonav/turbonav.js' : '/turbonav/turbonav.min.js';
  const views = Object.fromEntries(demos.map(({ path, view }) => [path, view]));
  const server = createServer({
    ...options,
    store,
    isDevelopment,
    pages: { '/': index(demos), ...views },
    layout: makeLayout(demos, {
      scripts: [script, navScript],
      appScripts: PWA_SCRIPTS[isDevelopment ? 'development' : 'production'],
      // Before the client, so that it sees the first connection.
      panel: isDevelopment ? '/djust-devtools/djust-devtools.js' : undefined,
    }),
    // The notes are everybody's, so there is one session for all; a site with users names theirs.
    epoch: () => 'gallery',
  });
  const health = healthEndpoint({ store, isDraining: () => server.isDraining });
  const pwa = pwaAnswers(server, notes, script);
  const readFolders = files({
    '/djust/': folder('../../packages/client/dist/'),
    '/djust-sw/': folder('../../packages/sw/dist/'),
    '/turbonav/': folder('../../packages/turbonav/dist/'),
    ...(isDevelopment ? { '/djust-devtools/': folder('../../packages/devtools/dist/script/') } : {}),
    '/static/': folder('static/'),
  });
  // Browsers ask for this one on pages that name no icon, such as error pages.
  const readFiles = (request: Request): ReturnType<typeof readFolders> =>
    readFolders(
      new URL(request.url).pathname === '/favicon.ico'
        ? new Request(new URL('/static/icon.svg', request.url), request)
        : request,
    );
  return {
    server,
    fallback: async (request) =>
      (await pwa(request)) ??
      (await readFiles(request)) ??
      (await source(request, demos)) ??
      (await health(request)) ??
      notFound(request, demos),
  };
}

/** The sources that the pages link to, and no others, as text. */
async function source(request: Request, demos: readonly Demo[]): Promise<Response | undefined> {
  const [, name = ''] = /^\/source\/([\w-]+\.ts)$/.exec(new URL(request.url).pathname) ?? [];
  if (!demos.some(({ sources }) => sources.includes(name))) return undefined;
  const text = await readFile(folder(`views/${name}`), 'utf8');
  return new Response(text, {
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

function notFound(request: Request, demos: readonly Demo[]): Response | undefined {
  if (!request.headers.get('accept')?.includes('text/html')) return undefined;
  const headers = { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' };
  return new Response(renderToString(notFoundPage(demos)), { status: 404, headers });
}
