import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/browsers.ts';

/** Playwright switches the browser's own cache of living pages off; users have it. */
export function launchWithLivingPages(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...CHROMIUM_ARGS],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

/** Waits until the page has a worker that answers its requests. */
export async function controlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });
}

/** How long the browser may take to end its workers before it is asked again: one may have started meanwhile. */
const STOP_MS = 1_000;

/** Ends every worker of the page at once, as the browser does with one that is idle. With a debugger attached it never does by itself. */
export async function stopWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const running = new Set<string>();
  let settle = (): void => {};
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    // Of a version that has been replaced nobody hears how it ended.
    for (const { versionId, runningStatus, status } of versions)
      if (runningStatus === 'stopped' || status === 'redundant') running.delete(versionId);
      else running.add(versionId);
    if (running.size === 0) settle();
  });
  try {
    await session.send('ServiceWorker.enable');
    do {
      const stopped = new Promise<void>((done) => {
        settle = done;
        setTimeout(done, STOP_MS);
      });
      await session.send('ServiceWorker.stopAllWorkers');
      await stopped;
    } while (running.size > 0);
  } finally {
    await session.detach();
  }
}

/** What is on the screen, where, and how long the way back is. */
export interface Shown {
  readonly url: string;
  readonly text: string;
  readonly historyLength: number;
}

export async function shown(page: Page): Promise<Shown> {
  const [text, historyLength] = await page.evaluate(() => [document.body?.innerText ?? '', history.length] as const);
  return { url: page.url(), text: text.replace(/\s+/g, ' ').trim(), historyLength };
}

/** Notes when the first text and when the page's own text was painted; read after the page has settled. */
export async function watchPaints(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const paints: Record<string, number> = {};
    Object.assign(globalThis, { paints });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { identifier, renderTime } = entry as PerformanceEntry & { identifier?: string; renderTime?: number };
        paints[identifier || entry.name] ??= performance.timeOrigin + (renderTime || entry.startTime);
      }
    }).observe({ type: 'element', buffered: true });
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) paints[name] ??= performance.timeOrigin + startTime;
    }).observe({ type: 'paint', buffered: true });
  });
}

export interface Paints {
  readonly firstMs: number;
  readonly mainMs: number;
}

/** Clicks a link without pointing at it first, and answers how long it took to the first and to the main paint. */
export async function clickAndTime(page: Page, selector: string, url: string): Promise<Paints> {
  const startedAt = await page.evaluate((selector) => {
    const link = document.querySelector<HTMLElement>(selector);
    if (!link) throw new Error(`no ${selector}`);
    setTimeout(() => link.click());
    return performance.timeOrigin + performance.now();
  }, selector);
  await page.waitForURL(url);
  return readPaints(page, startedAt);
}

export async function readPaints(page: Page, startedAt: number): Promise<Paints> {
  const read = await page.waitForFunction(
    () => {
      const { paints } = globalThis as unknown as { paints: Record<string, number> };
      return paints.main && paints['first-contentful-paint'] ? paints : undefined;
    },
    undefined,
    { timeout: 30_000 },
  );
  const paints = (await read.jsonValue()) as Record<string, number>;
  return {
    firstMs: (paints['first-contentful-paint'] as number) - startedAt,
    mainMs: (paints.main as number) - startedAt,
  };
}
