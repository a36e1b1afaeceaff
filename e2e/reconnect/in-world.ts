import { test as base, expect, type Page } from '@playwright/test';
import type { World } from '../../bench/src/chaos/run.ts';
import { prepare, quiet } from '../../bench/src/chaos/tab.ts';
import { openWorld } from '../../bench/src/chaos/world.ts';
import { addOn, phase } from '../support/page.ts';

const MS = 60_000;

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

export const click = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** A page that is live and has all that it needs to wait. */
export async function openLog(page: Page, world: World): Promise<void> {
  await prepare(page.context());
  await page.goto(`${world.line.origin}/log`);
  await quiet(page, MS);
  for (const name of ['outbox', 'adopt', 'waiting']) await addOn(page, name);
}

/** The same, and then it loses its line. */
export async function cutOff(page: Page, world: World): Promise<void> {
  await openLog(page, world);
  world.line.isDown = true;
  world.line.cut();
  await expect.poll(() => phase(page)).toBe('waiting');
}

export async function reconnect(page: Page, world: World): Promise<void> {
  world.line.isDown = false;
  await quiet(page, MS);
}
