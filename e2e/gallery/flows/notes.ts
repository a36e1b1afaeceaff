import { expect, type Locator, type Page } from '@playwright/test';
import { tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const field = (page: Page): Locator => page.getByLabel('New note');
const keep = (page: Page): Locator => page.getByRole('button', { name: 'Keep' });
const note = (page: Page, text: string): Locator => page.locator('[dj-root] .notes li').filter({ hasText: text });

/** The notebook is shared by all pages of a gallery, so each test writes its own. */
const unique = (text: string): string => `${text} ${Math.random().toString(36).slice(2)}`;

/** The first visitor waits until the worker has been put together, on a machine that does other things too. */
const PATIENCE = { timeout: 20_000 };

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await keep(page).click();
  await expect(note(page, text)).toBeVisible(PATIENCE);
}

export const notes: Flow = {
  name: 'notes',
  path: '/notes',
  async mouse(page) {
    const text = unique('By mouse <b>&');
    await write(page, text);
    await expect(field(page)).toHaveValue('');
    await page.getByRole('button', { name: `Delete: ${text}` }).click();
    await expect(note(page, text)).toHaveCount(0, PATIENCE);
  },
  async keyboard(page) {
    const text = unique('By keyboard');
    await tabTo(page, field(page));
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await expect(note(page, text)).toBeVisible(PATIENCE);
    await tabTo(page, page.getByRole('button', { name: `Delete: ${text}` }));
    await page.keyboard.press('Enter');
    await expect(note(page, text)).toHaveCount(0, PATIENCE);
  },
  async tabs(first, second) {
    const text = unique('In another tab');
    await write(first, text);
    await expect(note(second, text)).toBeVisible(PATIENCE);
  },
  works: (page) => write(page, unique('It works')),
  readable: (page) => expect(page.getByRole('heading', { name: 'On the server' })).toBeVisible(),
};
