import type { WorkerFeature } from './feature.ts';

export interface OfflineOptions {
  /** Address of the page that is shown when nothing else is there. */
  readonly page: string;
}

export const OFFLINE_CACHE = 'dj-offline';

/** A page of the site's own in place of the browser's words, when the network is gone and nothing was kept. */
export function offline({ page }: OfflineOptions): WorkerFeature {
  return {
    name: 'offline',
    async install() {
      const response = await fetch(page, { cache: 'reload', credentials: 'omit' });
      if (!response.ok || response.redirected) throw new Error(`sw/offline-page ${page}: ${response.status}`);
      await (await caches.open(OFFLINE_CACHE)).put(page, response);
    },
    navigation: {
      rescue: () => caches.match(page, { cacheName: OFFLINE_CACHE }),
    },
  };
}
