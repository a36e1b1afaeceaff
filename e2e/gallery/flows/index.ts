import { expect } from '@playwright/test';
import { tabTo } from '../../support/page.ts';
import { boom } from './boom.ts';
import { chat } from './chat.ts';
import { cities } from './cities.ts';
import { clock } from './clock.ts';
import { counter } from './counter.ts';
import type { Flow } from './flow.ts';
import { form } from './form.ts';
import { notes } from './notes.ts';
import { table } from './table.ts';
import { todos } from './todos.ts';

/** The start page. */
const index: Flow = {
  name: 'index',
  path: '/',
  async mouse(page) {
    for (const name of ['Counter', 'Todos', 'Form', 'Cities', 'Table', 'Chat', 'Clock', 'Notes', 'Boom']) {
      await expect(page.getByRole('main').getByRole('link', { name })).toBeVisible();
    }
    await page.getByRole('main').getByRole('link', { name: 'Counter' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Counter');
  },
  async keyboard(page) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Todos' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Todos');
  },
  async tabs(first, second) {
    await expect(first.getByRole('status')).toHaveText('2 visitors have this page open right now.');
    await second.goto('about:blank');
    await expect(first.getByRole('status')).toHaveText('You are the only one here right now.');
  },
  works: (page) => expect(page.getByRole('status')).toHaveText(/right now/),
  readable: (page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible(),
};

export const FLOWS: readonly Flow[] = [index, counter, todos, form, cities, table, chat, clock, notes, boom];
