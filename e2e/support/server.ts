/**
 * The gallery as a process of its own, for tests: it can be killed and started again. What the tests want to know of its
 * inside comes as one JSON object a line on standard output. Run by gallery-process.ts.
 */

import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { html, listen } from '@djust/server';
import { type Demo, makeDemos } from '../../examples/gallery/demos.ts';
import { createGallery } from '../../examples/gallery/gallery.ts';
import { hotReload } from '../../examples/gallery/hot-reload.ts';
import { makeNotesStore } from '../../examples/gallery/pwa.ts';
import { sharedFrom } from '../../examples/gallery/shared.ts';
import { bootPage } from './boot-pages.ts';

/** What the process tells about itself. */
export type Note = { kind: 'ready'; origin: string; port: number } | { kind: 'mount'; view: string };

const note = (message: Note): void => console.log(JSON.stringify(message));

/** Tells whenever a page is mounted. */
const countMounts = (demo: Demo): Demo => ({
  ...demo,
  view: {
    ...demo.view,
    mount: (context, state) => {
      note({ kind: 'mount', view: demo.view.name });
      return demo.view.mount?.(context, state);
    },
  },
});

/** A mistake that a test records and puts back: BUG=1 makes the counter fail at three. */
const withBug = (demo: Demo): Demo => {
  const add = demo.view.events.get('add');
  if (!process.env.BUG || demo.path !== '/counter' || !add) return demo;
  const handle: typeof add.handle = (state, params, context) => {
    if (state.count + params.by === 3) throw new Error('three is one too many');
    return add.handle(state, params, context);
  };
  return { ...demo, view: { ...demo.view, events: new Map([...demo.view.events, ['add', { ...add, handle }]]) } };
};

/**
 * Views that the gallery has not: HOT names a folder with one in `hot.ts`, for tests that change its source while it runs,
 * VIEW a module with one.
 */
const { HOT, VIEW } = process.env;
const extra = async (path: string, file: string): Promise<Demo> => {
  const { view } = await import(pathToFileURL(file).href);
  return { path, name: view.name, summary: '', how: html``, sources: [], view };
};
const extras = [HOT && extra('/hot', join(HOT, 'hot.ts')), VIEW && extra('/view', VIEW)];

const notes = makeNotesStore();
const shared = await sharedFrom(process.env);
const { server, fallback } = createGallery({
  ...shared,
  notes,
  demos: [...makeDemos(notes), ...(await Promise.all(extras)).filter((demo) => !!demo)].map(countMounts).map(withBug),
});
const { origin, port, drain } = await listen(server, {
  port: Number(process.env.PORT ?? 0),
  fallback: async (request) => (await bootPage(request, server)) ?? fallback(request),
});
if (HOT)
  await hotReload({
    ...{ server, folder: HOT, files: ['hot.ts'], signal: new AbortController().signal },
    say: (line) => console.error(JSON.stringify({ level: 'info', message: line })),
  });
note({ kind: 'ready', origin, port });
process.once('SIGTERM', () => void drain().then(() => process.exit()));

// The tests hold the other end of standard input: when they are gone, however that came, nobody needs this process.
(process.stdin as Readable).on('close', () => process.exit()).resume();
