import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GalleryProcess } from '../support/gallery-process.ts';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

/** Below the project, so that the view finds the packages. */
const FOLDER = fileURLToPath(new URL(`../../.cache/warnings-${process.pid}`, import.meta.url));

const VIEW = `
import { defineView, html, repeat } from '@djust/server';
export const view = defineView({
  name: 'test.hot',
  state: { count: 0 },
  events: { add: ({ count }) => ({ count: count + 1 }) },
  render: ({ count }) => html\`<button type="button" dj-click="add">Add</button><output>\${count}</output>
    <ul>\${Array.from({ length: 12 }, (_, at) => html\`<li>\${count + at}</li>\`)}</ul>
    <ol>\${repeat([1, 1, 2], (key) => key, (key) => html\`<li>\${key}</li>\`)}</ol>\`,
});
`;

test('a list without keys and a key that is there twice are found, with what to do', async ({ page, watch }) => {
  test.setTimeout(90_000);
  watch.allow(Watch.CUT);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'hot.ts'), VIEW);
  const gallery = await new GalleryProcess('development', { HOT: FOLDER }).start();
  try {
    const { root, tab } = await openPanel(page, `${gallery.origin}/hot`);
    await tab('Performance');
    await expect(root.locator('[data-rule="duplicate-key"]')).toContainText('1');
    await expect(root.locator('[data-rule="unkeyed-list"]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.locator('output')).toHaveText('1');
    await settled(page);
    await expect(root.locator('[data-rule="unkeyed-list"]')).toContainText('repeat');
    // The pages leave before their server does.
    await page.goto('about:blank');
  } finally {
    await gallery.kill();
    await rm(FOLDER, { recursive: true, force: true });
  }
});

test('a patch of 20 ms is marked wherever it is listed, and each warning leads to its event', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  await page.evaluate(() =>
    document.addEventListener('djust:before-patch', () => {
      const end = performance.now() + 20;
      while (performance.now() < end);
    }),
  );
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  await tab('Performance');
  const warning = root.locator('.note.bad[data-rule="slow-patch"]');
  await expect(warning).toHaveText(/Putting the answer in place took \d.* ms, more than 16 ms\./);
  await warning.getByRole('button', { name: 'add #1' }).click();
  const detail = root.getByRole('region', { name: 'The selected event' });
  await expect(detail.getByText('#1', { exact: true })).toBeVisible();
  await expect(detail.locator('.note.bad').filter({ hasText: 'more than 16 ms' })).toBeVisible();
  await expect(rows.filter({ hasText: '#1' }).locator('.num.bad')).toHaveCount(1);
  await tab('Patches');
  await expect(rows.first().locator('.num.bad')).toHaveCount(1);
  await page.keyboard.press('Control+Shift+D');
  await expect(page.locator('djust-devtools .trigger .bad')).toHaveText('▲');
});
