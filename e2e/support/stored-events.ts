import type { Page } from '@playwright/test';

/** How many events the browser has kept for later. */
export const storedEvents = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const asked = indexedDB.open('djust-outbox');
        asked.onsuccess = () => {
          const all = asked.result.transaction('djust-outbox').objectStore('djust-outbox').getAll();
          all.onsuccess = () => resolve((all.result as { events: unknown[] }[]).flatMap(({ events }) => events).length);
        };
      }),
  );
