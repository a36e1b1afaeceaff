import { BOOT_VARIANTS } from '../support/boot-pages.ts';
import { recordFrames } from '../support/frames.ts';
import { isLive, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

for (const variant of BOOT_VARIANTS) {
  test(`W39: a client that comes ${variant} starts once, with one socket @firefox`, async ({ page, browserName }) => {
    const frames = recordFrames(page);
    await page.addInitScript(() => {
      Object.assign(globalThis, { mounted: 0 });
      document.addEventListener('djust:view-mounted', () => {
        (globalThis as unknown as { mounted: number }).mounted++;
      });
    });
    await page.goto(`/boot/${variant}`);
    await page.waitForFunction(() => globalThis.djust !== undefined);
    await isLive(page);
    await page.getByRole('button', { name: '+1', exact: true }).click();
    await settled(page);
    await expect(page.locator('#count')).toHaveText('1');
    expect(await page.evaluate(() => (globalThis as unknown as { mounted: number }).mounted)).toBe(1);
    // Firefox does not tell of sockets.
    if (browserName !== 'chromium') return;
    expect(frames.sockets).toBe(1);
    expect(frames.sent.map(({ type }) => type)).toEqual(['mount', 'event']);
  });
}

test('the client and its socket stay the same when scripts are included again later', async ({ page }) => {
  const frames = recordFrames(page);
  await page.goto('/boot/deferred');
  await isLive(page);
  await page.evaluate(() => {
    Object.assign(globalThis, { first: djust });
  });
  // Dynamic imports are what Trusted Types leave.
  for (const url of ['/djust/djust.min.js?again', '/djust/djust.core.min.js', '/djust/djust.js', '/boot/esm.js']) {
    await page.evaluate((source) => import(source), url);
  }
  await settled(page);
  expect(await page.evaluate(() => djust === (globalThis as unknown as { first: unknown }).first)).toBe(true);
  await page.getByRole('button', { name: '+10', exact: true }).click();
  await expect(page.locator('#count')).toHaveText('10');
  expect(frames.sockets).toBe(1);
});
