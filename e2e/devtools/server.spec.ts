import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

test('the state is a tree with its sizes; a field of it is changed in place', async ({ page }) => {
  const { root, tab } = await openPanel(page, '/todos');
  await tab('State');
  await root.locator('.k').getByText('todos', { exact: true }).click();
  await root.locator('.k').getByText('0', { exact: true }).click();
  await expect(root.getByText('"Read the source of this page"')).toBeVisible();
  await expect(
    root.getByRole('list', { name: /The state, \d+ B/ }).getByRole('listitem', { name: /^todos, \d+ B/ }),
  ).toBeVisible();
  // Whoever wants to change the state says so first.
  await expect(root.getByRole('button', { name: 'edit todos.0.text' })).toHaveCount(0);
  await root.getByLabel('edit values').check();
  await root.locator('.k').getByText('todos', { exact: true }).click();
  await root.locator('.k').getByText('0', { exact: true }).click();
  await root.locator('.leaf').filter({ hasText: 'Read the source' }).hover();
  await root.getByRole('button', { name: 'edit todos.0.text' }).click();
  const field = root.getByLabel('New value of todos.0.text, as JSON');
  await field.fill('not JSON');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('"Written by the panel"');
  await field.press('Enter');
  await expect(page.locator('.todos')).toContainText('Written by the panel');
});

test('path and JSON of any part of the state are copied, by button and by key', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { root, tab } = await openPanel(page, '/todos');
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await expect(root.getByText('with debug frames')).toBeVisible();
  await tab('State');
  // With the keyboard alone: open the field, and copy from where the focus is.
  const todos = root.locator('summary').filter({ has: page.locator('.k', { hasText: /^todos$/ }) });
  await todos.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('c');
  await expect(root.getByText('Copied the path todos.', { exact: true })).toBeVisible();
  expect(await copied()).toBe('todos');
  await page.keyboard.press('Shift+C');
  await expect(root.getByText('Copied todos as JSON.')).toBeVisible();
  const [first] = JSON.parse(await copied()) as { text: string }[];
  expect(first?.text).toBe('Read the source of this page');
  await root.locator('.k').getByText('0', { exact: true }).click();
  await root.locator('.leaf').filter({ hasText: 'Read the source' }).hover();
  await root.getByRole('button', { name: 'copy path of todos.0.text' }).click();
  await expect(root.getByText('Copied the path todos[0].text.')).toBeVisible();
  await expect(root.getByRole('button', { name: 'copy path of todos.0.text' })).toHaveText('copied');
  expect(await copied()).toBe('todos[0].text');
  await root.getByRole('button', { name: 'copy JSON of todos.0.text' }).click();
  await expect(root.getByText('Copied todos[0].text as JSON.')).toBeVisible();
  expect(await copied()).toBe('"Read the source of this page"');
});

test('what was typed and not sent, and what a stream knows of its rows, stand beside the state', async ({ page }) => {
  const { root, tab } = await openPanel(page, '/todos');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await page.getByLabel('What needs doing?').fill('Half a thought');
  await tab('State');
  const tile = (name: RegExp) => root.getByRole('list', { name: /^The state, / }).getByRole('listitem', { name });
  await expect(tile(/^typed: text, 16 B, draft, \+14 B since the mount$/)).toBeVisible();
  await expect(root.getByText('draft', { exact: true }).first()).toBeVisible();
  await page.getByLabel('What needs doing?').press('Enter');
  await settled(page);
  await expect(tile(/^typed: /)).toHaveCount(0);
  await page.goto('/long');
  await settled(page);
  await expect(tile(/^stream \w+, [\d.]+ k?B, stream$/).first()).toBeVisible();
});

test('an event is replayed on a fork, with its own and with other parameters, and the page stays as it is', async ({
  page,
}) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  await page.getByRole('button', { name: '+10' }).click();
  await tab('Events');
  await rows.filter({ hasText: 'add' }).click();
  await root.getByRole('button', { name: 'Replay on a fork' }).click();
  await expect(root.getByText('Fork: the same patches as then')).toBeVisible();
  await root.getByRole('button', { name: 'Edit' }).click();
  await root.getByLabel('Parameters to replay with').fill('{"by": 3}');
  await root.getByRole('button', { name: 'Replay on a fork' }).click();
  await expect(root.getByText('count → 3')).toBeVisible();
  await root.getByLabel('Parameters to replay with').fill('{"by": "x"}');
  await root.getByRole('button', { name: 'Replay on a fork' }).click();
  await expect(root.getByText(/Fork: event\/params/)).toBeVisible();
  await expect(page.locator('#count')).toHaveText('10');
});

