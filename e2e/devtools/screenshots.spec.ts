import type { Page } from '@playwright/test';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { openPanel, type PanelPage } from './open-panel.ts';

/** Pictures for docs/devtools.md: UPDATE_SCREENSHOTS=1 npx playwright test devtools/screenshots --project chromium */
const isWanted = process.env.UPDATE_SCREENSHOTS !== undefined;

const FOLDER = new URL('../../docs/images/', import.meta.url).pathname;

test.use({ flavour: 'development' });

/** Some work on a page, one failure in it, so that there is something to see. */
async function work(page: Page): Promise<void> {
  for (const text of ['Unplug the router', 'Watch the queue empty itself']) {
    await page.getByLabel('What needs doing?').fill(text);
    await page.getByLabel('What needs doing?').press('Enter');
    await settled(page);
  }
  for (const name of ['active', 'all']) {
    await page.getByRole('button', { name, exact: true }).click();
    await settled(page);
  }
  await page.getByRole('checkbox').nth(1).click();
  await settled(page);
  await page.evaluate(() => djust.push('archive', { id: 3 }));
  await settled(page);
}

const TABS: Record<string, (panel: PanelPage, page: Page) => Promise<void>> = {
  overview: async () => {},
  events: ({ rows }) => rows.filter({ hasText: 'toggle' }).click(),
  network: ({ rows }) => rows.filter({ hasText: 'patch' }).last().click(),
  patches: ({ rows }) => rows.last().click(),
  state: async ({ root }) => {
    await root.locator('.k').getByText('todos', { exact: true }).click();
    await root.locator('.k').getByText('0', { exact: true }).click();
  },
  performance: async () => {},
  handlers: async ({ root }) => {
    const toggle = root.getByRole('region', { name: 'toggle' });
    await toggle.getByRole('spinbutton', { name: 'id' }).fill('');
    await toggle.getByRole('button', { name: 'Call' }).click();
  },
  tree: async () => {},
  time: async ({ root }) => {
    await root.getByRole('button', { name: 'Show state 2, add' }).click();
    await root.getByText('Time travelling: ').first().waitFor();
  },
  offline: ({ root }) => root.getByText('active (activated)').first().waitFor(),
  a11y: async () => {},
  settings: ({ root }) => root.getByRole('button', { name: 'Train' }).click(),
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(() => {
    test.use({ colorScheme, viewport: { width: 1280, height: 860 } });

    // Only on demand: every machine draws a little differently.
    for (const [name, prepare] of Object.entries(isWanted ? TABS : {})) {
      if (colorScheme === 'dark' && !['events', 'performance'].includes(name)) continue;
      test(`${name} in ${colorScheme}`, async ({ page }) => {
        // There is more on the device of a page that works offline.
        await page.addInitScript(
          (prefs) => {
            localStorage.setItem('djust:devtools:prefs:v1', prefs);
          },
          JSON.stringify({ sizePx: 470, toasts: false }),
        );
        const panel = await openPanel(page, name === 'offline' ? '/notes' : '/todos');
        if (name === 'offline') await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
        else await work(page);
        await panel.tab(name === 'a11y' ? 'A11y' : name[0]?.toUpperCase() + name.slice(1));
        await prepare(panel, page);
        // What is pointed at in Patches is framed on the page.
        if (name !== 'patches') await page.mouse.move(1250, 100);
        await page.evaluate(() => document.getElementById('dj-flash-container')?.remove());
        await page.locator('djust-devtools-frames .flash').first().waitFor({ state: 'detached' });
        await page.screenshot({ path: `${FOLDER}devtools-${name}-${colorScheme}.png` });
      });
    }
  });
}
