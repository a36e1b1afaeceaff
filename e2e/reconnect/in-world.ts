import { test as base } from '@playwright/test';
import type { World } from '../../bench/src/chaos/run.ts';
import { openWorld } from '../../bench/src/chaos/world.ts';

/** Tests with the site of the chaos run, the wire to it, and the Redis behind it. */
export const inWorld = base.extend<object, { world: World }>({
  world: [
    async ({ browser }, use) => {
      const world = await openWorld(browser);
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
});
