import type { Locator, Page } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { isBack, isLive, open } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

// The gallery puts the worker together when it is first asked for.
test.setTimeout(90_000);

const waiting = (page: Page): Locator => page.locator('[dj-sync-waiting] li');
const onServer = (page: Page): Locator => page.locator('[dj-root] .notes li');

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('New note').fill(text);
  await page.getByRole('button', { name: 'Keep' }).click();
}

test('notes are written, read and kept in airplane mode, and reach the server once when it is over', async ({
  page,
  context,
  ownGallery,
  watch,
}) => {
  watch.allow(Watch.CUT, /ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await open(page, `${ownGallery.origin}/notes`);
  await controlled(page);
  await write(page, 'written online');
  await expect(onServer(page)).toHaveText([/written online/]);
  await expect(waiting(page)).toHaveCount(0);

  await context.setOffline(true);
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
  await write(page, 'first without a network');
  await write(page, 'second without a network');
  await expect(waiting(page)).toHaveText([/first/, /second/]);

  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notes');
  await expect(onServer(page)).toHaveText([/written online/]);
  await expect(waiting(page)).toHaveText([/first/, /second/]);
  await write(page, 'third, on the kept page');
  await expect(waiting(page)).toHaveCount(3);

  await page.goto(`${ownGallery.origin}/counter`);
  await expect(page.locator('html')).toHaveAttribute('data-dj-offline');
  await page.getByRole('link', { name: /Notes/ }).click();
  await expect(waiting(page)).toHaveCount(3);

  await context.setOffline(false);
  await isBack(page);
  await expect(waiting(page)).toHaveCount(0);
  await expect(onServer(page)).toHaveText([/third/, /second/, /first/, /written online/]);
});

test('a press twice keeps one note, and what is begun while it is being kept stays in the field', async ({
  page,
  ownGallery,
}) => {
  await open(page, `${ownGallery.origin}/notes`);
  await isLive(page);
  const field = page.getByLabel('New note');
  await field.evaluate((input: HTMLInputElement) => {
    input.value = 'first';
    input.form?.requestSubmit();
    input.form?.requestSubmit();
    input.value = 'second';
  });
  await expect(onServer(page)).toHaveText([/first/]);
  await expect(field).toHaveValue('second');
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(onServer(page)).toHaveText([/second/, /first/]);
  await expect(field).toHaveValue('');
});

test('what was written goes out without any page, where the browser can do that', async ({
  page,
  context,
  ownGallery,
  watch,
}) => {
  watch.allow(Watch.CUT, /ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await open(page, `${ownGallery.origin}/notes`);
  await controlled(page);
  await context.setOffline(true);
  await write(page, 'the tab is closed on this');
  await expect(waiting(page)).toHaveCount(1);
  const witness = await context.newPage();
  await page.close();
  await context.setOffline(false);
  const read = async (): Promise<string> => (await context.request.get(`${ownGallery.origin}/notes`)).text();
  await expect.poll(read, { timeout: 20_000 }).toContain('the tab is closed on this');
  await open(witness, `${ownGallery.origin}/notes`);
  await isLive(witness);
  await expect(waiting(witness)).toHaveCount(0);
  await expect(onServer(witness)).toHaveCount(1);
});
