import { readMessage } from '../messages.ts';
import { DeviceQueue } from '../sync/device-queue.ts';
import { type FlushOutcome, flush } from '../sync/flush.ts';
import type { Mutation, NewMutation } from '../sync/mutation.ts';
import type { Conflict } from '../sync/queue.ts';
import { askForSync } from './background.ts';

const AGAIN_MS = 30_000;

export interface SyncEventMap {
  /** Something was stored, sent or decided. */
  'djust:sync-changed': { waiting: number };
  /** The server holds something else. `conflict.result.value` is what; resolve it, or leave it to the user. */
  'djust:conflict': Conflict;
  /** The server will not take what waits: 401 nobody is signed in, 403 somebody else is. */
  'djust:sync-stopped': { status: number };
}

export interface SyncOptions {
  /** Names the user, as the server does in `data-dj-owner`. */
  readonly owner: string;
  readonly url?: string;
  /** How many changes may wait; 1,000 at most. */
  readonly maxItems?: number | undefined;
  /** How many are sent at once; 100 at most. */
  readonly batch?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal;
}

/** Takes changes in without a network and sends them when there is one. */
export interface SyncClient {
  /** Stored when it resolves; sent as soon as possible. */
  add(mutation: NewMutation): Promise<Mutation>;
  flush(): Promise<FlushOutcome>;
  waiting(): Promise<readonly Mutation[]>;
  readonly queue: DeviceQueue;
}

export function createSync({ owner, signal, maxItems, ...how }: SyncOptions): SyncClient {
  const queue = new DeviceQueue(owner);
  const changed = async (): Promise<void> => emit('djust:sync-changed', { waiting: await queue.size() });
  const send = async (): Promise<FlushOutcome> => {
    const outcome = await flush(owner, queue, how);
    for (const conflict of outcome.conflicts) emit('djust:conflict', conflict);
    if (outcome.state === 'stopped') emit('djust:sync-stopped', { status: outcome.status });
    await changed();
    return outcome;
  };
  const quietly = (): void => void send().catch(() => {});
  const options = signal ? { signal } : {};
  addEventListener('online', quietly, options);
  document.addEventListener('visibilitychange', () => document.hidden || quietly(), options);
  navigator.serviceWorker?.addEventListener(
    'message',
    ({ data }) => readMessage(data)?.type === 'synced' && void changed(),
    options,
  );
  const timer = setInterval(() => navigator.onLine && quietly(), AGAIN_MS);
  signal?.addEventListener('abort', () => clearInterval(timer));
  quietly();
  return {
    queue,
    flush: send,
    waiting: async () => (await queue.head(Number.MAX_SAFE_INTEGER >>> 0)).mutations,
    async add(mutation) {
      const stored = await queue.add(mutation, Date.now(), maxItems);
      await changed();
      void askForSync();
      quietly();
      return stored;
    },
  };
}

function emit<K extends keyof SyncEventMap>(name: K, detail: SyncEventMap[K]): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
