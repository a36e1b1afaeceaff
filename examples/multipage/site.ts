import { fileURLToPath } from 'node:url';
import { createServer, type DjustServer, files, html, SECURITY_HEADERS, type ServerOptions } from '@djust/server';
import { layout } from './layout.ts';
import { INLINE_HASH, PAGES, page } from './pages.ts';
import { clock } from './views/clock.ts';
import { counter } from './views/counter.ts';

export interface Site {
  readonly server: DjustServer;
  /** Everything that is no live page. */
  readonly fallback: (request: Request) => Promise<Response | undefined>;
}

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The policy of all pages alike: with navigation inside of one document the first one's stays in force. */
const POLICY =
  SECURITY_HEADERS['content-security-policy']?.replace(
    "script-src 'self'",
    `script-src 'self' 'sha256-${INLINE_HASH}'`,
  ) ?? '';

/** An ordinary site that has gained two live pages and navigation without reloads. */
export function createSite(options: Pick<ServerOptions, 'isDevelopment' | 'log'> = {}): Site {
  const live = createServer({
    ...options,
    pages: { '/counter': counter, '/clock': clock },
    layout: ({ title, path, root }) => layout({ title, path, content: root }),
  });
  const readFiles = files({
    '/djust/': folder('../../packages/client/dist/'),
    '/turbonav/': folder('../../packages/turbonav/dist/'),
    '/static/': folder('static/'),
  });
  const fetch: DjustServer['fetch'] = async (request) => withPolicy(await live.fetch(request));
  const server: DjustServer = Object.assign(Object.create(live) as DjustServer, { fetch });
  return {
    server,
    fallback: async (request) =>
      withPolicy(await (PAGES[new URL(request.url).pathname]?.(request) ?? readFiles(request))) ?? notFound(),
  };
}

function withPolicy(response: Response | undefined): Response | undefined {
  const isPage = response?.headers.get('content-type')?.startsWith('text/html');
  if (isPage)
    for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, 'content-security-policy': POLICY }))
      response?.headers.set(name, value);
  return response;
}

const notFound = (): Response | undefined =>
  withPolicy(page('Not found', '', html`<h1>There is no such page</h1><p><a href="/">Home</a></p>`, 404));
