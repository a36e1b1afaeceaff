import { isBack, open, settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { expect, openPanel, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });

test('an event is listed with its way, its patch and its state, and the tabs follow it @firefox', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await page.getByRole('button', { name: '+10' }).click();
  await tab('Events');
  await rows.filter({ hasText: 'add' }).click();
  const detail = root.getByRole('region', { name: 'The selected event' });
  await expect(detail.getByText('#1')).toBeVisible();
  for (const step of [
    'network, there',
    'guard',
    'handler',
    'render',
    'diff',
    'commit',
    'putting in place',
    'style, layout, paint',
  ])
    await expect(detail.getByText(step, { exact: true })).toBeVisible();
  await expect(detail.getByRole('row', { name: /count\s+0\s+10/ })).toBeVisible();
  await detail.getByRole('button', { name: 'Patches' }).click();
  const patch = root.getByRole('region', { name: 'The selected patch' });
  await expect(patch.getByRole('row', { name: /text.*output.*10/ })).toBeVisible();
  await patch.getByRole('button', { name: 'add #1' }).click();
  await detail.getByRole('button', { name: 'Frames' }).click();
  await expect(rows).toHaveCount(2);
});

test('an operation stands between what was there and the value of the template that changed @firefox', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await settled(page);
  await tab('Patches');
  await rows.filter({ hasText: 'event #2' }).click();
  const patch = root.getByRole('region', { name: 'The selected patch' });
  await expect(patch.getByRole('row', { name: /^text <output> \w+ 10 11 count$/ })).toBeVisible();
  await rows.filter({ hasText: 'event #1' }).click();
  await expect(patch.getByRole('row', { name: /^text <output> \w+ 0 10 count$/ })).toBeVisible();
  await expect(patch.getByRole('row', { name: /^attr disabled <button> \w+ "" – count ?=== ?0$/ })).toBeVisible();
  // Rows of a list that stand in a file of their own.
  await page.locator('header').getByRole('link', { name: 'Todos', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Todos');
  // The view that came has a session of its own, which the panel asks too.
  await tab('Handlers');
  await expect(root.getByRole('region', { name: 'toggle' })).toBeVisible();
  await page.getByRole('checkbox').nth(1).click();
  await settled(page);
  await tab('Patches');
  await rows.filter({ hasText: 'event #' }).last().click();
  await expect(
    patch
      .locator('code')
      .getByText(/\.isDone$/)
      .first(),
  ).toBeVisible();
});

test('counts of what is shown narrow it, through the query and by keyboard', async ({ page }) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  for (const name of ['+1', '+10', 'Reset to zero']) {
    await page.getByRole('button', { name, exact: true }).click();
    await settled(page);
  }
  await tab('Events');
  const query = root.getByLabel('Filter events');
  const chip = (name: string) => root.getByRole('toolbar', { name: 'Counts' }).getByRole('button', { name });
  await expect(chip('ok 3')).toBeVisible();
  await chip('add 2').click();
  await expect(query).toHaveValue('name=add');
  await expect(rows.locator('.name')).toHaveText(['add', 'add']);
  await expect(chip('ok 2')).toBeVisible();
  await expect(chip('reset 1')).toHaveCount(0);
  await expect(chip('add 2')).toHaveAttribute('aria-pressed', 'true');
  // One stop of the Tab key; arrows go on from there, and the focus stays where it is.
  await query.focus();
  await query.fill('');
  await chip('ok 3').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(chip('reset 1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(query).toHaveValue('name=reset');
  await expect(chip('reset 1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(query).toHaveValue('');
  await expect(root.getByText('3 / 3')).toBeVisible();
});

test('a row that is pointed at shows its node, even after that has moved', async ({ page }) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await tab('Patches');
  await rows.first().click();
  const frame = page.locator('djust-devtools-frames .frame:not(.flash)');
  const target = page.locator('#count');
  await page.evaluate(() => {
    const output = document.getElementById('count') as HTMLElement;
    output.style.display = 'inline-block';
    output.style.marginLeft = '200px';
  });
  await root.locator('tr[data-op]').filter({ hasText: 'text' }).hover();
  await expect(frame).toHaveCount(1);
  const [marked, is] = [await frame.boundingBox(), await target.boundingBox()];
  expect(marked?.x).toBeCloseTo(is?.x ?? 0, 0);
  expect(marked?.width).toBeCloseTo(is?.width ?? 0, 0);
});

test('all events of ten navigations and a full load are listed in order, with separators', async ({ page }) => {
  test.setTimeout(90_000);
  await unlock(page);
  await open(page, '/counter');
  await page.keyboard.press('Control+Shift+D');
  const made: string[] = [];
  for (let visit = 0; visit < 10; visit++) {
    const isCounter = visit % 2 === 0;
    made.push(isCounter ? 'add' : 'show');
    if (isCounter) await page.getByRole('button', { name: '+1', exact: true }).click();
    else await page.getByRole('button', { name: 'done', exact: true }).click();
    await settled(page);
    await page
      .locator('header')
      .getByRole('link', { name: isCounter ? 'Todos' : 'Counter', exact: true })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(isCounter ? 'Todos' : 'Counter');
    await settled(page);
    await expect.poll(() => page.evaluate(() => djust.phase)).toBe('live');
  }
  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await settled(page);
  made.push('add');
  const panel = page.locator('djust-devtools section.panel');
  await panel.getByRole('tab', { name: 'Events' }).click();
  await panel.evaluate((element) => (element as HTMLElement).style.setProperty('--size', '700px'));
  const rows = panel.getByRole('listbox').getByRole('option');
  await expect(rows).toHaveCount(made.length + 12);
  const names = await rows.locator('.name').allTextContents();
  expect(names).toEqual(made);
  const marks = await panel.locator('.row.mark').allTextContents();
  expect(marks.filter((text) => text.includes('Navigated')).length).toBe(10);
  expect(marks.filter((text) => text.includes('loaded')).length).toBe(2);
});

test('the connection is shown with what its close codes mean; another socket is not captured', async ({
  page,
  watch,
}) => {
  watch.allow(Watch.CUT);
  await unlock(page);
  await page.addInitScript(() =>
    Object.assign(globalThis, { before: [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close] }),
  );
  await open(page, '/counter');
  const isUntouched = await page.evaluate(() => {
    const { before } = globalThis as unknown as { before: unknown[] };
    new WebSocket(`${location.origin.replace('http', 'ws')}/ws/live/?other`);
    return [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close].every((one, at) => one === before[at]);
  });
  expect(isUntouched).toBe(true);
  await page.keyboard.press('Control+Shift+D');
  const panel = page.locator('djust-devtools section.panel');
  await panel.getByRole('tab', { name: 'Settings' }).click();
  await panel.getByLabel('Close code').fill('4429');
  await panel.getByRole('button', { name: 'Close the socket with this code' }).click();
  await panel.getByRole('tab', { name: 'Network' }).click();
  await expect(panel.locator('b').getByText('closed 4429')).toBeVisible();
  await expect(panel.getByText('the rate limit closed the connection. The client waits at least 5 s')).toBeVisible();
  await isBack(page);
  await expect
    .poll(() => panel.getByRole('listbox').getByRole('option').filter({ hasText: 'mount' }).count())
    .toBeGreaterThanOrEqual(3);
  expect(await panel.getByRole('listbox').getByRole('option').filter({ hasText: 'connect' }).count()).toBe(2);
});

test('an error says so once, and opens as large as the page with its place in the source', async ({
  page,
  gallery,
}) => {
  const { root, rows, tab } = await openPanel(page, '/boom');
  await page.getByRole('button', { name: 'A handler throws' }).click();
  await settled(page);
  await expect(page.locator('djust-devtools').getByText('throw: ', { exact: false })).toBeVisible();
  await tab('Events');
  await rows.filter({ hasText: 'throw' }).click();
  await root.getByRole('button', { name: 'Open the error' }).click();
  const overlay = page.getByRole('dialog', { name: 'Error' });
  await expect(overlay.getByText('This handler fails').first()).toBeVisible();
  await expect(overlay.getByText(/boom\.ts:\d+:\d+/).first()).toBeVisible();
  await expect(overlay.getByText('Error 1 of 1')).toBeVisible();
  // The same in the log of the server.
  const logged = gallery.log.findLast(({ error }) => error?.includes('This handler fails'));
  expect(logged?.id).toMatch(/^[0-9a-f]{32}$/);
  await expect(overlay.getByText(logged?.id ?? '', { exact: true })).toBeVisible();
  await expect(overlay.locator('.code .here')).toContainText('throw new');
  const link = overlay.getByRole('link', { name: 'Open in the editor' });
  expect(await link.getAttribute('href')).toMatch(/^vscode:\/\/file\/.*\/boom\.ts:\d+:\d+$/);
  await page.keyboard.press('Escape');
  await expect(overlay).toBeHidden();
});

test('a tab opens although its count changes between the press and the release of the button', async ({ page }) => {
  const { root } = await openPanel(page, '/counter');
  const add = page.getByRole('button', { name: '+10' });
  const count = root.getByRole('tab', { name: 'Events' }).locator('.count');
  await add.click();
  await expect(count).toHaveText('1');
  await count.hover({ force: true });
  await page.mouse.down();
  await add.dispatchEvent('click');
  await expect(count).toHaveText('2');
  await page.mouse.up();
  await expect(root.getByRole('tabpanel', { name: 'Events' })).toBeVisible();
});
