import { panelOf, unlock } from '../devtools/open-panel.ts';
import { DjangoProcess } from './support/django-process.ts';
import { test as base, expect, open, settled } from './support/test.ts';

/** A server with DEBUG: it tells times, variables and history, and our panel stands where its own would. */
const test = base.extend<object, { debugging: DjangoProcess }>({
  debugging: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
    async ({}, use) => {
      const django = await new DjangoProcess('development').start();
      await use(django);
      await django.end();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ debugging }, use) => use(debugging.origin),
});

test.beforeEach(async ({ page }) => unlock(page));

test('what a djust server in DEBUG tells of an event is shown: its times, its variables, its change', async ({
  page,
  wire,
}) => {
  test.setTimeout(90_000);
  await open(page, '/recorded/');
  await page.keyboard.press('Control+Shift+D');
  const { root, rows, tab } = await panelOf(page);
  await page.click('#five');
  await settled(page);
  await expect(page.locator('h1')).toHaveText('5');
  const [patch] = wire.of('patch');
  expect(patch).toHaveProperty('_debug');
  expect(patch).toHaveProperty('performance');
  await tab('Events');
  await rows.filter({ hasText: 'add' }).click();
  const detail = root.getByRole('region', { name: 'The selected event' });
  await expect(detail.getByText('counting', { exact: true })).toBeVisible();
  await expect(detail.getByRole('row', { name: /count\s+0\s+5/ })).toBeVisible();
  await tab('State');
  await expect(root.getByText('As the last answer of the djust server told them.')).toBeVisible();
  await expect(root.getByText('"count"')).toBeVisible();
  await tab('Handlers');
  await expect(root.getByRole('region', { name: 'add' })).toContainText('by: int = 1');
  await expect(root.getByRole('region', { name: 'add' })).toContainText('Counts up.');
});

test('its history is listed, and the page goes back and forth in it', async ({ page, wire }) => {
  test.setTimeout(90_000);
  await open(page, '/recorded/');
  for (const id of ['one', 'five']) {
    await page.click(`#${id}`);
    await settled(page);
  }
  await expect(page.locator('h1')).toHaveText('6');
  await page.keyboard.press('Control+Shift+D');
  const { root, tab } = await panelOf(page);
  await tab('Time');
  await root.getByRole('button', { name: 'Show the state before add #2' }).click();
  await expect(page.locator('h1')).toHaveText('1');
  await root.getByRole('button', { name: 'Show the state before add #1' }).click();
  await expect(page.locator('h1')).toHaveText('0');
  await root.getByRole('button', { name: 'Show the state after add #2' }).click();
  await expect(page.locator('h1')).toHaveText('6');
  expect(wire.of('time_travel_state').map(({ cursor }) => cursor)).toEqual([1, 0, 1]);
  await page.click('#one');
  await expect(page.locator('h1')).toHaveText('7');
});
