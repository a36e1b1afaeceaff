import { open } from '../support/page.ts';
import { test } from '../support/test.ts';
import { isolatedSite } from './isolated-site.ts';
import { expect, openPanel, panelOf, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });

test('the panel says how all memory of a page is measured, and how the server process fares @firefox', async ({
  page,
  browserName,
}) => {
  test.setTimeout(120_000);
  const { root, tab } = await openPanel(page, '/counter');
  await tab('Performance');
  if (browserName === 'chromium') {
    await expect(
      root.getByText(/The page uses [\d.]+ MB of heap\. Send Cross-Origin-Opener-Policy: same-origin/),
    ).toBeVisible();
  } else await expect(root.getByText('This browser does not tell the size of the heap.')).toBeVisible();
  // What is asked again while the tab is open measures how late the process is.
  await expect(async () => {
    await page.getByRole('button', { name: '+1', exact: true }).click();
    await expect(root.getByText(/The server process: .* MB of memory, .*late by [\d.]+ ms at 99 %/)).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 60_000 });
});

test('a page that is isolated from others is measured as a whole', async ({ page, gallery }) => {
  test.setTimeout(180_000);
  const site = await isolatedSite(gallery.origin);
  await unlock(page);
  await open(page, `${site.origin}/counter`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.keyboard.press('Control+Shift+D');
  const { root, tab } = await panelOf(page);
  await tab('Performance');
  await expect(root.getByText(/The page takes [\d.]+ MB, measured within \d+ s/)).toBeVisible({ timeout: 120_000 });
  await expect(
    root.getByRole('table', { name: 'Memory by kind' }).getByRole('row', { name: /JavaScript/ }),
  ).toBeVisible();
  await root.getByRole('button', { name: 'Measure again' }).focus();
  await page.keyboard.press('Enter');
  await expect(root.getByText('The browser measures it when it next collects garbage')).toBeVisible();
  await page.close();
  site.close();
});
