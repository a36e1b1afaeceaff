import { expect, test } from '@playwright/test';
import { createRandom } from '../../bench/src/random.ts';
import { median } from '../../bench/src/stats.ts';
import { MAX_KEPT, probeBack } from '../../bench/src/sw/back-probe.ts';
import { probePrivacy } from '../../bench/src/sw/privacy-probe.ts';

const DELAY_MS = 600;

for (const seed of [11, 12, 13])
  test(`nothing of one user is left for the next, schedule ${seed}`, async ({ browser }) => {
    const { canaryBytes, story } = await probePrivacy(browser, createRandom(seed));
    expect(canaryBytes, story).toBe(0);
  });

test('control: a server that does not tell of the change leaves something', async ({ browser }) => {
  const { canaryBytes } = await probePrivacy(browser, createRandom(2), true);
  expect(canaryBytes).toBeGreaterThan(0);
});

test('the way back needs no server, and the number of kept pages holds although the worker never lives long', async ({
  browser,
}) => {
  const { paintMs, kept } = await probeBack(browser, { trials: 4, delayMs: DELAY_MS, kills: 20 });
  expect(median(paintMs)).toBeLessThan(DELAY_MS);
  expect(kept).toBe(MAX_KEPT);
});

test('control: with the feature off the way back waits for the server', async ({ browser }) => {
  const { paintMs } = await probeBack(browser, { trials: 2, delayMs: DELAY_MS, kills: 0, isOn: false });
  expect(Math.min(...paintMs)).toBeGreaterThanOrEqual(DELAY_MS);
});
