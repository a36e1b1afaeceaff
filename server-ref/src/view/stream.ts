import type { Key, TemplateResult } from './html.ts';

/** A list that only the browser holds. The server knows the keys of its rows, as many as there may be, and nothing else. */
export interface StreamSpec<S, C, R> {
  /** All rows as they are now; asked when a page is made anew: at the first visit, after a deploy, for a page that went wrong. */
  load: (state: Readonly<S>, ctx: C) => Iterable<R> | Promise<Iterable<R>>;
  key: (row: R) => Key;
  render: (row: R) => TemplateResult;
  /** Most rows on the page (default 500). Beyond it an append takes rows from the start, a prepend from the end. */
  limit?: number;
}

export const DEFAULT_LIMIT = 500;

/** What handlers do to a stream; carried out when their change is committed. */
export interface StreamWriter<R = unknown> {
  /** New rows at the end. A row whose key is there already is shown anew where it stands. */
  append(...rows: R[]): void;
  /** New rows at the start, the first of them first. */
  prepend(...rows: R[]): void;
  /** Shows a row anew where it stands; nothing when it is not on the page. */
  update(...rows: R[]): void;
  remove(...keys: Key[]): void;
  /** Other rows altogether. */
  reset(rows: Iterable<R>): void;
}

export type StreamChange =
  | { kind: 'append' | 'prepend' | 'update' | 'reset'; rows: readonly unknown[] }
  | { kind: 'remove'; keys: readonly Key[] };

/** The place of a stream in a template. */
export class StreamSlot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Shows a stream that the view declares. It must be the only thing in its parent, and stand in the template once. */
export function stream(name: string): StreamSlot {
  return new StreamSlot(name);
}

/** What a render reads of streams. */
export interface StreamSource {
  // biome-ignore lint/suspicious/noExplicitAny: each stream has rows of its own
  spec(name: string): StreamSpec<any, any, any>;
  /** All rows, for a list that is shown anew. @throws RowsNeeded when they have to be fetched first */
  rows(name: string): readonly unknown[];
  /** What happened to it since the last render. */
  changes(name: string): readonly StreamChange[];
}
