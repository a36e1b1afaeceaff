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
