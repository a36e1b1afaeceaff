import type { Page } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { isLive, settled } from '../support/page.ts';
import { test as base, expect } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { KeptSite, keptAt } from './kept-site.ts';

const test = base.extend<{ canRestore: boolean; site: KeptSite }>({
  canRestore: [true, { option: true }],
  site: async ({ canRestore, watch }, use) => {
    watch.allow(Watch.CUT);
    const site = await KeptSite.open(canRestore);
    await use(site);
    await site.close();
  },
});

test.setTimeout(90_000);

/** Goes on to another page; resolves when the one that is left was kept, with its state if it has one. */
async function leave(page: Page, site: KeptSite): Promise<void> {
  const leftAt = Date.now();
  await page.getByRole('link').click();
  await expect(page.getByRole('heading')).toHaveText('About');
  // The text is there before the scripts are.
  await page.waitForLoadState();
  await settled(page);
  if (site.canRestore) await expect.poll(() => site.sealedAt).toBeGreaterThanOrEqual(leftAt);
  const at = site.canRestore ? site.sealedAt : leftAt;
  await expect.poll(() => keptAt(page, `${site.origin}/counter`)).toBeGreaterThanOrEqual(at);
}

/** Ann counts to five and leaves. */
async function countAndLeave(page: Page, site: KeptSite): Promise<void> {
  await page.goto(`${site.origin}/in/ann`);
  await page.goto(`${site.origin}/counter`);
  await controlled(page);
  await page.reload();
  await settled(page);
  for (let click = 1; click <= 5; click++) await page.locator('#add').click();
  await settled(page);
  await expect(page.getByRole('heading')).toHaveText('ann: 5');
  await leave(page, site);
}

async function back(page: Page): Promise<void> {
  await page.goBack();
  await settled(page);
  await isLive(page);
}

test('the way back goes on with the state, without a mount, even when the server was started anew', async ({
  page,
  site,
}) => {
  await countAndLeave(page, site);
  const { mounts } = site;
  await back(page);
  await expect(page.getByRole('heading')).toHaveText('ann: 5');
  await page.locator('#add').click();
  await expect(page.getByRole('heading')).toHaveText('ann: 6');
  await leave(page, site);
  await site.restart();
  await back(page);
  await expect(page.getByRole('heading')).toHaveText('ann: 6');
  // The browser asks for a page while its worker wakes up; that answer is not used.
  expect(site.mounts).toBe(mounts + 2);
});

test('after a sign-out the way back brings no state of the earlier user', async ({ page, context, site }) => {
  await countAndLeave(page, site);
  const other = await context.newPage();
  await other.goto(`${site.origin}/out`);
  await other.goto(`${site.origin}/about`);
  await settled(other);
  await page.bringToFront();
  await back(page);
  await expect(page.getByRole('heading')).toHaveText('nobody: 0');
});

test.describe('control: a view that does not restore', () => {
  test.use({ canRestore: false });

  test('begins anew on the way back', async ({ page, site }) => {
    await countAndLeave(page, site);
    const { mounts } = site;
    await back(page);
    await expect(page.getByRole('heading')).toHaveText('ann: 0');
    expect(site.mounts).toBe(mounts + 2);
  });
});
