import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const time = (page: Page): Locator => page.locator('time').first();
const stop = (page: Page): Locator => page.getByRole('button', { name: 'Stop' });
const start = (page: Page): Locator => page.getByRole('button', { name: 'Start' });

async function expectTick(page: Page): Promise<void> {
  const before = await time(page).innerText();
  await expect(time(page)).not.toHaveText(before);
}

async function expectStopped(page: Page): Promise<void> {
  await settled(page);
  const before = await time(page).innerText();
  // There is nothing to wait for but time: more than one tick of the server.
  await page.waitForTimeout(1300);
  await expect(time(page)).toHaveText(before);
}

export const clock: Flow = {
  name: 'clock',
  path: '/clock',
  async mouse(page) {
    await expectTick(page);
    await stop(page).click();
    await expect(start(page)).toBeVisible();
    await expectStopped(page);
    await start(page).click();
    await expectTick(page);
  },
  async keyboard(page) {
    await tabTo(page, stop(page));
    await page.keyboard.press('Enter');
    await expect(start(page)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(stop(page)).toBeFocused();
    await expectTick(page);
  },
  async tabs(first, second) {
    await stop(first).click();
    await expect(start(first)).toBeVisible();
    await expectTick(second);
  },
  works: expectTick,
  readable: (page) => expect(time(page)).toHaveText(/^\d\d:\d\d:\d\d$/),
};
