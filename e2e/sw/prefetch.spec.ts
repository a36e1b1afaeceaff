import { expect, test } from '@playwright/test';
import { createRandom } from '../../bench/src/random.ts';
import { median } from '../../bench/src/stats.ts';
import { probeHazards, probeLateWish, probePrefetch } from '../../bench/src/sw/prefetch-probe.ts';

const DELAY_MS = 600;

test('a page that was pointed at is asked for once, however the click falls', async ({ browser }) => {
  const { requests, ahead } = await probePrefetch(browser, { trials: 12, delayMs: 300, random: createRandom(5) });
  expect(requests).toEqual(requests.map(() => 1));
  expect(ahead).toBeGreaterThan(6);
});

test('a wish that comes after the click on its page asks for nothing', async ({ browser }) => {
  expect(await probeLateWish(browser)).toEqual({ opened: 1, wished: 1 });
});

test('a page that was pointed at is there sooner than the server answers', async ({ browser }) => {
  const options = { trials: 4, delayMs: DELAY_MS, hoverMs: DELAY_MS };
  const { mainMs, ahead } = await probePrefetch(browser, { ...options, random: createRandom(1) });
  expect(ahead).toBe(4);
  expect(median(mainMs)).toBeLessThan(DELAY_MS);
});

test('control: with the feature off a click waits for the server', async ({ browser }) => {
  const options = { trials: 3, delayMs: DELAY_MS, hoverMs: DELAY_MS, isOn: false };
  const { mainMs, ahead } = await probePrefetch(browser, { ...options, random: createRandom(1) });
  expect(ahead).toBe(0);
  expect(Math.min(...mainMs)).toBeGreaterThanOrEqual(DELAY_MS);
});

test('a link that does something is never read ahead', async ({ browser }) => {
  expect(await probeHazards(browser)).toEqual({ hazards: [], harmless: 1 });
});
