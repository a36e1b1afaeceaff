import { KILL_SOURCE } from '@djust/sw';
import { expect, test } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { Site, STRICT_POLICY } from '../../bench/src/sw/site.ts';
import { probeUpdates } from '../../bench/src/sw/update-probe.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';

test('two new versions reach three tabs with one reload each, and neither typed text nor an open event is lost', async ({
  browser,
}) => {
  const { versions, ...rest } = await probeUpdates(browser);
  expect(rest).toEqual({ lostInput: 0, lostEvents: 0, maxReloadsPerTab: 1, oldFile: 200 });
  expect(versions).toHaveLength(1);
});

test('the worker that removes itself leaves no registration and no cache @firefox', async ({ page }) => {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  try {
    site.worker = await workerOf();
    site.handlers.push(({ url }, response, site) => {
      if (url === '/plain') response.writeHead(200, site.headers()).end('<p>plain</p>');
      return url === '/plain';
    });
    await page.goto(`${site.origin}/page/1`);
    await controlled(page);
    expect(await page.evaluate(() => caches.keys())).toEqual(['dj-shell']);
    site.worker = KILL_SOURCE;
    await page.goto(`${site.origin}/page/2`);
    // Read from a page without the script that registers; the worker loads pages anew meanwhile.
    await page.goto(`${site.origin}/plain`).catch(() => {});
    const left = (): Promise<number> =>
      page
        .evaluate(async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length)
        .catch(() => -1);
    await expect.poll(left, { timeout: 20_000 }).toBe(0);
  } finally {
    await site.close();
  }
});
