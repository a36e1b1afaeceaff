import type { Browser } from 'playwright-core';
import { clickAndTime, controlled, readPaints, stopWorkers, watchPaints } from './browser.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { keptPages } from './stored.ts';
import { Users } from './users.ts';
import { workerOf } from './worker.ts';

export interface BackResult {
  readonly paintMs: number[];
  /** Pages that were kept after more were visited than may be, with the worker ended between every two. */
  readonly kept: number;
}

export interface BackOptions {
  readonly trials: number;
  readonly delayMs: number;
  readonly kills: number;
  readonly isOn?: boolean;
}

export const MAX_KEPT = 10;

/** Back to a page that was just left; then more pages than may be kept, with a worker that never lives long. */
export async function probeBack(browser: Browser, options: BackOptions): Promise<BackResult> {
  const { trials, delayMs, kills, isOn = true } = options;
  const site = await Site.open({ delayMs, policy: STRICT_POLICY });
  const context = await browser.newContext();
  try {
    site.handlers.push(new Users().answer);
    site.worker = await workerOf(isOn ? { pages: { maxPages: MAX_KEPT } } : {});
    await watchPaints(context);
    const page = await context.newPage();
    await page.goto(`${site.origin}/user/home`);
    await controlled(page);
    await page.reload();
    const paintMs: number[] = [];
    for (let trial = 0; trial < trials; trial++) {
      const [from, to] = [page.url(), `${site.origin}/user/${(trial % 4) + 1}`];
      await clickAndTime(page, `#to-${(trial % 4) + 1}`, to);
      const startedAt = await page.evaluate(() => {
        setTimeout(() => history.back());
        return performance.timeOrigin + performance.now();
      });
      await page.waitForURL(from);
      paintMs.push((await readPaints(page, startedAt)).mainMs);
      await page.waitForLoadState();
    }
    site.delayMs = 0;
    for (let kill = 0; kill < kills; kill++) {
      await page.goto(`${site.origin}/user/kept-${kill}`);
      await stopWorkers(page);
    }
    await page.goto(`${site.origin}/user/home`);
    return { paintMs, kept: isOn ? await keptPages(page) : 0 };
  } finally {
    await context.close();
    await site.close();
  }
}
