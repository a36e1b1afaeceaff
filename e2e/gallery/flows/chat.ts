import { expect, type Locator, type Page } from '@playwright/test';
import { settled, tabTo } from '../../support/page.ts';
import type { Flow } from './flow.ts';

const field = (page: Page): Locator => page.getByLabel('Message', { exact: true });
const said = (page: Page): Locator => page.getByRole('log', { name: 'Messages' }).getByRole('listitem');
const people = (page: Page): Locator => page.getByRole('region', { name: 'Here now' }).getByRole('listitem');

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** The name is in the address: choosing one opens the page anew. */
async function callYourself(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.waitForURL(`**/chat?name=${name}`);
  await settled(page);
  await expect(people(page).filter({ hasText: name })).toHaveAttribute('aria-current', 'true');
}

export const chat: Flow = {
  name: 'chat',
  path: '/chat',
  async mouse(page) {
    await expect(people(page)).toHaveCount(1);
    await callYourself(page, 'Ada');
    await say(page, 'Hello <b>there</b>');
    await expect(said(page).last()).toContainText('Hello <b>there</b>');
    await expect(said(page).last()).toContainText('Ada');
    await expect(field(page)).toHaveValue('');
  },
  async keyboard(page) {
    await tabTo(page, field(page));
    await page.keyboard.type('One');
    await page.keyboard.press('Enter');
    await expect(said(page).last()).toContainText('One');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('Two');
    await page.keyboard.press('Enter');
    await expect(said(page).last()).toContainText('Two');
  },
  async tabs(first, second) {
    await callYourself(first, 'Ada');
    await callYourself(second, 'Grace');
    await expect(people(first)).toHaveText([/Ada|Grace/, /Ada|Grace/]);
    await say(first, 'Are you there?');
    await expect(said(second).last()).toContainText('Are you there?');
    await say(second, 'Yes.');
    await expect(said(first).last()).toContainText('Yes.');
    await second.goto('about:blank');
    await expect(people(first)).toHaveText(['Ada']);
  },
  async works(page) {
    await say(page, 'Still here');
    await settled(page);
    await expect(said(page).last()).toContainText('Still here');
  },
  readable: (page) => expect(page.getByRole('log', { name: 'Messages' })).toBeVisible(),
  async typed(page) {
    await field(page).fill('What I was about to s');
    return () => expect(field(page)).toHaveValue('What I was about to s');
  },
};
