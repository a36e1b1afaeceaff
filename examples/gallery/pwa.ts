import { fork } from 'node:child_process';
import {
  type DjustServer,
  eventsEndpoint,
  html,
  memorySyncStore,
  renderToString,
  SECURITY_HEADERS,
  type SyncStore,
  serviceWorkerFile,
  syncEndpoint,
  webManifest,
} from '@djust/server';
import { NOTEBOOK, Note, notes, readNotes } from './views/notes.ts';

type Answer = (request: Request) => Promise<Response | undefined>;

/** The scripts of a page that has a worker. */
export const PWA_SCRIPTS = {
  production: ['/djust-sw/djust-sw.min.js', '/djust-sw/djust-sync.min.js'],
  development: ['/djust-sw/djust-sw.js', '/djust-sw/djust-sync.js'],
} as const;

export const makeNotesStore = (): SyncStore => memorySyncStore();

/** What makes the notes an app: the worker, the manifest, the offline page, and the way back for what was written without a network. */
export function pwaAnswers(server: DjustServer, store: SyncStore, script: string): Answer {
  const answers: Answer[] = [
    serviceWorkerFile({ code: workerOnce(script) }),
    webManifest({
      name: 'djust gallery: notes',
      shortName: 'Notes',
      startUrl: '/notes',
      themeColor: '#0f766e',
      icons: [
        { src: '/static/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: '/static/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
      ],
    }),
    syncEndpoint({
      store,
      models: { note: { schema: Note, ...notes(store).sync } },
      principal: () => NOTEBOOK,
      ownerOf: (principal) => principal,
      changed: async () => server.bus.publish('notes', { notes: await readNotes(store) }),
    }),
    eventsEndpoint(server),
    offlinePage,
  ];
  return async (request) => {
    for (const answer of answers) {
      const response = await answer(request);
      if (response) return response;
    }
    return undefined;
  };
}

/** Put together when it is first asked for; most visitors never open the notes. */
function workerOnce(script: string): () => Promise<string> {
  let made: Promise<string> | undefined;
  const make = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const builder = fork(new URL('./worker-build.ts', import.meta.url), [script], { execArgv: process.execArgv });
      builder.once('message', ({ code, fault }: { code?: string; fault?: string }) =>
        code === undefined ? reject(new Error(fault)) : resolve(code),
      );
      builder.once('exit', (status) => reject(new Error(`The worker could not be built: exit ${status}`)));
      builder.once('error', reject);
    });
  return () => (made ??= make());
}

const offlineDocument = html`<!DOCTYPE html>
  <html lang="en" data-dj-offline>
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Offline</title>
      <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/static/gallery.css">
      <script src="/djust-sw/djust-sw.min.js" defer></script>
    </head>
    <body>
      <main id="main">
        <h1>You are offline</h1>
        <p class="lead">This page has not been kept on your device. These have:</p>
        <ul dj-offline-pages></ul>
      </main>
    </body>
  </html>`;

const offlinePage: Answer = async ({ url }) =>
  new URL(url).pathname === '/offline'
    ? new Response(renderToString(offlineDocument), {
        headers: { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
      })
    : undefined;
