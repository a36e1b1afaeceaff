import type { Locator, Page } from '@playwright/test';
import { recordFrames } from '../support/frames.ts';
import { addOn, open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const rows = (page: Page): Locator => page.getByRole('list', { name: 'Todos' }).getByRole('listitem');
const texts = (page: Page): Locator => rows(page).locator('.plain');

/** Drags one row onto the upper or lower half of another. */
async function drag(page: Page, from: number, to: number, half: 'upper' | 'lower'): Promise<void> {
  const box = (await rows(page).nth(to).boundingBox()) ?? { height: 0 };
  const y = half === 'upper' ? box.height / 4 : (box.height * 3) / 4;
  // By the left edge, where no control is in the way.
  await rows(page)
    .nth(from)
    .dragTo(rows(page).nth(to), { sourcePosition: { x: 3, y: 5 }, targetPosition: { x: 3, y } });
  await settled(page);
}

test('todos are brought into another order with the mouse', async ({ page }) => {
  await open(page, '/todos');
  await addOn(page, 'reorder');
  const [one, two, three] = await texts(page).allInnerTexts();
  await drag(page, 0, 2, 'lower');
  await expect(texts(page)).toHaveText([two, three, one] as string[]);
  await drag(page, 2, 0, 'upper');
  await expect(texts(page)).toHaveText([one, two, three] as string[]);
  await drag(page, 2, 1, 'upper');
  await expect(texts(page)).toHaveText([one, three, two] as string[]);
});

test('a row that is dropped where it was stays there, and nothing is sent', async ({ page }) => {
  const frames = recordFrames(page);
  await open(page, '/todos');
  await addOn(page, 'reorder');
  const before = await texts(page).allInnerTexts();
  frames.clear();
  await drag(page, 1, 1, 'lower');
  await drag(page, 1, 2, 'upper');
  expect(frames.sent).toEqual([]);
  await expect(texts(page)).toHaveText(before);
});

test('a row that is edited cannot be dragged, so its text can be selected', async ({ page }) => {
  await open(page, '/todos');
  await addOn(page, 'reorder');
  await texts(page).nth(1).click();
  await expect(rows(page).nth(1)).toHaveAttribute('draggable', 'false');
  await page.keyboard.press('Escape');
  await expect(rows(page).nth(1)).toHaveAttribute('draggable', 'true');
});
