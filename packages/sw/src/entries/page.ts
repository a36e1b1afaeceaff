export type { SwEventMap } from '../page/events.ts';
export { type SwPage, type SwPageOptions, startServiceWorker } from '../page/start.ts';
export { createSync, type SyncClient, type SyncEventMap, type SyncOptions } from '../page/sync.ts';
