import { createHash } from 'node:crypto';
import { type DjustServer, type Listening, listen, silentLogger } from '@djust/server';
import { createSite } from '../../examples/multipage/site.ts';

/** What a site's server sees of its visitors. */
export interface Seen {
  /** Sockets that were opened, that are open, and the most that ever were at once. */
  handshakes: number;
  open: number;
  most: number;
  /** Frames by type. */
  readonly frames: Record<string, number>;
  /** Requests by path, `GET /counter`. */
  readonly requests: string[];
}

export interface CountedSite {
  readonly origin: string;
  readonly seen: Seen;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Documents take so long. */
  delayMs?: number;
  /** An inline script at the end of every page's region, under a `data-token` of its own. */
  probe?: string;
  /** Script of another library in the place of TurboNav, and a policy under which it can work. */
  library?: string;
  /** Pages besides those of the example. */
  pages?: Readonly<Record<string, (request: Request) => Response | Promise<Response>>>;
}

/** The example site on a port of its own, with a server that counts. */
export async function startSite({ delayMs = 0, probe, library, pages = {} }: SiteOptions = {}): Promise<CountedSite> {
  const seen: Seen = { handshakes: 0, open: 0, most: 0, frames: {}, requests: [] };
  const site = createSite({ isDevelopment: false, log: silentLogger });
  const answer = async (request: Request, find: () => Promise<Response | undefined>): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    const response = await find();
    if (!response?.headers.get('content-type')?.startsWith('text/html')) return response;
    seen.requests.push(`${request.method} ${pathname}`);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (library) return withLibrary(response, library);
    return probe ? withProbe(response, probe, seen.requests.length) : response;
  };
  const fetch: DjustServer['fetch'] = (request) => answer(request, () => site.server.fetch(request));
  const connect: DjustServer['connect'] = async (peer, request) => {
    seen.handshakes++;
    seen.open++;
    seen.most = Math.max(seen.most, seen.open);
    const handler = await site.server.connect(peer, request);
    return {
      text: (message) => {
        const { type } = JSON.parse(message) as { type: string };
        seen.frames[type] = (seen.frames[type] ?? 0) + 1;
        handler.text(message);
      },
      closed: () => {
        seen.open--;
        handler.closed();
      },
    };
  };
  const server: DjustServer = Object.assign(Object.create(site.server) as DjustServer, { fetch, connect });
  const fallback = (request: Request): Promise<Response | undefined> =>
    answer(request, async () => (await pages[new URL(request.url).pathname]?.(request)) ?? site.fallback(request));
  const listening: Listening = await listen(server, { port: 0, fallback });
  return { origin: listening.origin, seen, close: () => listening.close() };
}

async function withProbe(response: Response, probe: string, token: number): Promise<Response> {
  const html = (await response.text()).replace('</main>', `<script data-token="${token}">${probe}</script></main>`);
  const headers = new Headers(response.headers);
  const hash = createHash('sha256').update(probe).digest('base64');
  const policy = headers.get('content-security-policy') ?? '';
  headers.set('content-security-policy', policy.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`));
  return new Response(html, { status: response.status, headers });
}

async function withLibrary(response: Response, library: string): Promise<Response> {
  const html = (await response.text()).replace('/turbonav/turbonav.min.js', library);
  const headers = new Headers(response.headers);
  headers.set('content-security-policy', "script-src 'self'");
  return new Response(html, { status: response.status, headers });
}
