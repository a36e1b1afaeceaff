import type { Page } from '@playwright/test';
import { open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const TOTAL = 100_000;
const HEIGHT = 32;
/** The browser takes its time to scroll that far. */
const PATIENT = { timeout: 15_000 };

const list = (page: Page) => page.locator('[dj-virtual]');
const rows = (page: Page) => list(page).locator('li');

/** The number of the row that stands at the top of the window, when a row stands there. */
const topRow = (page: Page): Promise<number> =>
  list(page).evaluate((element) => {
    const { left, top } = element.getBoundingClientRect();
    const row = document.elementFromPoint(left + 30, top + 2)?.closest('li');
    return Number(row?.getAttribute('aria-posinset') ?? 0);
  });

const scrollTo = (page: Page, row: number): Promise<void> =>
  list(page).evaluate((element, top) => element.scrollTo(0, top), row * HEIGHT);

test.beforeEach(async ({ page }) => {
  await open(page, '/long');
  await expect(list(page)).toHaveJSProperty('scrollHeight', TOTAL * HEIGHT);
});

test('a window on 100,000 rows shows the row of each place, and never has many', async ({ page }) => {
  for (const row of [0, 40, 77, 50_000, 49_990, TOTAL - 1, 3]) {
    await scrollTo(page, row);
    const there = await list(page).evaluate((element) => Math.floor(element.scrollTop / 32) + 1);
    await expect.poll(() => topRow(page)).toBe(there);
    await settled(page);
    expect(await rows(page).count()).toBeLessThanOrEqual(200);
    await expect(list(page)).toHaveJSProperty('scrollHeight', TOTAL * HEIGHT);
  }
});

test('rows that stay in the window keep their nodes', async ({ page }) => {
  await scrollTo(page, 200);
  await expect.poll(() => topRow(page)).toBe(201);
  await page.evaluate(() => {
    Object.assign(globalThis, { kept: document.querySelector('[aria-posinset="210"]') });
  });
  await scrollTo(page, 206);
  await scrollTo(page, 203);
  await settled(page);
  const isSame = await page.evaluate(
    () => (globalThis as unknown as { kept: Element }).kept === document.querySelector('[aria-posinset="210"]'),
  );
  expect(isSame).toBe(true);
});

test('it scrolls with the keyboard', async ({ page }) => {
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toHaveAttribute('aria-posinset', `${TOTAL}`, PATIENT);
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toHaveAttribute('aria-posinset', '1');
  await expect.poll(() => topRow(page)).toBe(1);
});

test('what comes late is for where the user is by then', async ({ page }) => {
  // Faster than the server answers.
  for (let row = 1000; row < 60_000; row += 5900) await scrollTo(page, row);
  await scrollTo(page, 70_000);
  await expect.poll(() => topRow(page)).toBe(70_001);
  await expect(list(page)).not.toHaveAttribute('aria-busy');
});

test('a stream gets its rows, the newest first, and keeps no more than its limit', async ({ page }) => {
  const log = page.getByRole('log').locator('li');
  await rows(page).first().getByRole('button').click();
  await expect(log).toHaveText(['You took the amber anchor 1.']);
  await page.getByRole('button', { name: 'Take a thousand' }).click();
  await expect(page.locator('#taken')).toContainText('1,001 taken');
  await expect(log).toHaveCount(100);
  await rows(page).nth(1).getByRole('button').click();
  await expect(log.first()).toHaveText('You took the plum anchor 2.');
  await expect(log).toHaveCount(100);
});
