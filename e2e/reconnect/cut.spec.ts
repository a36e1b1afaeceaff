import type { Page } from '@playwright/test';
import { recordFrames } from '../support/frames.ts';
import { isLive, open, phase, settled } from '../support/page.ts';
import { expect } from '../support/test.ts';
import { wired as test } from '../support/wired.ts';

const count = (page: Page) => page.locator('#count');
const plusOne = (page: Page) => page.getByRole('button', { name: '+1', exact: true }).click();

/** Past the pause between two pings, and past the patience that follows. */
const PING_MS = 25_000;
const PATIENCE_MS = 10_000;

test('W35: a connection that breaks is taken up again, with its state and without another mount @firefox', async ({
  page,
  wire,
  ownGallery,
}) => {
  await open(page, `${wire.origin}/counter`);
  await plusOne(page);
  await settled(page);
  wire.cut();
  await expect.poll(() => phase(page)).not.toBe('live');
  await plusOne(page);
  await isLive(page);
  await settled(page);
  await expect(count(page)).toHaveText('2');
  expect(ownGallery.mounts).toEqual(['gallery.counter']);
});

test('an event whose answer was lost takes effect once @firefox', async ({ page, wire }) => {
  await open(page, `${wire.origin}/counter`);
  wire.muteServer();
  await plusOne(page);
  await plusOne(page);
  await expect.poll(() => page.evaluate(() => djust.openEvents)).toBe(2);
  // The server has both by now, and has answered into the void.
  const witness = await page.context().newPage();
  await open(witness, `${wire.origin}/counter`);
  wire.cut();
  await isLive(page);
  await settled(page);
  await expect(count(page)).toHaveText('2');
  await plusOne(page);
  await expect(count(page)).toHaveText('3');
});

test('a peer that says nothing any more is given up, and the page goes on @firefox', async ({ page, wire }) => {
  await page.clock.install();
  await open(page, `${wire.origin}/counter`);
  await plusOne(page);
  await settled(page);
  wire.freeze();
  await plusOne(page);
  expect(await phase(page)).toBe('live');
  await page.clock.fastForward(PING_MS);
  expect(await phase(page)).toBe('live');
  await page.clock.fastForward(PATIENCE_MS);
  await expect.poll(() => phase(page)).not.toBe('live');
  await isLive(page);
  await settled(page);
  await expect(count(page)).toHaveText('2');
});

test('a peer that answers pings is kept however long nothing else happens', async ({ page, wire }) => {
  const frames = recordFrames(page);
  await page.clock.install();
  await open(page, `${wire.origin}/counter`);
  const phases: string[] = [];
  await page.exposeFunction('changed', (to: string) => phases.push(to));
  await page.evaluate(() =>
    document.addEventListener('djust:phase-changed', (event) => {
      (globalThis as unknown as { changed(to: string): void }).changed(
        (event as CustomEvent<{ phase: string }>).detail.phase,
      );
    }),
  );
  for (let pings = 1; pings <= 4; pings++) {
    await page.clock.runFor(PING_MS);
    // The hands of the page turn faster than the answer travels.
    await expect.poll(() => frames.of('pong').length).toBe(pings);
    await page.clock.runFor(PATIENCE_MS);
  }
  expect(phases).toEqual([]);
  await plusOne(page);
  await expect(count(page)).toHaveText('1');
});
