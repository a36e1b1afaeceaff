import { expect, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const count = (page: Page) => page.locator('#count');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export const counter: Flow = {
  name: 'counter',
  path: '/counter',
  async mouse(page) {
    await button(page, '+10').click();
    await button(page, '+1').click();
    await button(page, '−1').dblclick();
    await expect(count(page)).toHaveText('9');
    await expect(page).toHaveTitle('9 · Counter');
    await button(page, 'Reset to zero').click();
    await expect(count(page)).toHaveText('0');
    await expect(button(page, 'Reset to zero')).toBeDisabled();
  },
  async keyboard(page) {
    await tabTo(page, button(page, '+1'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await expect(count(page)).toHaveText('2');
    await tabTo(page, button(page, '+10'));
    await page.keyboard.press('Enter');
    await expect(count(page)).toHaveText('12');
    await expect(button(page, '+10')).toBeFocused();
  },
  async tabs(first, second) {
    await button(first, '+1').click();
    await button(second, '+10').click();
    await button(first, '+1').click();
    await expect(count(first)).toHaveText('2');
    await expect(count(second)).toHaveText('10');
  },
  async works(page) {
    const before = Number(await count(page).innerText());
    await button(page, '+1').click();
    await settled(page);
    await expect(count(page)).toHaveText(String(before + 1));
  },
  readable: (page) => expect(count(page)).toHaveText('0'),
};
