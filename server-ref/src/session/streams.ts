import type { JsonObject } from '@djust/protocol';
import { type Clock, inTime } from '../clock.ts';
import type { View, ViewContext } from '../view/define-view.ts';
import { DEFAULT_LIMIT, type StreamChange, type StreamSource, type StreamSpec } from '../view/stream.ts';
import { badValue } from '../view/tree.ts';
import type { Effect } from './context.ts';

/** Thrown by a render that shows a stream anew; caught by `Streams.render`, which fetches the rows. */
class RowsNeeded extends Error {
  readonly stream: string;
  readonly state: JsonObject;
  constructor(stream: string, state: JsonObject) {
    super(`the rows of ${stream}`);
    this.stream = stream;
    this.state = state;
  }
}

/** What a page needs to know of its view's streams from one render to the next: nothing, but what is to come. */
export class Streams implements StreamSource {
  readonly #view: View;
  readonly #state: () => JsonObject;
  readonly #loaded = new Map<string, unknown[]>();
  readonly #changes = new Map<string, StreamChange[]>();
  /** Rows of a page that is told everything each time; there while it is. */
  #held: Map<string, unknown[]> | undefined;

  constructor(view: View, state: () => JsonObject) {
    this.#view = view;
    this.#state = state;
  }

  spec(name: string): StreamSpec<JsonObject, ViewContext, unknown> {
    const { streams = {} } = this.#view;
    if (!Object.hasOwn(streams, name)) throw badValue(name, `${this.#view.name} declares no stream of this name`);
    return streams[name] as StreamSpec<JsonObject, ViewContext, unknown>;
  }

  rows(name: string): readonly unknown[] {
    const rows = this.#held?.get(name) ?? this.#loaded.get(name);
    if (!rows) throw new RowsNeeded(name, this.#state());
    this.#held?.set(name, rows);
    return rows;
  }

  changes(name: string): readonly StreamChange[] {
    return this.#changes.get(name) ?? [];
  }

  /** For a page that takes no operations: from now on the rows stay here. */
  hold(): void {
    this.#held = new Map();
  }

  /** The page is thrown away; the rows are fetched anew for the next one. */
  drop(): void {
    this.#held?.clear();
  }

  /** Takes in what a handler asked for. True when there was something. */
  queue(effects: readonly Effect[]): boolean {
    this.#changes.clear();
    for (const effect of effects) {
      if (effect.kind !== 'stream') continue;
      const { name, change } = effect;
      const queued = this.#changes.get(name) ?? [];
      this.#changes.set(name, [...queued, change]);
      const held = this.#held?.get(name);
      if (held) this.#held?.set(name, changed(held, change, this.spec(name)));
    }
    return this.#changes.size > 0;
  }

  /** Renders, and fetches first the rows that it turns out to need. */
  async render<T>(clock: Clock, contextFor: (signal: AbortSignal) => ViewContext, act: () => T): Promise<T> {
    try {
      for (;;) {
        try {
          return act();
        } catch (error) {
          if (!(error instanceof RowsNeeded)) throw error;
          const { stream, state } = error;
          const { load, limit = DEFAULT_LIMIT } = this.spec(stream);
          const rows = await inTime(clock, stream, (signal) => load(state, contextFor(signal)));
          this.#loaded.set(stream, [...rows].slice(-limit));
        }
      }
    } finally {
      this.#loaded.clear();
      this.#changes.clear();
    }
  }
}

/** The rows after one change. */
function changed(
  rows: readonly unknown[],
  change: StreamChange,
  { key, limit = DEFAULT_LIMIT }: StreamSpec<JsonObject, ViewContext, unknown>,
): unknown[] {
  if (change.kind === 'reset') return change.rows.slice(-limit);
  if (change.kind === 'remove') return rows.filter((row) => !change.keys.includes(key(row)));
  const fresh = new Map(change.rows.map((row) => [key(row), row]));
  const kept = rows.map((row) => {
    const update = fresh.get(key(row)) ?? row;
    fresh.delete(key(row));
    return update;
  });
  if (change.kind === 'update') return kept;
  return change.kind === 'append'
    ? [...kept, ...fresh.values()].slice(-limit)
    : [...fresh.values(), ...kept].slice(0, limit);
}
