import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const field = (page: Page): Locator => page.getByLabel('Name of a place');
const names = (page: Page): Locator => page.getByRole('rowheader');
const range = (page: Page): Locator => page.locator('#range');
const next = (page: Page): Locator => page.getByRole('button', { name: 'Next' });
const previous = (page: Page): Locator => page.getByRole('button', { name: 'Previous' });

export const cities: Flow = {
  name: 'cities',
  path: '/cities',
  async mouse(page) {
    await expect(range(page)).toHaveText(/^1 to 20 of 1\d\d,\d{3}$/);
    await field(page).fill('zurich');
    await expect(names(page).first()).toHaveText('Zürich');
    await field(page).fill('san');
    await expect(range(page)).toHaveText(/^1 to 20 of \d,\d{3}$/);
    const first = await names(page).first().innerText();
    await next(page).click();
    await expect(range(page)).toHaveText(/^21 to 40 of/);
    await previous(page).click();
    await expect(names(page).first()).toHaveText(first);
    await expect(previous(page)).toHaveAttribute('aria-disabled', 'true');
    await field(page).fill('no such place anywhere');
    await expect(range(page)).toHaveText('No place');
  },
  async keyboard(page) {
    await tabTo(page, field(page));
    await page.keyboard.type('york');
    await expect(names(page).first()).toHaveText('York');
    await expect(names(page)).toHaveCount(20);
    await expect(field(page)).toBeFocused();
    await tabTo(page, next(page));
    await page.keyboard.press('Enter');
    await expect(range(page)).toHaveText(/^21 to 40/);
    await expect(next(page)).toBeFocused();
    // The address can name the search, so Enter is a plain form.
    await tabTo(page, page.getByRole('link', { name: 'djust gallery' }));
    await field(page).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/cities?q=york');
    await expect(range(page)).toHaveText(/^1 to 20 of/);
  },
  async tabs(first, second) {
    await field(first).fill('paris');
    await field(second).fill('berlin');
    await expect(names(first).first()).toHaveText('Paris');
    await expect(names(second).first()).toHaveText('Berlin');
  },
  async works(page) {
    await field(page).fill('oslo');
    await settled(page);
    await expect(names(page).first()).toHaveText('Oslo');
  },
  readable: (page) => expect(names(page)).toHaveCount(20),
  recovered: (page) => expect(names(page).first()).toHaveText('Oslo'),
};
