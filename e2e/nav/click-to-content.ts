import type { Browser, Page } from '@playwright/test';
import { startSite } from './counted-site.ts';

/** Medians, from a click to the content of the next page, per way of getting there. */
export interface ClickToContent {
  readonly rounds: number;
  readonly delayMs: number;
  readonly plainMs: number;
  readonly coldMs: number;
  readonly warmMs: number;
}

const WAYS = ['plain', 'cold', 'warm'] as const;

type Way = (typeof WAYS)[number];

const DELAY_MS = 100;

/**
 * Ways to the same page, one after the other in each round, so that what slows the machine down slows all of them:
 * loaded by the browser, fetched on the click, fetched ahead while the pointer rested on the link.
 */
export async function measureClicks(browser: Browser, rounds: number): Promise<ClickToContent> {
  const site = await startSite({ delayMs: DELAY_MS });
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    // By the clock on the wall: the click may be in another document.
    new MutationObserver(() => {
      if (document.querySelector('textarea'))
        sessionStorage.setItem('shown', `${sessionStorage.getItem('shown') ?? Date.now()}`);
    }).observe(document, { childList: true, subtree: true });
  });
  const took: Record<Way, number[]> = { plain: [], cold: [], warm: [] };
  for (let round = 0; round < rounds; round++)
    for (const way of WAYS) took[way].push(await clickOnce(page, site.origin, way));
  await page.context().close();
  await site.close();
  const [plainMs, coldMs, warmMs] = WAYS.map((way) => median(took[way])) as [number, number, number];
  return { rounds, delayMs: DELAY_MS, plainMs, coldMs, warmMs };
}

async function clickOnce(page: Page, origin: string, way: Way): Promise<number> {
  await page.goto(`${origin}/tasks`);
  await page.waitForFunction(() => 'turbonav' in globalThis && document.readyState === 'complete');
  const link = page.locator('nav a[href="/notes"]');
  if (way === 'warm') {
    const response = page.waitForResponse('**/notes');
    await link.dispatchEvent('mouseover', { bubbles: true });
    await (await response).finished();
  }
  await link.evaluate((element, isPlain) => {
    if (isPlain) element.setAttribute('data-turbo', 'false');
    sessionStorage.removeItem('shown');
    sessionStorage.setItem('clicked', `${Date.now()}`);
    (element as HTMLElement).click();
  }, way === 'plain');
  await page.waitForFunction(() => sessionStorage.getItem('shown') !== null);
  return page.evaluate(() => Number(sessionStorage.getItem('shown')) - Number(sessionStorage.getItem('clicked')));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
