import { expect, test } from '@playwright/test';
import { median } from '../../bench/src/stats.ts';
import { probeShell } from '../../bench/src/sw/shell-probe.ts';

const DELAY_MS = 600;
const options = { navigations: 4, delayMs: DELAY_MS };

for (const state of ['running', 'stopped'] as const)
  test(`the frame is painted before the server answers, and the server is asked once, with the worker ${state}`, async ({
    browser,
  }) => {
    const { firstMs, mainMs, requests } = await probeShell(browser, state, options);
    expect(requests).toEqual([1, 1, 1, 1]);
    expect(median(firstMs)).toBeLessThan(DELAY_MS);
    expect(Math.min(...mainMs)).toBeGreaterThanOrEqual(DELAY_MS);
  });

test('control: without a worker nothing is painted before the server answers', async ({ browser }) => {
  const { firstMs } = await probeShell(browser, 'none', options);
  expect(Math.min(...firstMs)).toBeGreaterThanOrEqual(DELAY_MS);
});
