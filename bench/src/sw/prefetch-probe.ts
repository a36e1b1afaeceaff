import type { Browser, Page } from 'playwright-core';
import { message } from '../../../packages/sw/src/messages.ts';
import type { Random } from '../random.ts';
import { controlled, type Paints, readPaints, watchPaints } from './browser.ts';
import { HAZARDS } from './hazards.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { workerOf } from './worker.ts';

export interface PrefetchResult {
  /** Of each page that was opened, as the server counted. */
  readonly requests: number[];
  readonly mainMs: number[];
  /** How many of them were asked for ahead. */
  readonly ahead: number;
}

export interface PrefetchOptions {
  readonly trials: number;
  readonly delayMs: number;
  /** How long the pointer rests on a link before the click; drawn anew for each when absent. */
  readonly hoverMs?: number;
  readonly random: Random;
  readonly isOn?: boolean;
}

/** Points at a link, waits a little, clicks: again and again, each time a page that was never seen. */
export async function probePrefetch(browser: Browser, options: PrefetchOptions): Promise<PrefetchResult> {
  const { trials, delayMs, random, isOn = true } = options;
  const site = await Site.open({ delayMs, policy: STRICT_POLICY });
  const context = await browser.newContext();
  try {
    site.worker = await workerOf({ prefetch: isOn });
    await watchPaints(context);
    const page = await context.newPage();
    await page.goto(`${site.origin}/page/0`);
    await controlled(page);
    await hoverAndClick(page, site, 1, 200);
    const result = { requests: [] as number[], mainMs: [] as number[], ahead: 0 };
    for (let number = 2; number < trials + 2; number++) {
      // From before the pointer has rested long enough to long after the answer has come.
      const hoverMs = options.hoverMs ?? 20 + random.int(600);
      const { mainMs } = await hoverAndClick(page, site, number, hoverMs);
      const path = `/page/${number}`;
      result.requests.push(site.count(path));
      result.mainMs.push(mainMs);
      result.ahead += site.log.filter((seen) => seen.path === path && seen.kind === 'prefetch').length;
    }
    return result;
  } finally {
    await context.close();
    await site.close();
  }
}

async function hoverAndClick(page: Page, site: Site, number: number, hoverMs: number): Promise<Paints> {
  await page.mouse.move(2, 2);
  await page.evaluate(() => {
    addEventListener(
      'click',
      (event) => sessionStorage.setItem('clicked', String(performance.timeOrigin + event.timeStamp)),
      {
        capture: true,
      },
    );
  });
  await page.hover(`#to-${number}`);
  await site.delay(hoverMs);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForURL(`${site.origin}/page/${number}`);
  const clickedAt = Number(await page.evaluate(() => sessionStorage.getItem('clicked')));
  return readPaints(page, clickedAt);
}

/**
 * Opens a page and wishes for it too late, when its navigation is through; then wishes for another one.
 * @returns how often the server was asked for each
 */
export async function probeLateWish(browser: Browser): Promise<{ opened: number; wished: number }> {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  const context = await browser.newContext();
  try {
    site.worker = await workerOf({ prefetch: true });
    const page = await context.newPage();
    await page.goto(`${site.origin}/page/0`);
    await controlled(page);
    // The first thing that the new document does.
    await page.addInitScript(
      (wish) => navigator.serviceWorker.controller?.postMessage(wish),
      message('prefetch', { url: `${site.origin}/page/1` }),
    );
    await page.evaluate(() => location.assign('/page/1'));
    await page.waitForURL(`${site.origin}/page/1`);
    await page.evaluate(
      (wish) => navigator.serviceWorker.controller?.postMessage(wish),
      message('prefetch', { url: `${site.origin}/page/2` }),
    );
    for (let waited = 0; waited < 250 && site.count('/page/2') === 0; waited++) await site.delay(20);
    return { opened: site.count('/page/1'), wished: site.count('/page/2') };
  } finally {
    await context.close();
    await site.close();
  }
}

/** Rests the pointer on thirty links that do something when they are read, and on one that does not. @returns what was asked for */
export async function probeHazards(browser: Browser): Promise<{ hazards: string[]; harmless: number }> {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  const context = await browser.newContext();
  try {
    site.worker = await workerOf({ prefetch: true });
    site.handlers.push((request, response, site) => {
      if (request.url !== '/page/hazards') return false;
      const links = HAZARDS.map((link, at) => `<li id="hazard-${at}">${link}</li>`).join('');
      site.page(request, response, {
        title: 'Hazards',
        main: `<ul>${links}</ul><a id="harmless" href="/page/1">A page</a>`,
      });
      return true;
    });
    const page = await context.newPage();
    await page.goto(`${site.origin}/page/hazards`);
    await controlled(page);
    const before = site.log.length;
    for (let at = 0; at < HAZARDS.length; at++) {
      await page.hover(`#hazard-${at} > *`);
      await site.delay(120);
    }
    const hazards = site.log.slice(before).map(({ path }) => path);
    // The same wait is long enough for a link that may be read.
    await page.hover('#harmless');
    await site.delay(120);
    for (let waited = 0; waited < 50 && site.count('/page/1') === 0; waited++) await site.delay(20);
    return { hazards, harmless: site.count('/page/1') };
  } finally {
    await context.close();
    await site.close();
  }
}
