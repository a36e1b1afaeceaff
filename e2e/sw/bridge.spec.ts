import type { BrowserContext, Page } from '@playwright/test';
import { controlled, stopWorkers } from '../../bench/src/sw/browser.ts';
import { addOn, open, settled } from '../support/page.ts';
import { storedEvents } from '../support/stored-events.ts';
import { expect } from '../support/test.ts';
import type { Wire } from '../support/wire.ts';
import { wired } from '../support/wired.ts';

/** Of the same site, and no page: nothing on it sends what another one has left. */
const PICTURE = '/static/icon.svg';

/** A wire to the gallery, and the room as everybody else reads it: on a way that never breaks. */
const test = wired.extend<{ room(): Promise<string[]> }>({
  room: async ({ ownGallery, request }, use) => {
    await use(async () => {
      const html = await (await request.get(`${ownGallery.origin}/chat`)).text();
      return [...html.matchAll(/said-\d/g)].map(([text]) => text);
    });
  },
});

test.setTimeout(90_000);

test.beforeEach(({ watch }) => watch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/));

async function openChat(page: Page, wire: Wire): Promise<void> {
  await open(page, `${wire.origin}/chat`);
  await addOn(page, 'outbox');
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('#text').fill(text);
  await page.keyboard.press('Enter');
}

/** Says three things that the server does not hear, and closes the tab on them. */
async function sayIntoTheVoid(page: Page, context: BrowserContext, wire: Wire): Promise<void> {
  await say(page, 'said-0');
  await settled(page);
  wire.freeze();
  await context.setOffline(true);
  for (const number of [1, 2, 3]) await say(page, `said-${number}`);
  await expect.poll(() => storedEvents(page)).toBe(3);
  await page.close();
  // A device that finds another network lets go of the connections of the old one.
  wire.cut();
}

/** Raises the event of Background Sync as the browser does when there is a network; after a failure it waits for minutes. */
async function syncs(page: Page, origin: string): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  let registrationId = '';
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.at(-1)?.registrationId ?? registrationId;
  });
  await devtools.send('ServiceWorker.enable');
  await expect.poll(() => registrationId).not.toBe('');
  return async () => {
    await devtools.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId,
      tag: 'djust-sync',
      lastChance: false,
    });
  };
}

for (const state of ['running', 'ended'] as const)
  test(`what a live page could not send goes out once and in its order when the page is gone and there is a network, with a worker that has ${state === 'ended' ? 'ended' : 'just run'}`, async ({
    page,
    context,
    wire,
    room,
  }) => {
    await open(page, `${wire.origin}/notes`);
    await controlled(page);
    await openChat(page, wire);
    await page.evaluate((url) => import(url), '/djust-sw/djust-sw.min.js');
    const witness = await context.newPage();
    await witness.goto(wire.origin + PICTURE);
    await sayIntoTheVoid(page, context, wire);
    expect(await room()).toEqual(['said-0']);
    await context.setOffline(false);
    const sync = await syncs(witness, wire.origin);
    await expect(async () => {
      // A browser ends a worker that has nothing to do, and wakes it up for the event.
      if (state === 'ended') await stopWorkers(witness);
      await sync();
      expect(await room()).toEqual(['said-0', 'said-1', 'said-2', 'said-3']);
    }).toPass({ timeout: 30_000, intervals: [1_000] });

    await openChat(witness, wire);
    await settled(witness);
    expect(await room()).toEqual(['said-0', 'said-1', 'said-2', 'said-3']);
  });

test('control: without the worker nobody hears of it while the page is not opened again', async ({
  page,
  context,
  wire,
  room,
}) => {
  await openChat(page, wire);
  const witness = await context.newPage();
  await witness.goto(wire.origin + PICTURE);
  await sayIntoTheVoid(page, context, wire);
  await context.setOffline(false);
  for (let look = 0; look < 10; look++) {
    await witness.goto(wire.origin + PICTURE);
    expect(await room()).toEqual(['said-0']);
  }
});
