/**
 * The service worker toolkit. Not built yet; these are the features it will have, each on or off, so that a site ships
 * only what it switched on.
 */
export interface ServiceWorkerFeatures {
  /** Assets of the build, cached at install. */
  precache?: boolean;
  /** Pages the user is about to open. */
  prefetch?: boolean;
  /** Layout at once, content streamed behind it. */
  shell?: boolean;
  /** Events made while there is no connection. */
  bridge?: boolean;
  /** Last state of visited pages, for going back. */
  patchCache?: boolean;
  /** Sealed state of a view, to restore it. */
  snapshots?: boolean;
  /** Many small requests as one. */
  batch?: boolean;
  /** What is shown without a network. */
  offline?: boolean;
}
