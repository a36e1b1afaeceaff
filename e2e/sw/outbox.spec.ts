import { expect, test } from '@playwright/test';
import { createRandom } from '../../bench/src/random.ts';
import { probeOutbox } from '../../bench/src/sw/outbox-probe.ts';

test.setTimeout(90_000);

test('what was done takes effect once and in order, through dead workers, closed tabs and a wire that loses', async ({
  browser,
}) => {
  const result = await probeOutbox(browser, { events: 40, random: createRandom(77) });
  expect(result).toEqual({ events: 40, lost: 0, duplicated: 0, reordered: 0 });
});

test('control: a page that just sends loses some of it', async ({ browser }) => {
  const { lost } = await probeOutbox(browser, { events: 40, random: createRandom(77), isDurable: false });
  expect(lost).toBeGreaterThan(0);
});
