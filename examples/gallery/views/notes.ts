import { defineView, html, repeat, type SyncRecord, type SyncStore, type View } from '@djust/server';
import * as v from 'valibot';

/** What a device may write. Whatever else it sends is left out. */
export const Note = v.object({ text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)) });

/** One notebook for everybody who opens the gallery; a real site has one for each user. */
export const NOTEBOOK = 'gallery';

type Row = { key: string; version: number; text: string; at: number };
type State = { notes: Row[] };

const rowOf = ({ key, version, data, at }: SyncRecord): Row => ({ key, version, text: String(data.text), at });

export async function readNotes(store: SyncStore): Promise<Row[]> {
  const records = await store.transact(NOTEBOOK, (transaction) => transaction.all('note'));
  return records.map(rowOf).sort((a, b) => b.at - a.at);
}

const row = ({ key, version, text }: Row) => html`
  <li>
    <span class="text">${text}</span>
    <form dj-sync="note.delete" data-key=${key} data-base=${version} data-dj-owner=${NOTEBOOK}>
      <button class="quiet" aria-label="Delete: ${text}">Delete</button>
    </form>
  </li>`;

/** The notes that the server has. Those that still wait on a device are listed by the page itself. */
export const notes = (store: SyncStore): View =>
  defineView({
    name: 'gallery.notes',
    title: ({ notes }) => `${notes.length} · Notes`,
    state: { notes: [] } as State,
    async mount(ctx) {
      ctx.subscribe('notes');
      return { notes: await readNotes(store) };
    },
    offline: {},
    sync: { strategy: 'server_wins' },
    info: { notes: (_, message) => ({ notes: message.notes as Row[] }) },
    render: ({ notes }) => html`
      <h2>On the server</h2>
      <ul class="notes" aria-live="polite">${repeat(notes, ({ key }) => key, row, [])}</ul>
      <p class="note" hidden=${notes.length > 0}>Nothing yet. Switch the network off, write something, and switch it on again.</p>`,
  });

/** Outside the view: it works while the server cannot be reached, and while the page is only what was kept of it. */
export const notesForm = html`
  <p class="app-state">
    <span role="status" class="offline-badge" dj-offline-show hidden>Offline</span>
    <button type="button" class="quiet" dj-install hidden>Install</button>
  </p>
  <form class="row" dj-sync="note.create" data-dj-owner=${NOTEBOOK}>
    <label for="text">New note</label>
    <input id="text" name="text" maxlength="500" required autocomplete="off">
    <button class="primary">Keep</button>
  </form>
  <section class="waiting" aria-labelledby="waiting">
    <h2 id="waiting">Waiting on this device</h2>
    <ul class="notes" dj-sync-waiting="note" hidden><template><li><span class="text" data-field="text"></span></li></template></ul>
    <p class="note">What you write is kept here first. It is sent when there is a network, even after the page is closed.</p>
  </section>`;
