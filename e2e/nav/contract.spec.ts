import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { isLive } from '../support/page.ts';
import { watched } from '../support/watched.ts';
import { type CountedSite, startSite } from './counted-site.ts';
import { LIBRARIES } from './libraries.ts';
import { type Observed, observe } from './observer.ts';

const test = watched.extend<{ library: string; site: CountedSite; observed: Observed }>({
  library: ['turbonav', { option: true }],
  site: async ({ library }, use) => {
    const site = await startSite(LIBRARIES[library]);
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.origin),
  observed: async ({ page }, use) => use(await observe(page)),
});

const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
const more = (page: Page): Promise<void> => page.getByRole('button', { name: 'More', exact: true }).click();
const count = (page: Page) => page.locator('#count');

for (const library of Object.keys(LIBRARIES)) {
  test.describe(library, () => {
    test.use({ library });

    test('live pages follow each other over one socket, each mounted once', async ({ page, site, observed }) => {
      await page.goto('/counter');
      await isLive(page);
      for (let round = 1; round <= 3; round++) {
        await follow(page, 'Clock');
        await expect(page.locator('#now')).toBeVisible();
        await isLive(page);
        await follow(page, 'Counter');
        await isLive(page);
        await more(page);
        await expect(count(page)).toHaveText('1');
      }
      expect(site.seen).toMatchObject({ handshakes: 1, most: 1 });
      await expect.poll(() => observed.inits).toBe(7);
      expect(observed.mostInits).toBe(1);
    });

    test('a page without a view between two live ones keeps the socket', async ({ page, site }) => {
      await page.goto('/counter');
      await isLive(page);
      await follow(page, 'Tasks');
      await expect(page.locator('#tasks')).toBeVisible();
      await follow(page, 'Counter');
      await expect(count(page)).toBeVisible();
      await isLive(page);
      await more(page);
      await expect(count(page)).toHaveText('1');
      expect(site.seen).toMatchObject({ handshakes: 1, most: 1 });
    });

    test('the way back leads to a view that works', async ({ page, site }) => {
      await page.goto('/');
      await follow(page, 'Counter');
      await isLive(page);
      await more(page);
      await expect(count(page)).toHaveText('1');
      await follow(page, 'Clock');
      await expect(page.locator('#now')).toBeVisible();
      await isLive(page);
      await page.goBack();
      await expect(count(page)).toBeVisible();
      await isLive(page);
      const shown = Number(await count(page).textContent());
      await more(page);
      await expect(count(page)).toHaveText(String(shown + 1));
      await more(page);
      await expect(count(page)).toHaveText(String(shown + 2));
      expect(site.seen).toMatchObject({ handshakes: 1, most: 1 });
    });

    test('the view is released while its element is still in the page', async ({ page }) => {
      await page.goto('/counter');
      await isLive(page);
      await page.evaluate(() => {
        document.addEventListener('djust:view-unmounted', (event) => {
          Object.assign(globalThis, { wasThere: (event as CustomEvent).detail.root.isConnected });
        });
      });
      await follow(page, 'Tasks');
      await expect(page.locator('#tasks')).toBeVisible();
      expect(await page.evaluate(() => (globalThis as { wasThere?: boolean }).wasThere)).toBe(true);
    });

    test('what was done just before a page went is done', async ({ page, site }) => {
      await page.goto('/counter');
      await isLive(page);
      const outcome = page.evaluate(() => {
        const settled = djust.push('more');
        document.querySelector<HTMLElement>('a[href="/clock"]')?.click();
        return settled;
      });
      expect((await outcome).status).toBe('acked');
      await isLive(page);
      expect(site.seen.frames.event).toBe(1);
    });

    test('somebody in a hurry ends on the page that was clicked last', async ({ page, site }) => {
      await page.goto('/');
      await page.evaluate(() => {
        for (const path of ['/counter', '/clock', '/tasks', '/counter'])
          document.querySelector<HTMLElement>(`nav a[href="${path}"]`)?.click();
      });
      await expect(count(page)).toBeVisible();
      await isLive(page);
      await more(page);
      await expect(count(page)).toHaveText('1');
      expect(site.seen.most).toBe(1);
    });
  });
}

const ORDERS = [
  ['DOMContentLoaded', 'turbo:load', 'turbo:render'],
  ['DOMContentLoaded', 'turbo:render', 'turbo:load'],
  ['turbo:load', 'DOMContentLoaded', 'turbo:render'],
  ['turbo:load', 'turbo:render', 'DOMContentLoaded'],
  ['turbo:render', 'DOMContentLoaded', 'turbo:load'],
  ['turbo:render', 'turbo:load', 'DOMContentLoaded'],
];

for (const order of ORDERS) {
  test(`${order.join(', ')}: one start`, async ({ page, site, observed }) => {
    await page.addInitScript((names) => {
      const all = (): void => {
        for (const name of names) document.dispatchEvent(new Event(name, { bubbles: true }));
      };
      // While the page is parsed, when the script has come, and when everything is there.
      all();
      document.addEventListener('readystatechange', all);
      addEventListener('load', () => setTimeout(all));
    }, order);
    await page.goto('/counter');
    await isLive(page);
    await more(page);
    await expect(count(page)).toHaveText('1');
    await expect.poll(() => observed.inits).toBe(1);
    expect(site.seen).toMatchObject({ handshakes: 1, most: 1, frames: { mount: 1 } });
  });
}
