import { expect, test } from '@playwright/test';
import { maxRequests, mismatches, probeFaults } from '../../bench/src/sw/fault-probe.ts';

/** A page that was begun cannot be taken back: the user ends where they were, or on the frame, with one step more behind them. */
const NO_PAGES = ['204 after strict', 'download after strict'];

test('what the server says late is shown as without a worker, and it is asked twice at most', async ({ browser }) => {
  test.setTimeout(240_000);
  const cases = await probeFaults(browser, { policies: ['strict'], times: ['after'] });
  expect(cases.length).toBe(20);
  const others = mismatches(cases).filter(({ name }) => !NO_PAGES.includes(name));
  expect(others).toEqual([]);
  expect(maxRequests(cases)).toBe(2);
});
