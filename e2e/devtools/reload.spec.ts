import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordFrames } from '../support/frames.ts';
import { GalleryProcess } from '../support/gallery-process.ts';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { expect, openPanel } from './open-panel.ts';

/** Below the project, so that the view finds the packages. */
const FOLDER = fileURLToPath(new URL(`../../.cache/hot-${process.pid}`, import.meta.url));

const source = (title: string, state = '{ count: 0 }'): string => `
import { defineView, html } from '@djust/server';
import { label } from './part.ts';
export const view = defineView({
  name: 'test.hot',
  state: ${state},
  events: { add: ({ count }) => ({ count: count + 1 }) },
  render: ({ count }) => html\`<h2>${title} \${label}</h2><label>Draft <input name="draft"></label>
    <button type="button" dj-click="add">Add</button><output>\${count}</output>\`,
});
`;

const write = (name: string, text: string): Promise<void> => writeFile(join(FOLDER, name), text);

test('a template that is saved shows at once; state, draft and caret stay', async ({ page, watch }) => {
  test.setTimeout(90_000);
  watch.allow(Watch.CUT);
  await mkdir(FOLDER, { recursive: true });
  await write('part.ts', `export const label = 'one';`);
  await write('hot.ts', source('First'));
  const gallery = await new GalleryProcess('development', { HOT: FOLDER }).start();
  try {
    const frames = recordFrames(page);
    const { root } = await openPanel(page, `${gallery.origin}/hot`);
    const heading = page.locator('main h2').first();
    await expect(heading).toHaveText('First one');
    await page.getByRole('button', { name: 'Add' }).click();
    await settled(page);
    const draft = page.getByLabel('Draft');
    await draft.fill('half a sentence');
    await draft.evaluate((field) => (field as HTMLInputElement).setSelectionRange(4, 4));

    await write('hot.ts', source('Second'));
    await expect(heading).toHaveText('Second one');
    await expect(page.locator('output')).toHaveText('1');
    await expect(draft).toHaveValue('half a sentence');
    await expect(draft).toBeFocused();
    expect(await draft.evaluate((field) => (field as HTMLInputElement).selectionStart)).toBe(4);
    await expect(root.getByText(/Reloaded hot\.ts in \d+ ms, state kept/)).toBeVisible();

    // What the view imports is a part of it; what nobody imports is not.
    await write('part.ts', `export const label = 'two';`);
    await expect(heading).toHaveText('Second two');
    frames.clear();
    await write('unrelated.ts', 'export const nothing = 1;');
    await write('hot.ts', source('Third', "{ count: 0, colour: 'red' }"));
    await expect(heading).toHaveText('Third two');
    await expect(page.locator('output')).toHaveText('0');
    await expect(root.getByText(/state made anew/)).toBeVisible();
    expect(frames.of('html_update')).toHaveLength(1);

    await write('hot.ts', 'export const view = defineView({ ');
    await expect.poll(() => gallery.log.some(({ message }) => message.includes('was not reloaded'))).toBe(true);
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.locator('output')).toHaveText('1');
  } finally {
    await gallery.kill();
    await rm(FOLDER, { recursive: true, force: true });
  }
});
