import { expect, type Locator, type Page } from '@playwright/test';
import { addOn, settled, tabBackTo, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const START = ['Read the source of this page', 'Open it in a second tab', 'Stop the server and start it again'];

const field = (page: Page): Locator => page.getByLabel('What needs doing?');
const rows = (page: Page): Locator => page.getByRole('list', { name: 'Todos' }).getByRole('listitem');
const texts = (page: Page): Locator => rows(page).locator('.plain');
const edit = (page: Page, text: string): Locator => page.getByRole('button', { name: `Edit: ${text}` });
const show = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Show' }).getByRole('button', { name });

export const todos: Flow = {
  name: 'todos',
  path: '/todos',
  async mouse(page) {
    await field(page).fill('Buy milk');
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(texts(page)).toHaveText([...START, 'Buy milk']);
    await expect(field(page)).toHaveValue('');

    await page.getByRole('checkbox', { name: 'Done: Buy milk' }).check();
    await expect(page.getByText('2 of 4 to do')).toBeVisible();
    await show(page, 'done').click();
    await expect(texts(page)).toHaveText([START[0] as string, 'Buy milk']);
    await show(page, 'all').click();

    await edit(page, 'Buy milk').click();
    await page.getByLabel('Change: Buy milk').fill('Buy bread');
    // Leaving the field saves.
    await page.getByRole('heading', { name: 'Todos', level: 1 }).click();
    await expect(texts(page)).toHaveText([...START, 'Buy bread']);

    await page.getByRole('button', { name: `Delete: ${START[1]}` }).click();
    await page.getByRole('button', { name: 'Clear done' }).click();
    await expect(texts(page)).toHaveText([START[2] as string]);
  },
  async keyboard(page) {
    await tabTo(page, field(page));
    await page.keyboard.type('Water the plants');
    await page.keyboard.press('Enter');
    await expect(texts(page)).toHaveText([...START, 'Water the plants']);
    // The field is another one now, and still the one to type in.
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('Feed the cat');
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(5);

    await tabTo(page, edit(page, 'Feed the cat'));
    await addOn(page, 'reorder');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(texts(page)).toHaveText([...START, 'Feed the cat', 'Water the plants']);
    await expect(edit(page, 'Feed the cat')).toBeFocused();
    await expect(page.getByText('Feed the cat: now number 4 of 5')).toBeAttached();

    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Change: Feed the cat')).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type('s');
    await page.keyboard.press('Escape');
    await expect(edit(page, 'Feed the cat')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Change: Feed the cat')).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type('s');
    await page.keyboard.press('Enter');
    await expect(edit(page, 'Feed the cats')).toBeFocused();

    await tabBackTo(page, page.getByRole('checkbox', { name: 'Done: Feed the cats' }));
    await page.keyboard.press('Space');
    await expect(page.getByText('3 of 5 to do')).toBeVisible();

    // Row after row, without a way back from the top of the page.
    const remove = (text: string): Locator => page.getByRole('button', { name: `Delete: ${text}` });
    await addOn(page, 'focus');
    await tabBackTo(page, remove(START[2] as string));
    await page.keyboard.press('Enter');
    await expect(remove('Feed the cats')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(remove('Water the plants')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(remove(START[1] as string)).toBeFocused();
    await expect(rows(page)).toHaveCount(2);
  },
  async tabs(first, second) {
    await field(first).fill('Only here');
    await field(first).press('Enter');
    await expect(rows(first)).toHaveCount(4);
    await expect(rows(second)).toHaveCount(3);
    await second.getByRole('button', { name: `Delete: ${START[0]}` }).click();
    await expect(rows(second)).toHaveCount(2);
    await expect(rows(first)).toHaveCount(4);
  },
  async works(page) {
    const before = await rows(page).count();
    await field(page).fill('One more');
    await field(page).press('Enter');
    await settled(page);
    await expect(rows(page)).toHaveCount(before + 1);
  },
  readable: (page) => expect(texts(page)).toHaveText(START),
  async typed(page) {
    await field(page).fill('Half a tho');
    return () => expect(field(page)).toHaveValue('Half a tho');
  },
};
