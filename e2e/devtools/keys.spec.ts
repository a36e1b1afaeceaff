import type { Locator } from '@playwright/test';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

/** What a row of the table of keys has, by the text of its action. */
function keyRow(root: Locator, action: string): { key: Locator; change: Locator; reset: Locator; fault: Locator } {
  const row = root.getByRole('row').filter({ has: root.page().getByRole('cell', { name: action, exact: true }) });
  return {
    key: row.locator('kbd'),
    change: row.getByRole('button', { name: action }).first(),
    reset: row.getByRole('button', { name: `Reset: ${action}` }),
    fault: row.getByRole('alert'),
  };
}

test('every key can be changed by keyboard alone, stays changed, and is shown as it is @firefox', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  const changes: readonly [action: string, key: string, shown: string][] = [
    ['Open or close the panel, from the page too', 'Control+Shift+Y', 'Ctrl+Shift+Y'],
    ['Search in the tab', 'f', 'f'],
    ['Replay the selected event on a fork', 'Shift+R', 'Shift+R'],
    ['Open Events', 'F2', 'F2'],
    ['Next tab', 'n', 'n'],
    ['Into the tab; from the search too', 'i', 'i'],
    ['Next row', 's', 's'],
    ['Previous row, by arrow', 'w', 'w'],
    ['Show the keys', 'h', 'h'],
  ];
  await tab('Settings');
  for (const [action, key, shown] of changes) {
    const row = keyRow(root, action);
    await row.change.focus();
    await page.keyboard.press('Enter');
    await expect(row.change).toHaveText('Press the new key');
    await page.keyboard.press(key);
    await expect(row.key).toHaveText(shown);
    await expect(row.change).toHaveText('Change');
    await expect(row.change).toBeFocused();
  }
  await page.reload();
  await settled(page);
  for (const by of [1, 2]) await page.evaluate((add) => djust.push('add', { by: add }), by);
  await expect(root).toBeVisible();
  // Where the focus is on no button of the page.
  await root.getByRole('tab', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(root.getByRole('tabpanel', { name: 'Settings' })).toBeVisible();
  // A tab has the focus at once, what it shows comes a moment later.
  const isAt = async (name: string): Promise<void> => {
    await expect(root.getByRole('tab', { name })).toBeFocused();
    await expect(root.getByRole('tabpanel', { name })).toBeVisible();
  };
  await page.keyboard.press('F2');
  await isAt('Events');
  await page.keyboard.press('n');
  await isAt('Network');
  await page.keyboard.press('ArrowLeft');
  await isAt('Events');
  await page.keyboard.press('f');
  await expect(root.getByRole('searchbox')).toBeFocused();
  // A letter is typed, whatever else it means.
  await page.keyboard.type('hi');
  await expect(root.getByRole('searchbox')).toHaveValue('hi');
  await page.keyboard.press('Escape');
  await root.getByRole('tab', { name: 'Events' }).focus();
  await page.keyboard.press('i');
  await expect(root.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.nth(0)).toHaveAttribute('aria-selected', 'true');
  for (const [key, at] of [
    ['s', 1],
    ['j', 1],
    ['ArrowDown', 2],
    ['w', 1],
    ['ArrowUp', 1],
    ['k', 0],
  ] as const) {
    await page.keyboard.press(key);
    await expect(rows.nth(at), key).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+R');
  await expect(root.getByText('Fork: the same patches as then')).toBeVisible();
  await page.keyboard.press('h');
  await expect(root.getByRole('region', { name: 'Keys' })).toBeFocused();
  for (const [action, , shown] of changes) await expect(keyRow(root, action).key).toHaveText(shown);
  await expect(root.getByRole('button', { name: 'Close', exact: true })).toHaveAttribute(
    'title',
    'Close (Ctrl+Shift+Y)',
  );
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeVisible();
  await page.keyboard.press('Control+Shift+Y');
  await expect(root).toBeHidden();
});

test('a key that another action has is refused with its name, and so are those of the browser’s tools', async ({
  page,
}) => {
  const { root, tab } = await openPanel(page, '/counter');
  await tab('Settings');
  const dock = keyRow(root, 'Move the panel to the next side');
  const pause = keyRow(root, 'Pause or go on recording');
  const isAskedFor = (name: string): Promise<void> => expect(dock.change).toHaveText(name);
  await dock.change.click();
  await page.keyboard.press('p');
  await expect(dock.fault).toHaveText('“Pause or go on recording” has that key. Change it there first.');
  // It waits for another; what was pressed did nothing else.
  await isAskedFor('Press the new key');
  await expect(root.getByRole('button', { name: 'Pause', exact: true })).toHaveAttribute('aria-pressed', 'false');
  await dock.change.dispatchEvent('keydown', { key: 'I', ctrlKey: true, shiftKey: true });
  await expect(dock.fault).toHaveText('That key belongs to the tools of the browser.');
  await page.keyboard.press('Enter');
  await expect(dock.fault).toHaveText('That key belongs to buttons, fields and lists.');
  await page.keyboard.press('Escape');
  await isAskedFor('Change');
  await expect(dock.key).toHaveText('d');
  await expect(dock.reset).toBeDisabled();
  // Once it is free it can be had, and who had it does not get it back meanwhile.
  await pause.change.click();
  await page.keyboard.press('o');
  await dock.change.click();
  await page.keyboard.press('p');
  await expect(dock.key).toHaveText('p');
  await pause.reset.click();
  await expect(pause.fault).toHaveText('“Move the panel to the next side” has that key. Change it there first.');
  await expect(pause.key).toHaveText('o');
  await dock.reset.click();
  await expect(dock.key).toHaveText('d');
  await expect(dock.change).toBeFocused();
  await pause.reset.click();
  await expect(pause.key).toHaveText('p');
  await expect(pause.fault).toHaveText('');
  await page.keyboard.press('d');
  await expect(root).toHaveAttribute('data-dock', 'right');
});
