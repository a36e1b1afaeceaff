import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const label = (page: Page, name: string | RegExp): Locator => page.getByLabel(name);
const held = (page: Page, name: string): Locator => page.locator(`#held-${name}`);
const register = (page: Page): Locator => page.getByRole('button', { name: 'Register' });
const about = (page: Page): Locator => page.getByRole('textbox', { name: 'About you' });

/** `fill` adds to a text instead of replacing it in the e-mail and number fields of Firefox, on any page. */
async function retype(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(text);
}

async function expectHeld(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await expect(held(page, name), name).toHaveText(value);
}

export const form: Flow = {
  name: 'form',
  path: '/form',
  async mouse(page) {
    await label(page, 'Name').fill('Ada');
    await label(page, 'E-mail').fill('ada@example');
    await label(page, 'Password').fill('secret');
    await expect(page.locator('#email-fault')).toContainText('Give an address');
    await retype(label(page, 'E-mail'), 'ada@example.org');
    await expect(page.locator('#email-fault')).toBeEmpty();
    await retype(label(page, 'Guests'), '2');
    await label(page, 'Arrival').fill('2027-03-04');
    await label(page, 'At').and(page.locator('#time')).fill('09:30');
    await label(page, /Experience/).fill('8');
    await label(page, 'Colour').fill('#ff8800');
    await label(page, 'Main day').selectOption('Friday');
    await label(page, 'Topics').selectOption(['Patches', 'Testing']);
    await label(page, 'vegan').check();
    await label(page, 'Note').fill('No nuts');
    await about(page).fill('I count');

    await register(page).click();
    await expect(page.getByText('2 fields need another look.')).toBeVisible();
    await expect(page.locator('#password-fault')).toHaveText('Eight characters at least');
    await label(page, 'Password').fill('secret-1815');
    await label(page, /I agree/).check();
    await register(page).click();
    await expect(page.getByText('Thank you, Ada. You are registered.')).toBeVisible();
    await expect(page.getByText('saved', { exact: true })).toBeVisible();
    await expectHeld(page, {
      name: 'Ada',
      email: 'ada@example.org',
      password: '•'.repeat('secret-1815'.length),
      guests: '2',
      experience: '8',
      colour: '#ff8800',
      date: '2027-03-04',
      time: '09:30',
      meal: 'vegan',
      day: 'Friday',
      topics: 'Patches, Testing',
      note: 'No nuts',
      about: 'I count',
      terms: 'true',
    });
  },
  async keyboard(page) {
    await tabTo(page, label(page, 'Name'));
    await page.keyboard.type('Grace Hopper');
    await expect(held(page, 'name')).toHaveText('Grace Hopper');
    await page.keyboard.press('Tab');
    await page.keyboard.type('grace@example.org');
    await tabTo(page, label(page, /Experience/));
    await page.keyboard.press('ArrowRight');
    await expect(held(page, 'experience')).toHaveText('6');
    await tabTo(page, label(page, 'Main day'));
    await page.keyboard.press('ArrowDown');
    await expect(held(page, 'day')).toHaveText('Thursday');
    await tabTo(page, label(page, 'everything'));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(held(page, 'meal')).toHaveText('vegetarian');
    await tabTo(page, about(page));
    await page.keyboard.type('Nanoseconds');
    await expect(held(page, 'about')).toHaveText('Nanoseconds');
    await tabTo(page, label(page, /I agree/));
    await page.keyboard.press('Space');
    await tabTo(page, register(page));
    await page.keyboard.press('Enter');
    await expect(page.getByText(/fields need another look/)).toBeVisible();
    await expect(held(page, 'email')).toHaveText('grace@example.org');
    await expect(register(page)).toBeFocused();
  },
  async tabs(first, second) {
    await label(first, 'Name').fill('First');
    await label(second, 'Name').fill('Second');
    await expect(held(first, 'name')).toHaveText('First');
    await expect(held(second, 'name')).toHaveText('Second');
  },
  async works(page) {
    await label(page, 'Note').fill('works');
    await settled(page);
    await expect(held(page, 'note')).toHaveText('works');
  },
  readable: (page) => expect(label(page, 'Guests')).toHaveValue('0'),
};
