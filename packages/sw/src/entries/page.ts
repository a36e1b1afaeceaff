export type { SwEventMap } from '../page/events.ts';
export { type SwPage, type SwPageOptions, startServiceWorker } from '../page/start.ts';
export { createSync, type SyncClient, type SyncEventMap, type SyncOptions } from '../page/sync.ts';
export { openStore } from '../store/open.ts';
export { QuotaError, type SetOptions, type Store, type StoreDriver, type StoreOptions } from '../store/store.ts';
