import type { Page } from '@playwright/test';
import { open, settled } from './support/page.ts';
import { test } from './support/test.ts';

/** Pictures for the README: UPDATE_SCREENSHOTS=1 npx playwright test screenshots --project chromium */
const isWanted = process.env.UPDATE_SCREENSHOTS !== undefined;

const FOLDER = new URL('../docs/images/', import.meta.url).pathname;

/** Brings a page into a state that is worth a picture. */
const PAGES: Record<string, { path: string; prepare?: (page: Page) => Promise<void> }> = {
  index: { path: '/' },
  todos: {
    path: '/todos',
    async prepare(page) {
      for (const text of ['Unplug the router', 'Watch the queue empty itself']) {
        await page.getByLabel('What needs doing?').fill(text);
        await page.getByLabel('What needs doing?').press('Enter');
        await settled(page);
      }
      await page.getByRole('button', { name: 'Edit: Open it in a second tab' }).click();
      await page.getByLabel('Change: Open it in a second tab').press('End');
    },
  },
  form: {
    path: '/form',
    async prepare(page) {
      await page.getByLabel('Name').fill('Ada Lovelace');
      await page.getByLabel('E-mail').fill('ada@example');
      await page.getByLabel('Password').fill('notes-1843');
      await page.getByLabel('Guests').fill('2');
    },
  },
  cities: { path: '/cities?q=york' },
  table: {
    path: '/table?rows=1000',
    async prepare(page) {
      await page.locator('tbody .plain').nth(4).click();
      await page.getByRole('button', { name: 'Update every 10th', exact: true }).click();
    },
  },
  chat: {
    path: '/chat?name=Ada',
    async prepare(page) {
      const other = await page.context().newPage();
      await open(other, page.url().replace('Ada', 'Charles'));
      const say = async (who: Page, text: string): Promise<void> => {
        await who.getByLabel('Message', { exact: true }).fill(text);
        await who.getByLabel('Message', { exact: true }).press('Enter');
        await settled(who);
      };
      await say(page, 'Is the engine ready?');
      await say(other, 'It was ready yesterday. Then I improved it.');
      await say(page, 'So it is not ready.');
      await say(other, 'It will be, as soon as I stop improving it.');
      await page.bringToFront();
    },
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(() => {
    test.use({ colorScheme, viewport: { width: 1280, height: 800 } });

    // Only on demand: every machine draws a little differently.
    for (const [name, { path, prepare }] of Object.entries(isWanted ? PAGES : {})) {
      test(`${name} in ${colorScheme}`, async ({ page, ownGallery }) => {
        await open(page, ownGallery.origin + path);
        await prepare?.(page);
        await settled(page);
        await page.screenshot({ path: `${FOLDER}${name}-${colorScheme}.png`, caret: 'initial' });
      });
    }
  });
}
