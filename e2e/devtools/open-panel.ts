import { readFile } from 'node:fs/promises';
import { expect as expectSoon, type Locator, type Page } from '@playwright/test';
import { open } from '../support/page.ts';

/** With the patience that a busy machine needs: the panel draws when the page has time. */
export const expect: typeof expectSoon = expectSoon.configure({ timeout: 15_000 });

/** The panel is in a closed shadow root, into which no test can look. This opens it, before the page is loaded. */
export async function unlock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });
}

/** What a test does with the panel. */
export interface PanelPage {
  readonly root: Locator;
  tab(name: string): Promise<void>;
  /** Rows of the list in the open tab. */
  readonly rows: Locator;
  /** The text of the file that a button of the overview saves. */
  saved(button: string): Promise<string>;
}

/** Opens a page of the gallery, and the panel on it. */
export async function openPanel(page: Page, path: string): Promise<PanelPage> {
  await unlock(page);
  await open(page, path);
  await page.keyboard.press('Control+Shift+D');
  return panelOf(page);
}

export async function panelOf(page: Page): Promise<PanelPage> {
  const root = page.locator('djust-devtools section.panel');
  await expect(root).toBeVisible();
  const tab = async (name: string): Promise<void> => {
    await root.getByRole('tab', { name }).click();
    await expect(root.getByRole('tabpanel', { name })).toBeVisible();
  };
  return {
    root,
    rows: root.getByRole('listbox').getByRole('option'),
    tab,
    async saved(name) {
      await tab('Overview');
      const download = page.waitForEvent('download');
      await root.getByRole('button', { name }).click();
      return readFile(await (await download).path(), 'utf8');
    },
  };
}
