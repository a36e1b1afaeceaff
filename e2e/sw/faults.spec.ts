import { expect, type Page, test } from '@playwright/test';
import { controlled, shown } from '../../bench/src/sw/browser.ts';
import { maxRequests, mismatches, probeFaults } from '../../bench/src/sw/fault-probe.ts';
import { Site } from '../../bench/src/sw/site.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';

test('what the server says late is shown as without a worker, and it is asked twice at most', async ({ browser }) => {
  test.setTimeout(240_000);
  const cases = await probeFaults(browser, { policies: ['strict'], times: ['after'] });
  expect(cases.length).toBe(20);
  expect(mismatches(cases)).toEqual([]);
  // Twice is what it takes to show a fault in place of a page that was begun: some were.
  expect(maxRequests(cases)).toBe(2);
});

/** Follows a link to an address that has no content, and answers how often the page was left for it. */
async function followsToNothing(page: Page, site: Site, path: string): Promise<number> {
  const before = await shown(page);
  const left = page.waitForEvent('framenavigated', { timeout: 3_000 }).then(
    () => 1,
    () => 0,
  );
  await page.evaluate((path) => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = path;
    setTimeout(() => link.click());
  }, path);
  await expect.poll(() => site.count(path)).toBeGreaterThan(0);
  const count = await left;
  if (count === 0) expect(await shown(page)).toEqual(before);
  return count;
}

test('an address without content teaches the worker to wait where it does not know better', async ({ browser }) => {
  const site = await Site.open({ delayMs: 150 });
  const context = await browser.newContext();
  try {
    site.worker = await workerOf();
    site.handlers.push(async ({ url = '' }, response) => {
      if (!url.startsWith('/page/act-')) return false;
      await site.delay(250);
      response.writeHead(204, { connection: 'close' }).end();
      return true;
    });
    const page = await context.newPage();
    await page.goto(`${site.origin}/page/0`);
    await controlled(page);
    for (const number of [1, 2, 3, 4]) await page.goto(`${site.origin}/page/${number}`);
    // Four of four were pages: this one is begun, and the user is brought back.
    expect(await followsToNothing(page, site, '/page/act-1')).toBe(1);
    await expect(page.locator('h1')).toHaveText('This is /page/4');
    expect(await followsToNothing(page, site, '/page/act-1')).toBe(0);
    expect(await followsToNothing(page, site, '/page/act-2')).toBe(0);
  } finally {
    await context.close();
    await site.close();
  }
});
