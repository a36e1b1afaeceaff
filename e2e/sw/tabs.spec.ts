import type { Page } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { countLoads, loadsOf, update } from '../../bench/src/sw/updates.ts';
import { settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { KeptSite } from './kept-site.ts';

test.setTimeout(120_000);

test('two new versions come in when no tab would lose anything, neither typed text nor an event on its way @firefox', async ({
  context,
  watch,
}) => {
  watch.allow(Watch.CUT);
  const site = await KeptSite.open(true);
  try {
    await countLoads(context);
    const tabs: Page[] = [];
    let isHeld = true;
    const held: (() => void)[] = [];
    for (const tab of ['idle', 'typing', 'sending']) {
      const page = await context.newPage();
      // What the server answers to the last tab is on its way for as long as the test says.
      if (tab === 'sending')
        await page.routeWebSocket(/\/ws\/live\//, (socket) => {
          const server = socket.connectToServer();
          server.onMessage((text) => {
            if (isHeld && site.adds > 0) held.push(() => socket.send(text));
            else socket.send(text);
          });
        });
      await page.goto(`${site.origin}/counter`);
      await controlled(page);
      await settled(page);
      tabs.push(page);
    }
    const [idle, typing, sending] = tabs as [Page, Page, Page];
    const before = await Promise.all(tabs.map(loadsOf));
    await typing.getByLabel('Text').fill('not sent yet');
    await sending.locator('#add').click();
    await expect.poll(() => held.length).toBeGreaterThan(0);
    for (const build of [2, 3]) {
      await site.deploy(build);
      await update(idle);
    }
    await expect(typing.getByLabel('Text')).toHaveValue('not sent yet');
    expect(await sending.evaluate(() => djust.openEvents)).toBe(1);
    expect(await Promise.all(tabs.map(loadsOf))).toEqual(before);

    isHeld = false;
    for (const release of held) release();
    await expect.poll(() => sending.evaluate(() => djust.openEvents)).toBe(0);
    await expect(sending.getByRole('heading')).toHaveText('nobody: 1');
    await expect(typing.getByLabel('Text')).toHaveValue('not sent yet');
    expect(await Promise.all(tabs.map(loadsOf))).toEqual(before);

    // The last one is ready as well.
    await typing.evaluate(() => document.querySelector('form')?.reset());
    for (const [at, tab] of tabs.entries())
      await expect.poll(() => loadsOf(tab).catch(() => 0), { timeout: 30_000 }).toBe((before[at] as number) + 1);
    for (const tab of tabs) {
      await tab.waitForLoadState();
      await settled(tab);
    }
    // A second time would have come by now: all of them run the worker that is there.
    expect(await Promise.all(tabs.map(loadsOf))).toEqual(before.map((count) => count + 1));
    const waiting = await idle.evaluate(async () => (await navigator.serviceWorker.ready).waiting);
    expect(waiting).toBeNull();
    expect(site.adds).toBe(1);
    for (const tab of tabs) await tab.close();
  } finally {
    await site.close();
  }
});
