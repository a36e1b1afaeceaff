import { html, type SyncStore, type TemplateResult, type View } from '@djust/server';
import { makeNotesStore } from './pwa.ts';
import { boom } from './views/boom.ts';
import { chat } from './views/chat.ts';
import { cities } from './views/cities.ts';
import { clock } from './views/clock.ts';
import { counter } from './views/counter.ts';
import { form } from './views/form.ts';
import { long } from './views/long.ts';
import { notes, notesForm } from './views/notes.ts';
import { table } from './views/table.ts';
import { todos } from './views/todos.ts';

/** A page of the gallery and what is said about it. */
export interface Demo {
  readonly path: string;
  /** Where a link leads, when that is not just the path. */
  readonly link?: string;
  readonly name: string;
  readonly summary: string;
  readonly how: TemplateResult;
  /** Files below views/, the view itself first. */
  readonly sources: readonly string[];
  readonly view: View;
  /** Stands above the view, and works without the server. */
  readonly before?: TemplateResult;
  /** Can be installed, and has a service worker. */
  readonly isApp?: boolean;
}

/** Made anew for each server, because the chat has a memory. */
export const makeDemos = (notesStore: SyncStore = makeNotesStore()): readonly Demo[] => [
  {
    path: '/counter',
    name: 'Counter',
    summary: 'One number, kept on the server, changed by four buttons.',
    how: html`<p>Each button names an event, <code>dj-click="add"</code>, and its parameter, <code>data-by:int="1"</code>.
      The view checks the parameter, answers the new count, and the browser gets one operation: the new text.</p>`,
    sources: ['counter.ts'],
    view: counter,
  },
  {
    path: '/todos',
    name: 'Todos',
    summary: 'Add, tick, edit in place, filter and reorder a list, with the mouse or without one.',
    how: html`<p>Rows are keyed, so a row that moves keeps its node, its focus and what is typed in it. Drag a row, or
      press <kbd>Alt</kbd> + <kbd>↑</kbd> or <kbd>↓</kbd> inside one. <kbd>Enter</kbd> saves an edit, <kbd>Esc</kbd> drops it.</p>`,
    sources: ['todos.ts', 'todos-row.ts', 'todos-list.ts'],
    view: todos,
  },
  {
    path: '/form',
    name: 'Form',
    summary: 'Every kind of field, checked by one schema on the server while you type.',
    how: html`<p><code>dj-model</code> ties a field to the state. The server answers with what is wrong; it never writes into a
      field that you are in. A fault shows once you have left the field, and goes away as soon as it is mended.</p>`,
    sources: ['form.ts', 'form-controls.ts', 'form-fields.ts'],
    view: form,
  },
  {
    path: '/cities',
    name: 'Cities',
    summary: 'Search more than 170,000 places as you type.',
    how: html`<p>The state is the query and the page; the places follow from them. The index answers in a few milliseconds,
      and only rows that changed travel. The first visitor waits a second until it is built.</p>`,
    sources: ['cities.ts', 'cities-index.ts'],
    view: cities,
  },
  {
    path: '/table',
    link: '/table?rows=1000',
    name: 'Table',
    summary: 'The operations of js-framework-benchmark on up to 20,000 rows.',
    how: html`<p>The server compares values, not trees: to update every tenth of a thousand rows it sends a hundred texts, and the
      browser touches a hundred nodes. Rows that are the same object as before are not even rendered.</p>`,
    sources: ['table.ts', 'table-rows.ts'],
    view: table,
  },
  {
    path: '/long',
    name: 'Long lists',
    summary: 'A hundred thousand rows to scroll through, and a list that the server does not hold.',
    how: html`<p>Only the rows around the window are on the page: <code>dj-virtual</code> keeps room for the others, and asks for
      them as you scroll. The list below is a <code>stream</code>: a new row is sent, put in its place, and forgotten by the server.</p>`,
    sources: ['long.ts'],
    view: long,
  },
  {
    path: '/chat',
    name: 'Chat',
    summary: 'One room for everybody who has this page open.',
    how: html`<p>A message is broadcast to all views that subscribed to the room, the sender’s included. Presence tells who
      is here: open this page in a second tab.</p>`,
    sources: ['chat.ts'],
    view: chat(),
  },
  {
    path: '/clock',
    name: 'Clock',
    summary: 'The server sends the time, every second, while you look.',
    how: html`<p>A view can have a <code>tick</code>. Each second brings a few attributes for the hands and a few texts. Nobody
      looks, nothing ticks.</p>`,
    sources: ['clock.ts'],
    view: clock,
  },
  {
    path: '/notes',
    name: 'Notes',
    summary: 'An app that can be installed, works in airplane mode, and catches up later.',
    how: html`<p>A service worker keeps the page and its files. A form with <code>dj-sync="note.create"</code> writes to this
      device first; what waits is sent in order, once, by the page or by the worker. Switch the network off, write a note, load
      the page again: it is still there. Switch the network on, and it moves to the server.</p>`,
    sources: ['notes.ts'],
    view: notes(notesStore),
    before: notesForm,
    isApp: true,
  },
  {
    path: '/boom',
    name: 'Boom',
    summary: 'Everything that can go wrong, and what you see of it.',
    how: html`<p>Whatever fails, the state stays as it was and the page goes on working. In development you see the cause and
      a hint; in production a sentence and a reference, which the server’s log has too.</p>`,
    sources: ['boom.ts'],
    view: boom,
  },
];
