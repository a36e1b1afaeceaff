import { controlled } from '../../bench/src/sw/browser.ts';
import { addOn, isBack, settled } from '../support/page.ts';
import { storedEvents } from '../support/stored-events.ts';
import { test as base, expect } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { KeptSite, keptAt } from './kept-site.ts';

const test = base.extend<{ site: KeptSite }>({
  site: async ({ watch }, use) => {
    watch.allow(Watch.CUT, /ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    const site = await KeptSite.open(true);
    await use(site);
    await site.close();
  },
});

test.setTimeout(90_000);

test('several features are one worker, however often the script comes and whatever page it comes on', async ({
  page,
  context,
  site,
}) => {
  await page.goto(`${site.origin}/counter`);
  await controlled(page);
  // As another script of the same site would include it once more.
  await page.evaluate((url) => import(url), '/djust-sw/djust-sw.min.js?again');
  const other = await context.newPage();
  await other.goto(`${site.origin}/about`);
  await controlled(other);
  const registered = await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ active, scope }) => `${active?.scriptURL} ${scope}`),
  );
  expect(registered).toEqual([`${site.origin}/sw.js ${site.origin}/`]);
  expect(context.serviceWorkers()).toHaveLength(1);
});

test('what needs a network is disabled without one, and the number that waits is what the browser has stored', async ({
  page,
  context,
  site,
}) => {
  await page.goto(`${site.origin}/counter`);
  await settled(page);
  await addOn(page, 'outbox');
  await expect(page.locator('html')).toHaveAttribute('data-dj-net', 'online');
  await expect(page.locator('#off')).toBeEnabled();
  await expect(page.getByText('There is none')).toBeHidden();

  await context.setOffline(true);
  await expect(page.locator('html')).toHaveAttribute('data-dj-net', 'offline');
  await expect(page.locator('#off')).toBeDisabled();
  await expect(page.locator('#off')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('There is a network')).toBeHidden();
  await expect(page.getByText('There is none')).toBeVisible();
  const waiting = page.locator('[dj-offline-queued]');
  for (const number of [1, 2, 3]) {
    await page.locator('#add').click();
    await expect(waiting).toHaveText(`${number}`);
    await expect.poll(() => storedEvents(page)).toBe(number);
  }

  await context.setOffline(false);
  await isBack(page);
  await expect(page.getByRole('heading')).toHaveText('nobody: 3');
  await expect(waiting).toBeHidden();
  await expect.poll(() => storedEvents(page)).toBe(0);
  await expect(page.locator('#off')).toBeEnabled();
  await expect(page.locator('#off')).not.toHaveAttribute('aria-disabled');
  // What somebody else has disabled stays so.
  await expect(page.locator('#always-off')).toBeDisabled();
});

test('a kept page is read without a network as long as its view allows', async ({ page, context, site, watch }) => {
  watch.allow(/ERR_/);
  await page.goto(`${site.origin}/counter`);
  await controlled(page);
  for (const path of ['/counter', '/about']) {
    await page.goto(site.origin + path);
    await settled(page);
    await expect.poll(() => keptAt(page, site.origin + path)).toBeGreaterThan(0);
  }
  await context.setOffline(true);
  await page.goto(`${site.origin}/counter`);
  await expect(page.getByRole('heading')).toHaveText('nobody: 0');
  await expect(page.locator('[data-dj-offline]')).toBeVisible();
  await expect(page.goto(`${site.origin}/about`)).rejects.toThrow(/ERR_/);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is as for somebody who is online @firefox', async ({ page, site }) => {
    await page.goto(`${site.origin}/counter`);
    await expect(page.getByRole('heading')).toHaveText('nobody: 0');
    await expect(page.getByText('There is a network')).toBeVisible();
    await expect(page.getByText('There is none')).toBeHidden();
    await expect(page.locator('#off')).toBeEnabled();
  });
});
