import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromRoot } from '../../../scripts/root.ts';
import { Layout } from './site-layout.ts';

/** One request as the server saw it: the only witness that counts requests which no page knows of. */
export interface Seen {
  readonly path: string;
  readonly method: string;
  /** Asked for a page ahead, for the main part of one, or for the whole. */
  readonly kind: 'prefetch' | 'main' | 'full';
}

export interface SiteOptions {
  /** How long every document takes. */
  readonly delayMs: number;
  /** Headers of every page and of the shell. */
  readonly policy?: string;
}

/** Answers a request by itself; false leaves it to the site. */
export type Handler = (request: IncomingMessage, response: ServerResponse, site: Site) => boolean | Promise<boolean>;

export const STRICT_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/** A site of many plain pages on the contract of the worker, with a delay, a log, and whatever a probe adds. */
export class Site {
  readonly log: Seen[] = [];
  /** Of all requests, those included that are not in the log. */
  arrived = 0;
  readonly options: SiteOptions;
  readonly handlers: Handler[] = [];
  /** Files below /assets/. */
  readonly assets: Map<string, string> = new Map();
  layout: Layout = new Layout('1');
  /** The script at /sw.js; undefined for a site without one. */
  worker: string | undefined;
  delayMs: number;
  readonly #server: Server;
  readonly #silenced = new Set<string>();

  private constructor(options: SiteOptions) {
    this.options = options;
    this.delayMs = options.delayMs;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(options: SiteOptions): Promise<Site> {
    const site = new Site(options);
    await new Promise<void>((done) => site.#server.listen(0, '127.0.0.1', done));
    return site;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How often the server was asked for this page. */
  count(path: string): number {
    return this.log.filter((seen) => seen.path === path).length;
  }

  /**
   * Ends a request without a word. A browser may then repeat it by itself, once and in the same words, when it had opened
   * the connection beforehand; nobody asked for that, so it is not counted.
   */
  silence(request: IncomingMessage): void {
    this.#silenced.add(wordsOf(request));
    request.destroy();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Waits as long as a document takes on this site. */
  async delay(ms: number = this.delayMs): Promise<void> {
    if (ms > 0) await new Promise((done) => setTimeout(done, ms));
  }

  /** Sends a page, or its main part alone when the worker holds the frame for it. */
  page(request: IncomingMessage, response: ServerResponse, page: PageAnswer): void {
    const held = String(
      request.headers['x-djust-main-only'] ?? request.headers['service-worker-navigation-preload'] ?? '',
    );
    const isMain = held.split(',').includes(this.layout.id);
    const title = `<title>${page.title}</title>`;
    response.writeHead(page.status ?? 200, {
      ...this.headers(),
      'cache-control': request.headers['x-djust-prefetch'] ? 'private, max-age=15' : 'private, no-store',
      'x-shell': this.layout.id,
      vary: 'X-Djust-Main-Only, Service-Worker-Navigation-Preload',
      ...(isMain && { 'x-djust-main-only': this.layout.id }),
      ...page.headers,
    });
    response.end(isMain ? title + page.main : this.layout.whole(title, page.main));
  }

  headers(): Record<string, string> {
    const { policy } = this.options;
    return {
      'content-type': 'text/html; charset=utf-8',
      // A kept connection that breaks makes a browser ask again by itself, and the count would be the browser's.
      connection: 'close',
      ...(policy && { 'content-security-policy': policy }),
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const script = this.#script(path);
    if (script !== undefined) {
      const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-cache', connection: 'close' };
      response.writeHead(script ? 200 : 404, headers).end(script);
      return;
    }
    if (path === '/djust/shell/app') {
      response.writeHead(200, { ...this.headers(), 'cache-control': 'public, no-cache', 'x-shell': this.layout.id });
      response.end(this.layout.shell);
      return;
    }
    const asset = this.assets.get(path);
    if (asset !== undefined || path.startsWith('/assets/')) {
      const headers = { 'content-type': asset?.startsWith('<') ? 'text/html' : 'text/javascript', connection: 'close' };
      response.writeHead(asset === undefined ? 404 : 200, headers).end(asset);
      this.log.push({ path, method: 'GET', kind: 'full' });
      return;
    }
    if (path === '/favicon.ico') {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    this.arrived++;
    const isRepeated = this.#silenced.delete(wordsOf(request));
    if (!isRepeated) this.log.push({ path, method: request.method ?? 'GET', kind: kindOf(request) });
    for (const handler of this.handlers) if (await handler(request, response, this)) return;
    await this.delay();
    this.page(request, response, plainPage(path));
  }

  #script(path: string): string | undefined {
    if (path === '/sw.js') return this.worker ?? '';
    if (path === '/djust-sw.js') return this.worker === undefined ? '/* no worker */' : pageScript();
    return undefined;
  }
}

export interface PageAnswer {
  readonly title: string;
  readonly main: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

const LINKS = 10;

/** A page of the site: its name, and links to the pages behind it. */
export function plainPage(path: string): PageAnswer {
  const number = Number(/\d+/.exec(path)?.[0] ?? 0);
  const links = Array.from({ length: LINKS }, (_, at) => number + at + 1);
  return {
    title: `Page ${path}`,
    main: `<h1 id="name" elementtiming="main">This is ${path}</h1><p>${links
      .map((to) => `<a id="to-${to}" href="/page/${to}">Page ${to}</a>`)
      .join(' ')}</p>`,
  };
}

/** A navigation that is begun anew says so in its headers. */
const wordsOf = ({ url, headers }: IncomingMessage): string => JSON.stringify([url, headers]);

function kindOf({ headers }: IncomingMessage): Seen['kind'] {
  if (headers['x-djust-prefetch']) return 'prefetch';
  return headers['x-djust-main-only'] || headers['service-worker-navigation-preload'] ? 'main' : 'full';
}

let script: string | undefined;
const pageScript = (): string => (script ??= readFileSync(fromRoot('packages/sw/dist/djust-sw.min.js'), 'utf8'));
