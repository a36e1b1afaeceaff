import { expect, type Locator, type Page } from '@playwright/test';

/** What the tests use of the client on the page. */
declare global {
  var djust: {
    settled(): Promise<void>;
    push(event: string, params?: Record<string, unknown>): Promise<{ status: string; reason?: string }>;
    phase: string;
    openEvents: number;
  };
}

/** Resolves when nothing is on its way any more. */
export const settled = (page: Page): Promise<void> => page.evaluate(() => djust.settled());

/** Opens a page and waits until it is live. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  await isLive(page);
}

export const phase = (page: Page): Promise<string> => page.evaluate(() => djust.phase);

export const isLive = (page: Page): Promise<void> => expect.poll(() => phase(page), { timeout: 15_000 }).toBe('live');

/** Waits until the page has found its server again. It is told to try at once: how long it waits by itself grows with every try. */
export const isBack = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(() => {
          dispatchEvent(new Event('online'));
          return djust.phase;
        }),
      { timeout: 15_000 },
    )
    .toBe('live');

/** Walks there with the Tab key, as somebody without a mouse has to, and fails when that does not lead there. */
export async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, 'is reached with the Tab key').toBeFocused();
}

/** The same way back. */
export async function tabBackTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Shift+Tab');
  }
  await expect(target, 'is reached with Shift+Tab').toBeFocused();
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Waits for an add-on that the page loads by itself when it needs it; a module that is there is not loaded again. */
export const addOn = async (page: Page, name: string): Promise<void> => {
  await page.evaluate((url) => import(url), `/djust/djust.${name}.min.js`);
};
