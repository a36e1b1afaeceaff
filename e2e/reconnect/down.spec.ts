import type { Page } from '@playwright/test';
import { isBack, open, phase, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

const plusOne = (page: Page) => page.getByRole('button', { name: '+1', exact: true }).click();
const openEvents = (page: Page): Promise<number> => page.evaluate(() => djust.openEvents);

test.beforeEach(({ watch }) => watch.allow(Watch.CUT));

test('what is clicked while the server is down is sent when it is back @firefox', async ({ page, ownGallery }) => {
  test.setTimeout(90_000);
  await open(page, `${ownGallery.origin}/counter`);
  await ownGallery.kill();
  await plusOne(page);
  await plusOne(page);
  await plusOne(page);
  expect(await openEvents(page)).toBe(3);
  await ownGallery.start();
  // By itself; after a few tries in vain that may take a while.
  await expect.poll(() => phase(page), { timeout: 60_000 }).toBe('live');
  await settled(page);
  await expect(page.locator('#count')).toHaveText('3');
});

test('what was on its way when the server died is reported, and its button given back @firefox', async ({
  page,
  ownGallery,
}) => {
  await open(page, `${ownGallery.origin}/boom`);
  await page.getByRole('button', { name: 'A slow handler' }).click();
  await page.getByRole('button', { name: 'Still there?' }).click();
  await ownGallery.kill();
  await ownGallery.start();
  await isBack(page);
  await settled(page);
  await expect(page.getByText('The connection was lost.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'A slow handler' })).toBeEnabled();
  await expect(page.locator('#slow')).toHaveText('0');
});

test('a form that is sent while the server is down arrives with what was typed @firefox', async ({
  page,
  ownGallery,
}) => {
  await open(page, `${ownGallery.origin}/todos`);
  await ownGallery.kill();
  await page.getByLabel('What needs doing?').fill('Written in the dark');
  await page.getByLabel('What needs doing?').press('Enter');
  await ownGallery.start();
  await isBack(page);
  await settled(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Written in the dark' })).toHaveCount(1);
});

test('the notice says what the connection does, and goes when it is back @firefox', async ({ page, ownGallery }) => {
  await open(page, `${ownGallery.origin}/counter`);
  const state = () => page.locator('html').getAttribute('data-dj-net');
  expect(await state()).toBe('online');
  await ownGallery.kill();
  const notice = page.getByRole('status').filter({ hasText: 'Not connected.' });
  await expect(notice).toBeVisible();
  expect(await state()).toBe('reconnecting');
  await ownGallery.start();
  await isBack(page);
  await expect(notice).toBeHidden();
  expect(await state()).toBe('online');
});

test('a socket that stalls while the browser is offline loses nothing', async ({ page, context, ownGallery }) => {
  await open(page, `${ownGallery.origin}/counter`);
  await context.setOffline(true);
  await plusOne(page);
  await plusOne(page);
  await context.setOffline(false);
  await settled(page);
  await expect(page.locator('#count')).toHaveText('2');
});