test('a live replay asks twice, and is marked', async ({ page }) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  await page.getByRole('button', { name: '+10' }).click();
  await tab('Events');
  await rows.filter({ hasText: 'add' }).click();
  await root.getByRole('button', { name: 'Replay live' }).click();
  await expect(page.locator('#count')).toHaveText('10');
  await root.getByRole('button', { name: 'Really: change the live state' }).click();
  await expect(page.locator('#count')).toHaveText('20');
  await expect(rows.filter({ hasText: '↻' })).toHaveCount(1);
});

test('time travel shows the past, holds events back, and goes on as a branch', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, tab } = await openPanel(page, '/counter');
  for (const count of ['1', '2', '3']) {
    await page.getByRole('button', { name: '+1', exact: true }).click();
    await expect(page.locator('#count')).toHaveText(count);
  }
  await tab('Time');
  await root.getByRole('button', { name: 'Show state 1, add' }).click();
  await expect(page.locator('#count')).toHaveText('1');
  await expect(root.getByText('Time travelling: the page shows state 1')).toBeVisible();
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  await expect(page.locator('#count')).toHaveText('1');
  await root.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.locator('#count')).toHaveText('3');
  await expect(root.getByText('Time travelling')).toBeHidden();
  await root.getByRole('slider', { name: 'State to show' }).fill('1');
  await expect(page.locator('#count')).toHaveText('1');
  await root.getByRole('button', { name: 'Go on from here' }).click();
  await page.getByRole('button', { name: '+10' }).click();
  await expect(page.locator('#count')).toHaveText('11');
  await expect(root.getByText('from 1')).toHaveCount(1);
  await root.getByRole('button', { name: 'Replay all on a fork' }).click();
  await expect(root.getByText(/events on a fork: the same patches as then/)).toBeVisible();
});

test('a page says how long its server took', async ({ request }) => {
  expect((await request.get('/counter')).headers()['server-timing']).toMatch(
    /^principal;dur=[\d.]+, mount;dur=[\d.]+, total;dur=[\d.]+$/,
  );
});

test('twenty frames in a hundred lost, others mixed up and doubled: page and state agree in the end', async ({
  page,
  watch,
}) => {
  test.setTimeout(90_000);
  watch.allow(/./);
  const { root, tab } = await openPanel(page, '/counter');
  await tab('Settings');
  const lossy = root.getByRole('button', { name: 'Lossy Wi-Fi' });
  await root.getByLabel('Seed').fill('11');
  await lossy.click();
  await expect(root.getByText('simulated network, seed 11')).toBeVisible();
  for (let at = 0; at < 20; at++) await page.getByRole('button', { name: '+1', exact: true }).click();
  await expect.poll(() => root.getByText(/\d+ frames/).textContent()).not.toBeNull();
  await root.getByRole('button', { name: 'Stop' }).click();
  // Whatever was lost on the way is found out when the line breaks and comes back.
  await root.getByRole('button', { name: 'Server restart' }).click();
  await expect
    .poll(
      async () => {
        await page.evaluate(() => dispatchEvent(new Event('online')));
        return page.evaluate(() => [djust.phase, djust.openEvents]);
      },
      { timeout: 20_000 },
    )
    .toEqual(['live', 0]);
  await tab('State');
  const shown = await page.locator('#count').textContent();
  expect(shown).toBe('20');
  await expect(root.locator('.leaf').filter({ hasText: 'count' })).toContainText(shown ?? '-');
});

test('handlers wait as long as the simulator says, and no longer when it is off', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await tab('Settings');
  await root.getByLabel('Handlers wait, ms').fill('700');
  await root.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(root.getByText('Each handler waits 700 ms.')).toBeVisible();
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  await root.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await settled(page);
  await tab('Events');
  const steps = root.getByRole('list', { name: 'Steps of the event' });
  const delay = steps.getByRole('listitem').filter({ hasText: 'simulated delay' });
  await rows.filter({ hasText: '#1' }).click();
  await expect(delay).toHaveText(/^simulated delay[\d.]+ m?s$/);
  const [waited = 0] = (await delay.locator('.num').allTextContents()).map(Number.parseFloat);
  expect(waited).toBeGreaterThanOrEqual(699);
  await rows.filter({ hasText: '#2' }).click();
  await expect(steps.getByRole('listitem').filter({ hasText: 'handler' })).toHaveCount(1);
  await expect(delay).toHaveCount(0);
});

test('a handler leads to where it is written', async ({ page }) => {
  const { root, tab } = await openPanel(page, '/counter');
  await tab('Handlers');
  const add = root.getByRole('region', { name: 'add' });
  await add.getByRole('button', { name: 'Source' }).click();
  await expect(add.locator('.code .here')).toContainText('add: on(Step');
  expect(await add.getByRole('link', { name: 'Open in the editor' }).getAttribute('href')).toMatch(
    /^vscode:\/\/file\/.*\/views\/counter\.ts:\d+:\d+$/,
  );
  await add.getByRole('button', { name: 'Source' }).click();
  await expect(add.locator('.code')).toHaveCount(0);
});
