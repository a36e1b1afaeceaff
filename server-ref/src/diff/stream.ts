import { OP } from '@djust/protocol';
import type { Key } from '../view/html.ts';
import { Repeat } from '../view/html.ts';
import { entriesOf, rowSource } from '../view/list.ts';
import { DEFAULT_LIMIT, type StreamChange, type StreamSpec } from '../view/stream.ts';
import type { StreamRows } from '../view/tree.ts';
import type { Update } from './newcomers.ts';

/** Tells the page what happened to a stream. Costs what the change costs, however many rows there are. */
export function updateStream(list: StreamRows, container: string, update: Update): void {
  const source = update.renderer.streams;
  const spec = source.spec(list.name);
  const writer = new StreamUpdate(list, container, spec, update);
  for (const change of source.changes(list.name)) writer.apply(change);
}

class StreamUpdate {
  readonly #list: StreamRows;
  readonly #container: string;
  // biome-ignore lint/suspicious/noExplicitAny: each stream has rows of its own
  readonly #spec: StreamSpec<any, any, any>;
  readonly #update: Update;

  // biome-ignore lint/suspicious/noExplicitAny: each stream has rows of its own
  constructor(list: StreamRows, container: string, spec: StreamSpec<any, any, any>, update: Update) {
    this.#list = list;
    this.#container = container;
    this.#spec = spec;
    this.#update = update;
  }

  apply(change: StreamChange): void {
    if (change.kind === 'remove') for (const key of change.keys) this.#remove(key);
    else if (change.kind === 'reset') this.#reset(change.rows);
    else if (change.kind === 'update') for (const row of change.rows) this.#replace(row);
    else this.#add(change.rows, change.kind === 'append');
  }

  #add(rows: readonly unknown[], atEnd: boolean): void {
    const { ids } = this.#list;
    const fresh = rows.filter((row) => !this.#replace(row));
    const limit = this.#spec.limit ?? DEFAULT_LIMIT;
    const wanted = fresh.length <= limit ? fresh : atEnd ? fresh.slice(-limit) : fresh.slice(0, limit);
    const { html, added } = this.#render(wanted);
    if (added.length === 0) return;
    const { keys } = this.#list;
    const last = atEnd ? keys.at(-1) : undefined;
    if (last === undefined) this.#update.out.push(OP.insert, this.#container, html);
    else this.#update.out.push(OP.insertAfter, ids.get(last) as string, html);
    if (atEnd) keys.push(...added);
    else keys.unshift(...added);
    this.#cut(keys.length - limit, atEnd);
  }

  #cut(count: number, fromStart: boolean): void {
    if (count <= 0) return;
    const { keys, ids } = this.#list;
    for (const key of fromStart ? keys.splice(0, count) : keys.splice(-count)) {
      this.#update.out.push(OP.remove, ids.get(key) as string);
      ids.delete(key);
    }
  }

  /** False when the row is not there. */
  #replace(row: unknown): boolean {
    const { ids } = this.#list;
    const key = this.#spec.key(row);
    const old = ids.get(key);
    if (old === undefined) return false;
    const { html } = this.#render([row]);
    this.#update.out.push(OP.insertAfter, old, html);
    this.#update.out.push(OP.remove, old);
    return true;
  }

  #remove(key: Key): void {
    const { keys, ids } = this.#list;
    const id = ids.get(key);
    if (id === undefined) return;
    ids.delete(key);
    keys.splice(keys.indexOf(key), 1);
    this.#update.out.push(OP.remove, id);
  }

  #reset(rows: readonly unknown[]): void {
    this.#list.ids.clear();
    const { html, added } = this.#render(rows.slice(-(this.#spec.limit ?? DEFAULT_LIMIT)));
    this.#list.keys = added;
    this.#update.out.push(OP.html, this.#container, html);
  }

  /** The rows' HTML; their ids are noted. */
  #render(rows: readonly unknown[]): { html: string; added: Key[] } {
    const { key, render } = this.#spec;
    const source = rowSource(new Repeat(rows, key, render, undefined));
    const { renderer } = this.#update;
    let html = '';
    const added: Key[] = [];
    for (const entry of entriesOf(source, { start: 0, end: source.length }, new Set(), renderer.warn)) {
      const made = renderer.row(entry, this.#container);
      this.#list.ids.set(entry.key, made.row.id);
      added.push(entry.key);
      html += made.html;
    }
    return { html, added };
  }
}
