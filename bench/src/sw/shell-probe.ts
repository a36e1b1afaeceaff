import type { Browser, Page } from 'playwright-core';
import { clickAndTime, controlled, type Paints, stopWorkers, watchPaints } from './browser.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { workerOf } from './worker.ts';

export type WorkerState = 'none' | 'running' | 'stopped';

export interface ShellResult {
  readonly firstMs: number[];
  readonly mainMs: number[];
  /** Of each navigation, as the server counted. */
  readonly requests: number[];
}

const WARM = 4;

/** From page to page by clicks, with the worker in one of its states. */
export async function probeShell(
  browser: Browser,
  state: WorkerState,
  { navigations, delayMs }: { navigations: number; delayMs: number },
): Promise<ShellResult> {
  const site = await Site.open({ delayMs, policy: STRICT_POLICY });
  const context = await browser.newContext();
  try {
    if (state !== 'none') site.worker = await workerOf();
    await watchPaints(context);
    const page = await context.newPage();
    await page.goto(`${site.origin}/page/0`);
    if (state !== 'none') await controlled(page);
    // The first ones compile what the others find ready, and show the worker that these addresses are pages.
    for (let number = 1; number <= WARM; number++) await walk(page, site, number, state);
    const results: ShellResult = { firstMs: [], mainMs: [], requests: [] };
    for (let number = WARM + 1; number <= WARM + navigations; number++) {
      const paints = await walk(page, site, number, state);
      results.firstMs.push(paints.firstMs);
      results.mainMs.push(paints.mainMs);
      results.requests.push(site.count(`/page/${number}`));
    }
    return results;
  } finally {
    await context.close();
    await site.close();
  }
}

async function walk(page: Page, site: Site, number: number, state: WorkerState): Promise<Paints> {
  if (state === 'stopped') await stopWorkers(page);
  return clickAndTime(page, `#to-${number}`, `${site.origin}/page/${number}`);
}
