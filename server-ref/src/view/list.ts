import { faultOf } from '@djust/protocol';
import { type Key, Repeat, type Warn } from './html.ts';

/** The rows of a list value, by their places. Nothing is rendered, or held, before it is asked for. */
export interface RowSource {
  readonly length: number;
  /** Rows have keys of their own; else they are known by their place. */
  readonly isKeyed: boolean;
  readonly deps: readonly unknown[] | undefined;
  key(at: number): Key;
  /** What the row is made of. */
  source(at: number): unknown;
  value(at: number): unknown;
}

/** One row to come: its key, what it is made of, and how it is rendered. */
export interface Entry {
  readonly key: Key;
  readonly source: unknown;
  readonly value: () => unknown;
}

export function isListValue(value: unknown): value is Repeat | readonly unknown[] {
  return value instanceof Repeat || Array.isArray(value);
}

/** Without `repeat` a row is known by its position. */
export function rowSource(value: Repeat | readonly unknown[]): RowSource {
  if (!(value instanceof Repeat)) {
    return {
      length: value.length,
      isKeyed: false,
      deps: undefined,
      key: (at) => at,
      source: () => undefined,
      value: (at) => value[at],
    };
  }
  const { items, keyOf, render, deps } = value;
  return {
    length: items.length,
    isKeyed: true,
    deps,
    key: (at) => keyOf(items[at], at),
    source: (at) => items[at],
    value: (at) => render(items[at], at),
  };
}

/**
 * The rows between two places. One whose key is taken is known by how many had it before, with a warning.
 * @param taken  keys of the rows around them; those of these rows are added
 */
export function entriesOf(
  rows: RowSource,
  { start, end }: { start: number; end: number },
  taken: Set<Key>,
  warn: Warn,
): Entry[] {
  const entries: Entry[] = [];
  for (let at = start; at < end; at++) {
    let key = rows.key(at);
    if (taken.has(key)) {
      warn(faultOf('template/duplicate-key', String(key)));
      for (let copy = 2; taken.has(key); copy++) key = `${key}\u0000${copy}`;
    }
    taken.add(key);
    entries.push({ key, source: rows.source(at), value: () => rows.value(at) });
  }
  return entries;
}
