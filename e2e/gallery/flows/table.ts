import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const rows = (page: Page): Locator => page.locator('tbody tr');
const label = (page: Page, row: number): Locator => rows(page).nth(row).locator('.plain');
const status = (page: Page): Locator => page.getByRole('status').first();

export const table: Flow = {
  name: 'table',
  path: '/table?rows=20',
  async mouse(page) {
    await button(page, 'Create 1,000').click();
    await expect(status(page)).toHaveText('1,000 rows');
    await expect(rows(page)).toHaveCount(1000);
    const third = await label(page, 2).innerText();
    const first = await label(page, 0).innerText();
    await button(page, 'Update every 10th').click();
    await expect(label(page, 0)).toHaveText(`${first} !!!`);
    await expect(label(page, 2)).toHaveText(third);
    await label(page, 2).click();
    await expect(rows(page).nth(2)).toHaveAttribute('aria-current', 'true');
    const second = await label(page, 1).innerText();
    await button(page, 'Swap two').click();
    await expect(label(page, 998)).toHaveText(second);
    await button(page, 'Append 1,000').click();
    await expect(rows(page)).toHaveCount(2000);
    await rows(page).first().getByRole('button', { name: 'Remove' }).click();
    await expect(rows(page)).toHaveCount(1999);
    await button(page, 'Shuffle').click();
    await settled(page);
    await expect(rows(page)).toHaveCount(1999);
    await button(page, 'Clear').click();
    await expect(rows(page)).toHaveCount(0);
  },
  async keyboard(page) {
    await tabTo(page, button(page, 'Swap two'));
    const second = await label(page, 1).innerText();
    await page.keyboard.press('Enter');
    await expect(label(page, 18)).toHaveText(second);
    await tabTo(page, label(page, 0));
    await page.keyboard.press('Enter');
    await expect(rows(page).first()).toHaveAttribute('aria-current', 'true');
    await expect(label(page, 0)).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(19);
  },
  async tabs(first, second) {
    await button(first, 'Clear').click();
    await expect(rows(first)).toHaveCount(0);
    await expect(rows(second)).toHaveCount(20);
    await button(second, 'Update every 10th').click();
    await expect(label(second, 10)).toHaveText(/!!!$/);
  },
  async works(page) {
    const before = await label(page, 0).innerText();
    await button(page, 'Update every 10th').click();
    await settled(page);
    await expect(label(page, 0)).toHaveText(`${before} !!!`);
  },
  readable: (page) => expect(rows(page)).toHaveCount(20),
};
