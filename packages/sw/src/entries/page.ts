export type { SwEventMap } from '../page/events.ts';
export { type SwPage, type SwPageOptions, startServiceWorker } from '../page/start.ts';
