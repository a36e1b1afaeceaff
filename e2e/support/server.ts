/**
 * The gallery as a process of its own, for tests: it can be killed and started again. What the tests want to know of its
 * inside comes as one JSON object a line on standard output. Run by gallery-process.ts.
 */
import type { Readable } from 'node:stream';
import { listen } from '@djust/server';
import { type Demo, makeDemos } from '../../examples/gallery/demos.ts';
import { createGallery } from '../../examples/gallery/gallery.ts';
import { makeNotesStore } from '../../examples/gallery/pwa.ts';
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

const notes = makeNotesStore();
const { server, fallback } = createGallery({ notes, demos: makeDemos(notes).map(countMounts) });
const { origin, port } = await listen(server, {
  port: Number(process.env.PORT ?? 0),
  fallback: async (request) => (await bootPage(request, server)) ?? fallback(request),
});
note({ kind: 'ready', origin, port });

// The tests hold the other end of standard input: when they are gone, however that came, nobody needs this process.
(process.stdin as Readable).on('close', () => process.exit()).resume();
