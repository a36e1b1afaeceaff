import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

test('what passes between the page and its worker is listed beside the socket, while the panel is open', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/notes');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const isTapped = (): Promise<boolean> =>
    page.evaluate(
      () =>
        typeof (globalThis as unknown as { __DJUST_TAP__: { worker?: unknown } }).__DJUST_TAP__.worker === 'function',
    );
  expect(await isTapped()).toBe(true);
  await tab('Network');
  const way = root.getByRole('combobox', { name: 'Way' });
  await way.selectOption('worker');
  // There is a network again: the worker sends what waits, and says so.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(rows.filter({ hasText: '↑' }).filter({ hasText: 'flush' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: '↓' }).filter({ hasText: 'synced' })).not.toHaveCount(0);
  // The worker of somebody else speaks another language; one that speaks ours is the control.
  await page.evaluate(() => {
    for (const data of [{ type: 'stranger' }, 'stranger', { djust: 2, type: 'stranger' }, { djust: 1, type: 'known' }])
      navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data }));
  });
  await expect(rows.filter({ hasText: 'known' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'stranger' })).toHaveCount(0);
  await rows.filter({ hasText: 'synced' }).first().click();
  const detail = root.getByRole('region', { name: 'The selected frame' });
  await expect(detail.getByRole('definition').filter({ hasText: /^worker$/ })).toBeVisible();
  await way.selectOption('socket');
  await expect(rows.filter({ hasText: 'connect' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: 'synced' })).toHaveCount(0);
  await way.selectOption('sse');
  await expect(rows).toHaveCount(0);
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();
  expect(await isTapped()).toBe(false);
});
