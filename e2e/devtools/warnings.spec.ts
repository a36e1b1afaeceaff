import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GalleryProcess } from '../support/gallery-process.ts';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { expect, openPanel } from './open-panel.ts';

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
