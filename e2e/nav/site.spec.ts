import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { isLive } from '../support/page.ts';
import { watched } from '../support/watched.ts';
import { type CountedSite, startSite } from './counted-site.ts';

/** The example site of the guide, as its visitors use it. */
const test = watched.extend<{ site: CountedSite }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures off the pattern
  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.origin),
});

/** Marks the document: a page that the browser loads anew has no mark. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(globalThis, { marked: true }));
const isSameDocument = (page: Page): Promise<boolean> =>
  page.evaluate(() => (globalThis as { marked?: boolean }).marked === true);
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a link swaps main: title, menu, address and focus follow, and the document stays @firefox', async ({
  page,
  site,
}) => {
  await page.goto('/');
  await mark(page);
  await follow(page, 'Tasks');
  await expect(heading(page)).toHaveText('Tasks');
  await expect(page).toHaveURL(`${site.origin}/tasks`);
  await expect(page).toHaveTitle('Tasks');
  await expect(page.getByRole('link', { name: 'Tasks' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('link', { name: 'Home', exact: true })).not.toHaveAttribute('aria-current');
  await expect(page.locator('#main')).toBeFocused();
  await expect(page.locator('#turbonav-status')).toHaveText('Tasks');
  expect(await isSameDocument(page)).toBe(true);
});

test('a form is sent, refused and taken: 422 is shown in place, a redirect becomes the address @firefox', async ({
  page,
  site,
  watch,
}) => {
  watch.allow(/422/);
  await page.goto('/tasks');
  await mark(page);
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('alert')).toHaveText('A task needs a name.');
  await page.getByLabel('New task').fill('Water the plants');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.locator('#tasks li').first()).toHaveText('Water the plants');
  await expect(page).toHaveURL(`${site.origin}/tasks`);
  expect(site.seen.requests).toEqual(['GET /tasks', 'POST /tasks', 'GET /tasks']);
  expect(await isSameDocument(page)).toBe(true);
});

test('back brings the page as it was left, and the live view with its state @firefox', async ({ page, site }) => {
  await page.goto('/');
  await follow(page, 'Notes');
  await page.getByLabel('A note').fill('half a thought');
  await page.getByText('More').click();
  await page.locator('#end').scrollIntoViewIfNeeded();
  const at = await page.evaluate(() => scrollY);
  expect(at).toBeGreaterThan(100);
  await follow(page, 'On to the counter');
  await expect(heading(page)).toHaveText('Counter');
  await page.goBack();
  await expect(page.getByLabel('A note')).toHaveValue('half a thought');
  await expect(page.locator('details')).toHaveAttribute('open');
  expect(Math.abs((await page.evaluate(() => scrollY)) - at)).toBeLessThan(3);
  await page.goForward();
  await expect(heading(page)).toHaveText('Counter');
  await isLive(page);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.locator('#count')).toHaveText('1');
  expect(site.seen.handshakes).toBe(1);
});

test('pages of status 404 and 500 are shown, and the way goes on from there', async ({ page, watch }) => {
  watch.allow(/404|500/);
  await page.goto('/');
  await mark(page);
  await follow(page, 'one that is broken');
  await expect(heading(page)).toHaveText('Something broke');
  await page.goBack();
  await follow(page, 'one that leads nowhere');
  await expect(heading(page)).toHaveText('There is no such page');
  await page.getByRole('main').getByRole('link', { name: 'Home' }).click();
  await expect(heading(page)).toHaveText('An ordinary site');
});

test('the address behind a redirect is shown, and back leads to where the link was', async ({ page, site }) => {
  await page.goto('/');
  await follow(page, 'A link that is redirected');
  await expect(page).toHaveURL(`${site.origin}/tasks`);
  await page.goBack();
  await expect(page).toHaveURL(`${site.origin}/`);
  await expect(heading(page)).toHaveText('An ordinary site');
});

test('a live page after a page without a view works over a socket that comes then @firefox', async ({ page, site }) => {
  await page.goto('/');
  await follow(page, 'Tasks');
  expect(site.seen.handshakes).toBe(0);
  await follow(page, 'Counter');
  await isLive(page);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.locator('#count')).toHaveText('1');
  await follow(page, 'Clock');
  await isLive(page);
  await follow(page, 'Tasks');
  await follow(page, 'Counter');
  await isLive(page);
  expect(site.seen).toMatchObject({ handshakes: 1, open: 1, most: 1 });
});

test('a file is uploaded', async ({ page }) => {
  await page.goto('/');
  await follow(page, 'Upload');
  await mark(page);
  await page
    .getByLabel('A file')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve bytes') });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('#received')).toHaveText('a.txt, 12 bytes');
  expect(await isSameDocument(page)).toBe(true);
});

test('a file behind a link is the browser’s', async ({ page }) => {
  await page.goto('/');
  const download = page.waitForEvent('download');
  await follow(page, 'a file');
  expect((await download).suggestedFilename()).toBe('report.csv');
  await expect(heading(page)).toHaveText('An ordinary site');
});

test('an inline script runs once for each page, a module once for all @firefox', async ({ page }) => {
  await page.goto('/');
  for (const times of [1, 2, 3]) {
    await follow(page, 'Scripts');
    await expect(page.locator('#inline-runs')).toHaveText(String(times));
    await expect(page.locator('#module-runs')).toHaveText('1');
    await follow(page, 'Tasks');
    await expect(heading(page)).toHaveText('Tasks');
  }
  // Brought back, not made again.
  await page.goBack();
  await expect(page.locator('#inline-runs')).toHaveText('3');
  expect(await page.evaluate(() => (globalThis as { inlineRuns?: number }).inlineRuns)).toBe(3);
});

// Not in Firefox: Playwright is not told there when a page out of the browser's own cache has come.
test('after signing out nothing of the user comes back', async ({ page }) => {
  await page.goto('/');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('#secret')).toHaveText('Signed in as ana');
  await follow(page, 'Tasks');
  await expect(heading(page)).toHaveText('Tasks');
  await page.goBack();
  await expect(page.locator('#secret')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  for (const go of ['goForward', 'goBack', 'goBack'] as const) {
    await page[go]();
    await expect(heading(page)).toBeVisible();
    await expect(page.locator('#secret')).toHaveCount(0);
  }
});
