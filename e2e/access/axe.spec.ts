import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { FLOWS } from '../gallery/flows/index.ts';
import { open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A script tag would be against the policy of the page; what the debugger evaluates is not. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const { name, path } of FLOWS) {
      test(`${name} has no serious fault`, async ({ page }) => {
        await open(page, path);
        expect(await faultsOf(page)).toEqual([]);
      });
    }

    test('neither has a form that was found fault with, and its notice', async ({ page }) => {
      await open(page, '/form');
      await page.getByLabel('Name').fill('Ada');
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.getByText(/fields need another look/)).toBeVisible();
      expect(await faultsOf(page)).toEqual([]);
    });

    test('neither has a list in the middle of an edit', async ({ page }) => {
      await open(page, '/todos');
      await page.getByRole('button', { name: 'Edit' }).first().click();
      await expect(page.getByLabel('Change:')).toBeVisible();
      expect(await faultsOf(page)).toEqual([]);
    });

    test('neither has a chat with messages', async ({ page }) => {
      await open(page, '/chat');
      await page.getByLabel('Message', { exact: true }).fill('Hello');
      await page.getByRole('button', { name: 'Send' }).click();
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
    });

    test('neither has a page that lost its connection', async ({ page, watch }) => {
      watch.allow(Watch.CUT);
      await page.routeWebSocket(/./, (socket) => socket.close());
      await page.goto('/counter');
      await expect(page.getByText('Not connected. Trying again …')).toBeVisible();
      expect(await faultsOf(page)).toEqual([]);
    });

    test('neither has the page that says that there is none', async ({ page, watch }) => {
      watch.allow(/404/);
      await page.goto('/nowhere');
      expect(await faultsOf(page)).toEqual([]);
    });
  });
}

for (const width of [320, 768, 1280]) {
  test(`no page is wider than a window of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const { path } of FLOWS) {
      await open(page, path);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overhang, path).toBeLessThanOrEqual(0);
    }
  });
}
