import { test as base, expect } from '@playwright/test';
import { Watch } from './watch.ts';

/** Tests that fail when a page says anything that was not expected. */
export const watched = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const watch = new Watch();
      await watch.follow(context);
      await use(watch);
      expect(watch.said, 'what pages wrote to the console').toEqual([]);
    },
    { auto: true },
  ],
});
