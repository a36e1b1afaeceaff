import { expect } from '@playwright/test';
import { addOn, isLive } from '../support/page.ts';
import { wired as test } from '../support/wired.ts';

for (const [path, label] of [
  ['/todos', 'What needs doing?'],
  ['/chat', 'Message'],
] as const) {
  test(`${path}: what is typed while an answer is on its way goes on in the field that comes with it`, async ({
    page,
    wire,
  }) => {
    await page.goto(wire.origin + path);
    await isLive(page);
    await addOn(page, 'focus');
    const field = page.getByRole('textbox', { name: label });
    await field.fill('Buy milk');
    wire.hold();
    await field.press('Enter');
    await field.press('Control+A');
    await page.keyboard.type('Feed the ');
    wire.release();
    await expect(page.getByText('Buy milk', { exact: true })).toBeVisible();
    await expect(field).toHaveValue('Feed the ');
    await expect(field).toBeFocused();
    await page.keyboard.type('cat');
    await field.press('Enter');
    await expect(page.getByText('Feed the cat', { exact: true })).toBeVisible();
    await expect(field).toHaveValue('');
  });
}
