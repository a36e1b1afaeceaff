import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name });
const notice = (page: Page, text: string): Locator => page.getByRole('log').getByText(text);
const clicks = (page: Page): Locator => page.locator('#clicks');

const FAILED = 'The action failed. Nothing was changed.';

async function stillWorks(page: Page): Promise<void> {
  const before = Number.parseInt(await clicks(page).innerText(), 10);
  await button(page, 'Still there?').click();
  await expect(clicks(page)).toHaveText(`${before + 1} times yes`);
}

export const boom: Flow = {
  name: 'boom',
  path: '/boom',
  async mouse(page) {
    await button(page, 'A handler throws').click();
    await expect(notice(page, FAILED)).toBeVisible();
    await stillWorks(page);
    await button(page, 'A parameter is refused').click();
    await expect(notice(page, 'The action was not understood.')).toBeVisible();
    await expect(page.locator('#age')).toHaveText('30');
    await stillWorks(page);
    await button(page, 'An unknown event').click();
    await expect(notice(page, 'The page does not know this action.')).toBeVisible();
    await stillWorks(page);
    await button(page, 'A render fails').click();
    await expect(page.getByRole('log').locator('.dj-notice')).toHaveCount(4);
    await stillWorks(page);
    await button(page, 'A slow handler').click();
    await expect(button(page, 'Working …')).toBeVisible();
    await button(page, 'Still there?').click();
    await expect(page.locator('#slow')).toHaveText('1');
    await expect(clicks(page)).toHaveText('5 times yes');
    await expect(button(page, 'A slow handler')).toBeEnabled();
  },
  async keyboard(page) {
    await tabTo(page, button(page, 'A handler throws'));
    await page.keyboard.press('Enter');
    await expect(notice(page, FAILED)).toBeVisible();
    await expect(button(page, 'A handler throws')).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Dismiss' }));
    await page.keyboard.press('Enter');
    await expect(notice(page, FAILED)).toBeHidden();
    await stillWorks(page);
  },
  async tabs(first, second) {
    await button(first, 'A render fails').click();
    await expect(first.getByRole('log').locator('.dj-notice')).toHaveCount(1);
    await stillWorks(second);
    await stillWorks(first);
  },
  async works(page) {
    await settled(page);
    await stillWorks(page);
  },
  readable: (page) => expect(clicks(page)).toHaveText('0 times yes'),
};
