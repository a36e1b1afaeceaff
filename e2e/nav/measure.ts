import { type Browser, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browsers.ts';
import { type CountedSite, startSite } from './counted-site.ts';
import { observe, PROBE } from './observer.ts';
import { randomFrom } from './random.ts';
import { Walk } from './walk.ts';

export interface NavReport {
  navigations: number;
  seed: number;
  /** Most mounts of one page's view. */
  initsPerPage: number;
  maxOpenSockets: number;
  /** Sockets that are still open 2 s after the tab was closed. */
  orphanSockets: number;
  scriptRunsExpected: number;
  scriptRunsActual: number;
  loadEvents: number;
  /** Of 100 navigations between live pages. */
  handshakes: number;
  heapGrowthBytes: number;
  /** What pages wrote to the console. */
  said: string[];
}

/** With the cache of whole pages, which Playwright turns off. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...CHROMIUM_ARGS],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

const PAGES = {
  '/plain': () =>
    new Response('<!DOCTYPE html><title>Plain</title><h1>Plain</h1>', { headers: { 'content-type': 'text/html' } }),
  '/slow': async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return new Response('<!DOCTYPE html><title>Slow</title><main>Slow</main>', {
      headers: { 'content-type': 'text/html' },
    });
  },
};

/** Walks at random, then to and fro between live pages, and counts. */
export async function measureNavigation(navigations: number, seed: number): Promise<NavReport> {
  const browser = await launch();
  const site = await startSite({ probe: PROBE, pages: PAGES });
  try {
    const random = await walkAtRandom(browser, site, { navigations, seed });
    const { open } = site.seen;
    const live = await walkBetweenLivePages(browser);
    return { navigations, seed, ...random, orphanSockets: open, ...live };
  } finally {
    await browser.close();
    await site.close();
  }
}

type Walked = Pick<
  NavReport,
  'initsPerPage' | 'maxOpenSockets' | 'scriptRunsExpected' | 'scriptRunsActual' | 'loadEvents' | 'said'
>;

async function walkAtRandom(
  browser: Browser,
  site: CountedSite,
  { navigations, seed }: { navigations: number; seed: number },
): Promise<Walked> {
  const page = await (await browser.newContext()).newPage();
  const observed = await observe(page);
  const walk = new Walk(page, observed, randomFrom(seed));
  await walk.start(site.origin);
  for (let count = 1; count < navigations; count++) await walk.step();
  await page.context().close();
  const end = Date.now() + 2_000;
  while (site.seen.open > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  // Of each page that was shown, however often it was.
  const shown = new Set(observed.loads.map(({ token }) => token));
  const runs = [...observed.runs.values()];
  return {
    initsPerPage: observed.mostInits,
    maxOpenSockets: site.seen.most,
    scriptRunsExpected: shown.size,
    scriptRunsActual: runs.reduce((sum, times) => sum + times, 0),
    loadEvents: observed.loads.length,
    said: observed.said.filter((line) => !/status of (404|500)/.test(line)),
  };
}

const ROUNDS = 100;

async function walkBetweenLivePages(browser: Browser): Promise<Pick<NavReport, 'handshakes' | 'heapGrowthBytes'>> {
  const site = await startSite();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}/counter`);
  const go = async (round: number): Promise<void> => {
    const path = round % 2 === 0 ? '/clock' : '/counter';
    await page.locator(`nav a[href="${path}"]`).click();
    await page.waitForFunction((wanted) => location.pathname === wanted && djust.phase === 'live', path);
  };
  // What is built up once, caches and code, is no growth.
  for (let round = 0; round < 20; round++) await go(round);
  const before = await heapOf(page);
  for (let round = 0; round < ROUNDS; round++) await go(round);
  const heapGrowthBytes = (await heapOf(page)) - before;
  await page.context().close();
  await site.close();
  return { handshakes: site.seen.handshakes, heapGrowthBytes };
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
