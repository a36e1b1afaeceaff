export { batch } from '../worker/batch.ts';
export { start } from '../worker/kernel.ts';
export { navigations } from '../worker/navigation.ts';
export { offline } from '../worker/offline.ts';
export { pages } from '../worker/pages.ts';
export { type PrecacheEntry, precache } from '../worker/precache.ts';
export { prefetch } from '../worker/prefetch.ts';
export { session } from '../worker/session.ts';
export { shell } from '../worker/shell.ts';
