import type { ClientExt, ClientFrame, ServerFrame } from '@djust/protocol';
import { FEATURES } from '@djust/protocol';
import type { Peer, PeerHandler } from '../src/adapters/peer.ts';
import type { LogEntry } from '../src/logger.ts';
import { createServer, type DjustServer, type ServerOptions } from '../src/server.ts';
import { defineView, type View } from '../src/view/define-view.ts';
import type { TemplateResult } from '../src/view/html.ts';
import { renderToString } from '../src/view/static.ts';
import { canonical, canonicalOf, openPage, type Page } from './apply-ops.ts';
import { FakeClock, settled } from './fake-clock.ts';

/** A server without a network, its clock and its log. */
export interface Rig {
  readonly server: DjustServer;
  readonly clock: FakeClock;
  readonly log: LogEntry[];
  /** Renders the page of a path over HTTP. */
  get(path?: string, headers?: Record<string, string>): Promise<RenderedPage>;
  connect(options?: ConnectOptions): Promise<TestClient>;
}

export interface ConnectOptions {
  headers?: Record<string, string>;
  origin?: string | null;
  address?: string;
  url?: string;
}

export interface RenderedPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The content of the view's root element. */
  readonly html: string;
  /** What the root element says: session and version. */
  readonly session: string;
  readonly version: number;
}

export const ORIGIN = 'https://app.example';

export function rig(views: View | Record<string, View>, options: Partial<ServerOptions> = {}): Rig {
  const clock = new FakeClock();
  const log: LogEntry[] = [];
  const pages =
    'name' in views && typeof views.name === 'string' ? { '/': views as View } : (views as Record<string, View>);
  const server = createServer({ pages, clock, log: (entry) => log.push(entry), isDevelopment: false, ...options });
  return {
    server,
    clock,
    log,
    async get(path = '/', headers = {}) {
      const response = await server.fetch(new Request(ORIGIN + path, { headers }));
      if (!response) throw new Error(`no page at ${path}`);
      const text = await response.text();
      const root =
        /<div dj-view="[^"]*"[^>]*data-dj-session="([^"]*)" data-dj-version="(\d+)"[^>]*>(.*)<\/div><\/main>/s.exec(
          text,
        );
      const [, session = '', version = '0', html = ''] = root ?? [];
      return { status: response.status, headers: response.headers, text, html, session, version: Number(version) };
    },
    async connect({ headers = {}, origin = ORIGIN, address = '192.0.2.1', url = `${ORIGIN}/ws/live/` } = {}) {
      const peer = new TestPeer(address);
      const sent = new Headers(headers);
      if (origin !== null) sent.set('origin', origin);
      const handler = await server.connect(peer, new Request(url, { headers: sent }));
      const client = new TestClient(peer, handler, clock);
      client.hello = await client.received();
      return client;
    },
  };
}

export class TestPeer implements Peer {
  readonly address: string;
  bufferedBytes = 0;
  readonly texts: string[] = [];
  closedWith: { code: number; reason: string | undefined } | undefined;

  constructor(address: string) {
    this.address = address;
  }

  #isCut = false;

  send(text: string): void {
    if (!this.#isCut) this.texts.push(text);
  }

  /** The line breaks: of what was sent only the first `count` frames arrive, and nothing that is sent from now on. */
  cut(count: number): void {
    this.#isCut = true;
    this.texts.length = Math.min(this.texts.length, count);
  }

  close(code: number, reason?: string): void {
    this.closedWith ??= { code, reason };
  }
}

type Mount = { view?: string; url?: string; params?: Record<string, string>; ext?: Partial<ClientExt> | null };

/** The other end of one connection. It shows what it is sent, so that a test can compare it with a fresh render. */
export class TestClient {
  readonly peer: TestPeer;
  readonly #handler: PeerHandler;
  readonly #clock: FakeClock;
  #read = 0;
  /** What the server said by itself. */
  hello: ServerFrame[] = [];
  page: Page | undefined;
  version = 0;

  constructor(peer: TestPeer, handler: PeerHandler, clock: FakeClock) {
    this.peer = peer;
    this.#handler = handler;
    this.#clock = clock;
  }

  get closedWith(): number | undefined {
    return this.peer.closedWith?.code;
  }

  /** How many frames were read. */
  get seen(): number {
    return this.#read;
  }

  /** Shows a page that came over HTTP. */
  show({ html, version }: RenderedPage): this {
    this.page = openPage(html);
    this.version = version;
    return this;
  }

  /** Hands a frame over and answers what comes back before time passes. */
  async send(frame: ClientFrame | object | string): Promise<ServerFrame[]> {
    this.#handler.text(typeof frame === 'string' ? frame : JSON.stringify(frame));
    return this.received();
  }

  /** Hands frames over within one tick, and does not look at what comes back. */
  post(frames: readonly object[]): void {
    for (const frame of frames) this.#handler.text(JSON.stringify(frame));
  }

  async burst(frames: readonly object[]): Promise<ServerFrame[]> {
    this.post(frames);
    return this.received();
  }

  mount({ view = 'test.view', url = '/', params = {}, ext = {} }: Mount = {}): Promise<ServerFrame[]> {
    const mount = { type: 'mount', view, url, params };
    const full: ClientExt = {
      v: 1,
      features: [...FEATURES],
      client_id: 'client-one',
      session: null,
      version: 0,
      ref: 0,
      acked: 0,
    };
    return this.send(ext === null ? mount : { ...mount, ext: { ...full, ...ext } });
  }

  event(event: string, params: object = {}, ref?: number): Promise<ServerFrame[]> {
    return this.send({ type: 'event', event, params, ...(ref === undefined ? {} : { ref }) });
  }

  /** What came since the last look. */
  async received(): Promise<ServerFrame[]> {
    await settled();
    const frames = this.peer.texts.slice(this.#read).map((text) => JSON.parse(text) as ServerFrame);
    this.#read = this.peer.texts.length;
    for (const frame of frames) this.#show(frame);
    return frames;
  }

  async advance(ms: number): Promise<ServerFrame[]> {
    await this.#clock.advance(ms);
    return this.received();
  }

  async drop(): Promise<void> {
    this.#handler.closed();
    await settled();
  }

  /** What the page shows, without ids and boundaries. */
  get shown(): string {
    return this.page ? canonical(this.page.root) : '';
  }

  #show(frame: ServerFrame): void {
    switch (frame.type) {
      case 'mount':
        if (frame.html !== undefined) this.page = openPage(frame.html);
        this.version = frame.version;
        return;
      case 'html_update':
      case 'html_recovery':
        if (frame.type === 'html_update' && frame.version !== this.version + 1) throw new Error('a gap in versions');
        this.page = openPage(frame.html);
        this.version = frame.version;
        return;
      case 'patch':
        if (frame.version !== this.version + 1) throw new Error(`version ${frame.version} after ${this.version}`);
        // Patches of djust 1.x need a browser; the tests of the client apply those.
        if (frame.ops) this.page?.apply(frame.ops);
        this.version = frame.version;
    }
  }
}

/** What a view shows in a state, as `TestClient.shown` writes it. */
export function shownFor<S extends object>(view: View<S>, state: S): string {
  const result = view.render(state);
  return canonicalOf(typeof result === 'string' ? result : renderToString(result as TemplateResult));
}

export { defineView };
