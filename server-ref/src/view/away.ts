import type { ConflictStrategy } from '../pwa/sync-apply.ts';

/** What a page may do without a network. */
export interface OfflineOptions {
  /** How long it may be read, in seconds; 0 for never. The worker's own limit holds as well. */
  readonly ttl: number;
  /** How many changes may wait on the device. */
  readonly maxItems: number;
}

/** How changes that its forms with `dj-sync` make are brought to the server. */
export interface SyncViewOptions {
  /** Who wins when a record was changed in two places. Give it to the endpoint: `models: { note: { schema, ...view.sync } }`. */
  readonly strategy: ConflictStrategy;
  /** How many are sent at once, 100 at most. */
  readonly batch: number;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
}

export const OFFLINE_DEFAULTS: OfflineOptions = { ttl: 86_400, maxItems: 1_000 };
export const SYNC_DEFAULTS: SyncViewOptions = { strategy: 'server_wins', batch: 10, timeoutMs: 30_000 };

/** As the page hands them to its scripts. The strategy is the server's alone. */
export function awayAttributes(offline?: OfflineOptions, sync?: SyncViewOptions): Record<string, string> {
  return {
    ...(offline && { 'data-dj-ttl': `${offline.ttl}`, 'data-dj-max-items': `${offline.maxItems}` }),
    ...(sync && { 'data-dj-batch': `${sync.batch}`, 'data-dj-timeout': `${sync.timeoutMs}` }),
  };
}
