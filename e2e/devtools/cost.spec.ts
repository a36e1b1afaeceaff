import type { Page } from '@playwright/test';
import { open, settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, panelOf, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });

/** Listeners of the document that run in the middle of a patch. */
async function inPatch(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', { expression: 'document' });
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
  await session.detach();
  return listeners.filter(({ type }) => type === 'djust:before-patch' || type === 'djust:patched').length;
}

test('no code of a closed panel runs in a patch, and yet it knows how long patches took', async ({ page, watch }) => {
  watch.allow(/ERR_FAILED/);
  const add = async (): Promise<void> => {
    await page.getByRole('button', { name: '+10' }).click();
    await settled(page);
  };
  await unlock(page);
  await page.route('**/djust-devtools/djust-devtools.js', (route) => route.abort());
  await open(page, '/counter');
  // The client begins to listen with the first event.
  await add();
  const absent = await inPatch(page);
  await page.unroute('**/djust-devtools/djust-devtools.js');
  await open(page, '/counter');
  await add();
  expect(await inPatch(page)).toBe(absent);
  await page.keyboard.press('Control+Shift+D');
  const { rows, root, tab } = await panelOf(page);
  // The control: while somebody looks, it does.
  expect(await inPatch(page)).toBeGreaterThan(absent);
  await tab('Events');
  await rows.filter({ hasText: 'add' }).last().click();
  await expect(root.getByText('putting in place', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();
  expect(await inPatch(page)).toBe(absent);
});

test('some thousand rows are a few dozen elements, and a row that stays is not made anew', async ({ page }) => {
  test.setTimeout(90_000);
  await unlock(page);
  await open(page, '/counter');
  await page.keyboard.press('Control+Shift+D');
  const { rows, tab } = await panelOf(page);
  await tab('Events');
  const push = (count: number): Promise<void> =>
    page.evaluate(async (times) => {
      for (let at = 0; at < times; at++) void djust.push('add', { by: 1 });
      await djust.settled();
    }, count);
  await push(30);
  await expect(rows.filter({ hasText: '#30' })).toBeVisible();
  expect(await rows.count()).toBeLessThan(40);
  await rows.filter({ hasText: '#30' }).evaluate((row) => Object.assign(row, { wasThere: true }));
  await push(3);
  await expect(rows.filter({ hasText: '#33' })).toBeVisible();
  expect(await rows.filter({ hasText: '#30' }).evaluate((row) => 'wasThere' in row)).toBe(true);
});
