import {
  createServer,
  defineView,
  files,
  html,
  type Listening,
  listen,
  serviceWorkerFile,
  silentLogger,
  snapshotEndpoint,
} from '@djust/server';
import type { Page } from '@playwright/test';
import { workerOf } from '../../bench/src/sw/worker.ts';
import { fromRoot } from '../../scripts/root.ts';

const KEYS = [{ id: 'k1', secret: 'a secret of thirty-two signs or more' }];

interface Counter {
  count: number;
  name: string;
}

const layout = {
  name: 'app',
  frame: ({ title, main }: { title: string | undefined; main: unknown }) => html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        ${title === undefined ? '' : html`<title>${title}</title>`}
        <meta name="djust-sw" content="/sw.js">
        <script src="/djust/djust.min.js" defer></script>
        <script src="/djust-sw/djust-sw.min.js" defer></script>
      </head>
      <body><main>${main}</main></body>
    </html>`,
  main: ({ root }: { root: unknown }) => html`${root}
    <p dj-offline-hide>There is a network</p>
    <p dj-offline-show hidden>There is none</p>
    <button id="off" dj-offline-disable>Needs a network</button>
    <button id="always-off" dj-offline-disable disabled>Is disabled anyway</button>
    <p>Waiting: <b dj-offline-queued hidden></b></p>`,
};

/** A counter behind a sign-in, beside a page where nothing happens. Its server can be started anew; who is signed in stays. */
export class KeptSite {
  mounts = 0;
  /** When the last state was handed out. */
  sealedAt = 0;
  #listening: Listening | undefined;
  readonly canRestore: boolean;
  readonly #worker: string;
  /** Cookie → person. */
  readonly #people = new Map<string, string>();

  private constructor(canRestore: boolean, worker: string) {
    this.canRestore = canRestore;
    this.#worker = worker;
  }

  static async open(canRestore: boolean): Promise<KeptSite> {
    const config = { shell: { layouts: { app: ['/counter', '/about'] } }, pages: true };
    const site = new KeptSite(canRestore, await workerOf(config));
    await site.start();
    return site;
  }

  get origin(): string {
    return this.#listening?.origin ?? '';
  }

  /** Whatever the server held of its visitors is gone. */
  async restart(): Promise<void> {
    await this.close();
    await this.start();
  }

  async close(): Promise<void> {
    await this.#listening?.close();
  }

  async start(): Promise<void> {
    const counter = defineView<Counter>({
      name: 'test.counter',
      state: { count: 0, name: '' },
      mount: ({ principal }) => {
        this.mounts++;
        return { name: principal?.id ?? 'nobody' };
      },
      ...(this.canRestore && { restore: (saved: Counter) => saved }),
      events: { add: ({ count }) => ({ count: count + 1 }) },
      render: ({ count, name }) => html`
        <h1>${name}: ${count}</h1><button id="add" dj-click="add">Add</button> <a href="/about">About</a>`,
    });
    const about = defineView({
      name: 'test.about',
      state: {},
      // Never read without a network.
      offline: { ttl: 0 },
      render: () => html`<h1>About</h1>`,
    });
    const server = createServer({
      pages: { '/counter': counter, '/about': about },
      layout,
      isDevelopment: false,
      log: silentLogger,
      snapshots: { keys: KEYS },
      principal: (request) => {
        const id = this.#people.get(sessionOf(request));
        return id === undefined ? null : { id };
      },
      epoch: (request) => (this.#people.has(sessionOf(request)) ? `e-${sessionOf(request)}` : 'nobody'),
    });
    const snapshot = snapshotEndpoint(server);
    const answers = [
      serviceWorkerFile({ code: async () => this.#worker }),
      async (request: Request) => {
        const response = await snapshot(request);
        if (response?.ok) this.sealedAt = Date.now();
        return response;
      },
      async (request: Request) => this.#sign(request),
      files({ '/djust/': fromRoot('packages/client/dist/'), '/djust-sw/': fromRoot('packages/sw/dist/') }),
    ];
    const port = this.#listening?.port ?? 0;
    this.#listening = await listen(server, {
      port,
      fallback: async (request) => {
        for (const answer of answers) {
          const response = await answer(request);
          if (response) return response;
        }
        return undefined;
      },
    });
  }

  /** `/in/ann` signs in, `/out` signs out. */
  #sign(request: Request): Response | undefined {
    const [, who] = /^\/(out|in\/\w+)$/.exec(new URL(request.url).pathname) ?? [];
    if (!who) return undefined;
    this.#people.delete(sessionOf(request));
    const name = `s${this.#people.size}${Date.now()}`;
    if (who !== 'out') this.#people.set(name, who.slice(3));
    const headers = { 'set-cookie': `session=${name}; Path=/; HttpOnly`, 'content-type': 'text/plain' };
    return new Response('done', { headers });
  }
}

const sessionOf = ({ headers }: Request): string => /session=(\w+)/.exec(headers.get('cookie') ?? '')?.[1] ?? '';

/** When the worker kept the page at this address last; 0 when it did not. */
export const keptAt = (page: Page, address: string): Promise<number> =>
  page.evaluate(async (address) => {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address));
    const key = btoa(String.fromCharCode(...new Uint8Array(hash)));
    return new Promise((resolve) => {
      const asked = indexedDB.open('djust-sw');
      asked.onsuccess = () => {
        const found = asked.result.transaction('pages').objectStore('pages').get(key);
        found.onsuccess = () => resolve((found.result as { savedAt: number } | undefined)?.savedAt ?? 0);
      };
    });
  }, address);
