import { expect, test } from '../support/test.ts';
import { FLOWS } from './flows/index.ts';

// Chromium alone: Playwright cannot switch scripts off in Debian's Firefox.
test.use({ javaScriptEnabled: false });

for (const { name, path, readable } of FLOWS) {
  test(`${name} can be read without scripts, and says so`, async ({ page }) => {
    await page.goto(path);
    await readable(page);
    await expect(page.locator('noscript .notice')).toBeVisible();
  });
}
