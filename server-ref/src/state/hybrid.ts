import { DjustError, LIMITS } from '@djust/protocol';
import { type Clock, systemClock } from '../clock.ts';
import type { Gone, SessionRecord, StateStore } from './store.ts';

export interface HybridStoreOptions {
  /** Where records are written; other processes see it. */
  readonly behind: StateStore;
  /** How long after its answer a record is written; changes within this time are written once. Default: `writeBehindMs`. */
  readonly flushMs?: number;
  /** Names of views whose answers wait until they are written: what must not be lost by a crash. */
  readonly through?: readonly string[];
  readonly clock?: Clock;
}

/** What is written behind its answer. */
interface Pending {
  record: SessionRecord;
  readonly token: number;
  /** When the first of its changes was answered. */
  readonly sinceMs: number;
  readonly cancel: () => void;
}

/**
 * Answers from memory and writes behind the answers. A process that is killed takes with it what it answered in the last
 * `flushMs`; the next one says so (`state/rolled-back`). When a browser leaves, its record is written at once. While writing
 * fails, or takes longer than that, answers wait for it: a crash never costs more than twice `flushMs`.
 */
export function hybridStore(options: HybridStoreOptions): StateStore {
  const { behind, flushMs = LIMITS.writeBehindMs, clock = systemClock } = options;
  const through = new Set(options.through);
  const pending = new Map<string, Pending>();
  /** The last owner that this process heard of: an earlier one is refused without asking. */
  const owners = new Map<string, number>();
  /** One write of a session at a time, or a later one might be overtaken. */
  const writing = new Map<string, Promise<unknown>>();
  /** When the first change of what is being written was answered. */
  const underway = new Map<string, number>();
  const listeners = new Set<(id: string, why: Gone) => void>();
  const counts = { answered: 0, written: 0, failed: 0, lost: 0 };
  let isFailing = false;
  /** Sessions whose record is too large to be written: they are told so, and the others do not wait for them. */
  const tooLarge = new Set<string>();

  /** Does one thing after the other with a session. */
  function inTurn<T>(id: string, act: () => T | Promise<T>): Promise<T> {
    const done = (writing.get(id) ?? Promise.resolve()).then(act);
    const settled = done.catch(() => {}).then(() => void (writing.get(id) === settled && writing.delete(id)));
    writing.set(id, settled);
    return done;
  }

  function keep(id: string, { record, token, sinceMs }: Omit<Pending, 'cancel'>): void {
    const cancel = clock.after(flushMs, () => void flush(id).catch(() => {}));
    pending.set(id, { record, token, sinceMs, cancel });
  }

  function take(id: string): Pending | undefined {
    const taken = pending.get(id);
    taken?.cancel();
    pending.delete(id);
    return taken;
  }

  async function write(id: string, record: SessionRecord, token: number): Promise<boolean> {
    try {
      const isOurs = await behind.commit(id, record, token);
      isFailing = false;
      tooLarge.delete(id);
      counts.written++;
      if (!isOurs) lose(id);
      return isOurs;
    } catch (error) {
      if (isTooLarge(error)) tooLarge.add(id);
      else isFailing = true;
      counts.failed++;
      throw error;
    }
  }

  function forget(id: string): void {
    owners.delete(id);
    tooLarge.delete(id);
  }

  function lose(id: string): void {
    counts.lost++;
    take(id);
    forget(id);
    for (const listener of listeners) listener(id, 'moved');
  }

  /** Rejects when it could not be written; then it is tried again later. */
  function flush(id: string): Promise<void> {
    return inTurn(id, async () => {
      const taken = take(id);
      if (!taken) return;
      underway.set(id, taken.sinceMs);
      try {
        await write(id, taken.record, taken.token);
      } catch (error) {
        if (!pending.has(id) && !isTooLarge(error)) keep(id, taken);
        throw error;
      } finally {
        underway.delete(id);
      }
    });
  }

  async function writeThrough(id: string, record: SessionRecord, token: number): Promise<boolean> {
    return inTurn(id, async () => {
      const isOurs = await write(id, record, token);
      // What waited is older. When it fails, that was answered for all the same, and still waits.
      if (isOurs) take(id);
      return isOurs;
    });
  }

  return {
    isShared: true,
    lagMs: flushMs,
    async load(id) {
      await flush(id);
      return behind.load(id);
    },
    async take(id) {
      await flush(id);
      const taken = await behind.take(id);
      if (taken) owners.set(id, Math.max(taken.token, owners.get(id) ?? 0));
      return taken;
    },
    commit(id, record, token) {
      if (token < (owners.get(id) ?? token)) return false;
      owners.set(id, token);
      const waits = pending.get(id);
      const now = clock.now();
      const isLate = now - (underway.get(id) ?? waits?.sinceMs ?? now) > 2 * flushMs;
      const waitsForIt = isFailing || isLate || tooLarge.has(id) || through.has(record.view);
      if (waitsForIt) return writeThrough(id, record, token);
      counts.answered++;
      if (waits?.token === token) waits.record = record;
      else keep(id, { record, token, sinceMs: now });
      return true;
    },
    async isOwner(id, token) {
      await flush(id);
      return behind.isOwner(id, token);
    },
    delete(id, token) {
      const waits = pending.get(id);
      if (waits && waits.token <= token) take(id);
      if ((owners.get(id) ?? token) <= token) forget(id);
      return inTurn(id, () => behind.delete(id, token));
    },
    hold: (id) => behind.hold?.(id),
    release(id) {
      forget(id);
      void flush(id).then(
        () => behind.release?.(id),
        () => {},
      );
    },
    onGone(listener) {
      listeners.add(listener);
      behind.onGone?.(listener);
    },
    async stats() {
      const { sessions, bytes, counts: more } = (await behind.stats?.()) ?? { counts: {} };
      const known = { ...(sessions !== undefined && { sessions }), ...(bytes !== undefined && { bytes }) };
      return { kind: 'hybrid', ...known, counts: { waiting: pending.size, ...counts, ...more } };
    },
    ping: async () => behind.ping?.(),
    async flush() {
      await Promise.all([...pending.keys()].map(flush));
      await Promise.all(writing.values());
    },
  };
}

const isTooLarge = (error: unknown): boolean => error instanceof DjustError && error.code === 'state/too-large';
