import type { BrowserContext, Page } from 'playwright-core';
import { clickAndTime, controlled, launchWithLivingPages, watchPaints } from './browser.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { Users } from './users.ts';
import { workerOf } from './worker.ts';

export interface LivingResult {
  /** From the step back to the first frame in which the page can be used. */
  readonly paintMs: number[];
  /** How many of them the browser had kept alive; the others came from the worker. */
  readonly living: number;
}

interface Report {
  readonly isLiving: boolean;
  readonly paintMs: number;
}

const REPORT = '/report';

/** The way back as users have it: Playwright switches off the browser's own cache of living pages. */
export async function probeLiving({ trials, delayMs }: { trials: number; delayMs: number }): Promise<LivingResult> {
  const browser = await launchWithLivingPages();
  const site = await Site.open({ delayMs, policy: STRICT_POLICY });
  try {
    const reports: ((report: Report) => void)[] = [];
    site.handlers.push(({ url = '' }, response) => {
      if (!url.startsWith(REPORT)) return false;
      response.writeHead(204, { connection: 'close' }).end();
      reports.shift()?.(JSON.parse(decodeURIComponent(url.slice(REPORT.length + 1))) as Report);
      return true;
    });
    site.handlers.push(new Users().answer);
    site.worker = await workerOf({ pages: true });
    const context = await browser.newContext();
    await reportWaysBack(context);
    await watchPaints(context);
    const page = await context.newPage();
    await page.goto(`${site.origin}/user/home`);
    await controlled(page);
    const results: Report[] = [];
    for (let trial = 0; trial < trials; trial++) {
      const address = `${site.origin}/user/${1 + (trial % 2)}`;
      await page.goto(address);
      await clickAndTime(page, '#to-3', `${site.origin}/user/3`);
      const reported = new Promise<Report>((done) => reports.push(done));
      await goBack(page);
      results.push(await reported);
      // The page tells of its way back before the tool that drives it has heard of it.
      await page.waitForURL(address, { waitUntil: 'commit' });
    }
    return {
      paintMs: results.map(({ paintMs }) => paintMs),
      living: results.filter(({ isLiving }) => isLiving).length,
    };
  } finally {
    await browser.close();
    await site.close();
  }
}

/** No debugger follows a page into that cache, so the page tells the server. By GET: after a POST nothing kept is sure. */
async function reportWaysBack(context: BrowserContext): Promise<void> {
  await context.addInitScript((report) => {
    addEventListener('pageshow', ({ persisted }) => {
      const startedAt = Number(sessionStorage.getItem('startedAt'));
      sessionStorage.removeItem('startedAt');
      if (!startedAt) return;
      // A task that a frame has queued runs when the frame is through.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const paintMs = performance.timeOrigin + performance.now() - startedAt;
          fetch(`${report}?${JSON.stringify({ isLiving: persisted, paintMs })}`);
        };
        port2.postMessage(0);
      });
    });
  }, REPORT);
}

const goBack = (page: Page): Promise<void> =>
  page.evaluate(() => {
    setTimeout(() => {
      sessionStorage.setItem('startedAt', String(performance.timeOrigin + performance.now()));
      history.back();
    });
  });
