import type { BrowserContext, Page } from 'playwright-core';

/** Has the browser look for a new worker, and waits until that is ready to take over. */
export const update = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const before = registration.waiting;
    await registration.update();
    await new Promise<void>((done) => {
      const look = setInterval(() => {
        if (!registration.waiting || registration.waiting === before || registration.installing) return;
        clearInterval(look);
        done();
      }, 20);
    });
  });

/** Has every tab count how often it was loaded. */
export const countLoads = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    // An empty tab has no storage.
    if (location.protocol === 'http:')
      sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads') ?? 0) + 1));
  });

export const loadsOf = (page: Page): Promise<number> => page.evaluate(() => Number(sessionStorage.getItem('loads')));
