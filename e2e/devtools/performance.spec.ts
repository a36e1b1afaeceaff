import type { Page } from '@playwright/test';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

test('the way of each event is a row, the slowest or the latest first, and leads to the event @firefox', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const { root, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await settled(page);
  // Slower than any other, whatever else the machine does.
  await page.evaluate(() =>
    document.addEventListener(
      'djust:before-patch',
      () => {
        const end = performance.now() + 300;
        while (performance.now() < end);
      },
      { once: true },
    ),
  );
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  await page.getByRole('button', { name: '−1', exact: true }).click();
  await settled(page);
  await tab('Performance');
  const rows = root.getByRole('list', { name: 'Events' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('#2');
  const steps = /in the queue .*network, there .*handler .*network, back .*putting in place .*style, layout, paint/;
  await expect(rows.first().getByRole('img', { name: steps })).toBeVisible();
  await root.getByRole('combobox', { name: 'Order' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.first()).toContainText('#3');
  await rows.nth(1).getByRole('button').focus();
  await page.keyboard.press('Enter');
  const detail = root.getByRole('region', { name: 'The selected event' });
  await expect(detail.getByText('#2', { exact: true })).toBeVisible();
});

/** What the page observes now, by the type of entry. */
const observed = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as unknown as { observed: Map<unknown, string> }).observed.values()].sort());

test('long tasks are observed while they are shown, and those of before are there', async ({ page }) => {
  test.setTimeout(90_000);
  await page.addInitScript(() => {
    const now = new Map<unknown, string>();
    Object.assign(globalThis, { observed: now });
    const { observe, disconnect } = PerformanceObserver.prototype;
    PerformanceObserver.prototype.observe = function (options) {
      now.set(this, options?.type ?? '');
      observe.call(this, options);
    };
    PerformanceObserver.prototype.disconnect = function () {
      now.delete(this);
      disconnect.call(this);
    };
  });
  const { root, tab } = await openPanel(page, '/counter');
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        setTimeout(() => {
          const end = performance.now() + 200;
          while (performance.now() < end);
          done();
        });
      }),
  );
  await tab('Events');
  expect(await observed(page)).toEqual([]);
  await tab('Performance');
  await expect(root.getByRole('cell', { name: 'long task' }).first()).toBeVisible();
  expect(await observed(page)).toEqual(['event', 'longtask']);
  await tab('Events');
  expect(await observed(page)).toEqual([]);
  // A panel that is closed shows nothing, whichever tab was open.
  await tab('Performance');
  expect(await observed(page)).toEqual(['event', 'longtask']);
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();
  expect(await observed(page)).toEqual([]);
  await page.keyboard.press('Control+Shift+D');
  await expect(root.getByRole('tabpanel', { name: 'Performance' })).toBeVisible();
  expect(await observed(page)).toEqual(['event', 'longtask']);
});
