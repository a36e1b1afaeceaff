import type { Page } from '@playwright/test';
import { open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

async function say(page: Page, count: number, text: string): Promise<void> {
  for (let at = 1; at <= count; at++) {
    await page.getByLabel('Message', { exact: true }).fill(`${text} ${at}`);
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await settled(page);
  }
}

test('a new message comes into sight, unless the reader has scrolled away', async ({ page, context, ownGallery }) => {
  await open(page, `${ownGallery.origin}/chat`);
  await say(page, 14, 'line');
  await expect(log(page).getByText('line 14')).toBeInViewport();

  const reader = await context.newPage();
  await open(reader, `${ownGallery.origin}/chat`);
  // Somebody who comes in late reads the end first.
  await expect(log(reader).getByText('line 14')).toBeInViewport();
  await log(reader).getByText('line 2', { exact: true }).scrollIntoViewIfNeeded();
  const top = (): Promise<number> =>
    log(reader)
      .getByText('line 2', { exact: true })
      .evaluate((line) => line.getBoundingClientRect().top);
  const before = await top();
  await say(page, 2, 'later');
  await expect(log(reader).getByText('later 2')).toBeAttached();
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await expect(log(reader).getByText('later 2')).not.toBeInViewport();
});

test('two hundred messages are kept, and no more', async ({ page, ownGallery }) => {
  await open(page, `${ownGallery.origin}/chat`);
  // One after the other without a pause would be more than a visitor may send.
  await page.evaluate(async () => {
    for (let at = 1; at <= 203; at++) await djust.push('say', { text: `number ${at}` });
  });
  await settled(page);
  const lines = log(page).getByRole('listitem');
  await expect(lines).toHaveCount(200);
  await expect(lines.first()).toContainText('number 4');
  await expect(lines.last()).toContainText('number 203');
});
