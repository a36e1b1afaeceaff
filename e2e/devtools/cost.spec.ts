import type { Page } from '@playwright/test';
import { open, settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, panelOf, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });

/** Listeners of the panel that run in the middle of a patch. */
async function inPatch(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const own = new Set<string>();
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => {
    if (url.includes('/djust-devtools/')) own.add(scriptId);
  });
  await session.send('Debugger.enable');
  const { result } = await session.send('Runtime.evaluate', { expression: 'document' });
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
  await session.detach();
  expect(own.size).toBeGreaterThan(0);
  const isPatch = (type: string): boolean => type === 'djust:before-patch' || type === 'djust:patched';
  return listeners.filter(({ type, scriptId }) => isPatch(type) && own.has(scriptId)).length;
}

test('no code of a closed panel runs in a patch, and yet it knows how long patches took', async ({ page }) => {
  await unlock(page);
  await open(page, '/counter');
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  expect(await inPatch(page)).toBe(0);
  await page.keyboard.press('Control+Shift+D');
  const { rows, root, tab } = await panelOf(page);
  // The control: while somebody looks, it does.
  expect(await inPatch(page)).toBeGreaterThan(1);
  await tab('Events');
  await rows.filter({ hasText: 'add' }).click();
  await expect(root.getByText('putting in place', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();
  expect(await inPatch(page)).toBe(0);
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
  // What the server tells of a row may still be on its way: then it is filled once more, and stays from then on.
  await expect(async () => {
    const row = rows.filter({ hasText: '#30' });
    await row.evaluate((element) => Object.assign(element, { wasThere: true }));
    await push(1);
    const count = await page.evaluate(() => document.querySelector('#count')?.textContent ?? '');
    await expect(rows.filter({ hasText: `#${count}` })).toBeVisible();
    expect(await row.evaluate((element) => 'wasThere' in element)).toBe(true);
  }).toPass({ timeout: 40_000 });
});
