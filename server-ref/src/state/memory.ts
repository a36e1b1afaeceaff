import { LIMITS } from '@djust/protocol';
import { type Clock, systemClock } from '../clock.ts';
import { jsonLogger, type Logger } from '../logger.ts';
import { largeStates } from './large-states.ts';
import { FIRST_TOKEN, type Gone, type SessionRecord, type StateStore } from './store.ts';
import { weigh } from './weigh.ts';

export interface MemoryStoreOptions {
  /** Most characters of the records that no browser holds; the one that was left first goes. Default: `storeBytes`. */
  readonly maxBytes?: number;
  /** How long a record is kept that no browser holds, after its last change; 0 keeps it. Default: `storeTtlMs`. */
  readonly ttlMs?: number;
  readonly clock?: Clock;
  /** Hears of large states. Default: JSON lines. */
  readonly log?: Logger;
}

interface Entry {
  record: SessionRecord;
  token: number;
  /** Only of a record that no browser holds; the others cannot be given up anyway, and change too often to be weighed. */
  bytes: number;
  untilMs: number;
}

/** Records that are given up in one go, so that a million of them do not stop the process. */
const SLICE = 1_000;

/** Keeps records in this process, by reference: nothing is copied and nothing survives the process. */
export function memoryStore(options: MemoryStoreOptions = {}): StateStore & { readonly size: number } {
  const { maxBytes = LIMITS.storeBytes, ttlMs = LIMITS.storeTtlMs, clock = systemClock } = options;
  const entries = new Map<string, Entry>();
  const live = new Set<string>();
  /** Those that no browser holds; the first one was left, or changed, longest ago. */
  const idle = new Set<string>();
  const listeners = new Set<(id: string, why: Gone) => void>();
  const counts = { evicted: 0, expired: 0 };
  const told = largeStates(options.log ?? jsonLogger);
  let idleBytes = 0;
  let isSweeping = false;

  const isOwner = (id: string, token: number): boolean => token >= (entries.get(id)?.token ?? FIRST_TOKEN);

  function leave(id: string, entry: Entry): void {
    if (idle.delete(id)) idleBytes -= entry.bytes;
  }

  /** The youngest of those that may be given up. */
  function join(id: string, entry: Entry): void {
    leave(id, entry);
    entry.bytes = weigh(entry.record);
    told(entry.record, entry.bytes);
    entry.untilMs = ttlMs > 0 ? clock.now() + ttlMs : Number.POSITIVE_INFINITY;
    idle.add(id);
    idleBytes += entry.bytes;
    while (idleBytes > maxBytes) giveUp(oldest() as string, 'evicted');
    if (ttlMs > 0 && !isSweeping) sweepAfter(ttlMs);
  }

  const oldest = (): string | undefined => idle.values().next().value;

  function giveUp(id: string, why: keyof typeof counts): void {
    remove(id);
    counts[why]++;
    for (const listener of listeners) listener(id, 'ended');
  }

  function remove(id: string): void {
    const entry = entries.get(id);
    if (entry) leave(id, entry);
    entries.delete(id);
  }

  function sweep(): void {
    isSweeping = false;
    for (let count = 0; count < SLICE; count++) {
      const id = oldest();
      if (id === undefined) return;
      if ((entries.get(id) as Entry).untilMs > clock.now()) break;
      giveUp(id, 'expired');
    }
    const next = oldest();
    if (next !== undefined) sweepAfter(Math.max(0, (entries.get(next) as Entry).untilMs - clock.now()));
  }

  function sweepAfter(ms: number): void {
    isSweeping = true;
    clock.after(ms, sweep);
  }

  return {
    isShared: false,
    load: (id) => entries.get(id)?.record,
    take(id) {
      const entry = entries.get(id);
      if (!entry) return undefined;
      entry.token++;
      return { record: entry.record, token: entry.token };
    },
    commit(id, record, token) {
      if (!isOwner(id, token)) return false;
      const entry = entries.get(id) ?? { record, token, bytes: 0, untilMs: 0 };
      entry.record = record;
      entry.token = token;
      entries.set(id, entry);
      if (!live.has(id)) join(id, entry);
      return true;
    },
    isOwner,
    delete(id, token) {
      if (!isOwner(id, token)) return;
      live.delete(id);
      remove(id);
    },
    hold(id) {
      live.add(id);
      const entry = entries.get(id);
      if (entry) leave(id, entry);
    },
    release(id) {
      live.delete(id);
      const entry = entries.get(id);
      if (entry) join(id, entry);
    },
    onGone: (listener) => void listeners.add(listener),
    stats: () => ({
      kind: 'memory',
      sessions: entries.size,
      bytes: idleBytes,
      counts: { live: live.size, ...counts },
    }),
    async ping() {},
    get size() {
      return entries.size;
    },
  };
}
