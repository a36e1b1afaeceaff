import type { Browser, BrowserContext, Page } from 'playwright-core';
import { controlled, type Shown, shown } from './browser.ts';
import { answerFault, FAULTS, type Fault } from './faults.ts';
import { type Handler, plainPage, Site, STRICT_POLICY } from './site.ts';
import { workerOf } from './worker.ts';

export interface FaultCase {
  readonly name: string;
  readonly plain: Shown;
  readonly withWorker: Shown;
  /** How often the server was asked for the page, with the worker. */
  readonly requests: number;
  /** And without. */
  readonly plainRequests: number;
}

export interface FaultOptions {
  readonly policies: readonly ('none' | 'strict')[];
  readonly times: readonly ('before' | 'after')[];
  /** All of them by default. */
  readonly faults?: readonly Fault[];
}

/** Every fault with and without a worker, one after the other in the same browser. */
export async function probeFaults(
  browser: Browser,
  { policies, times, faults = FAULTS }: FaultOptions,
): Promise<FaultCase[]> {
  const cases: FaultCase[] = [];
  for (const policy of policies) {
    const options = { delayMs: 0, ...(policy === 'strict' && { policy: STRICT_POLICY }) };
    const [plain, worked] = [await Site.open(options), await Site.open(options)];
    worked.worker = await workerOf();
    const contexts = [await browser.newContext(), await browser.newContext()] as const;
    try {
      for (const site of [plain, worked]) site.handlers.push(answerFault);
      const first = await contexts[1].newPage();
      await first.goto(`${worked.origin}/page/0`);
      await controlled(first);
      for (const time of times)
        for (const fault of faults) {
          const path = `/fault/${fault}-${time}`;
          if (!NO_PAGES.includes(fault)) await calmly(first, worked, path);
          const [expected, actual] = await Promise.all([
            visit(contexts[0], plain, path),
            visit(contexts[1], worked, path),
          ]);
          const counts = { requests: worked.count(path), plainRequests: plain.count(path) };
          cases.push({ name: `${fault} ${time} ${policy}`, plain: expected, withWorker: actual, ...counts });
        }
    } finally {
      for (const context of contexts) await context.close();
      for (const site of [plain, worked]) await site.close();
    }
  }
  return cases;
}

/** What never was a page. The others have been one before, or the worker would not begin them early. */
const NO_PAGES: readonly string[] = ['204', 'download'];

/** Opens the address while nothing is wrong with it. */
async function calmly(page: Page, site: Site, path: string): Promise<void> {
  const answer: Handler = (request, response) => {
    if (request.url !== path) return false;
    site.page(request, response, plainPage('/page/1'));
    return true;
  };
  site.handlers.unshift(answer);
  await page.goto(site.origin + path);
  site.handlers.splice(site.handlers.indexOf(answer), 1);
  site.log.length = 0;
}

/** Opens the page by a link in a tab of its own, and looks when nothing happens any more. */
async function visit(context: BrowserContext, site: Site, path: string): Promise<Shown> {
  const page = await context.newPage();
  try {
    await page.goto(`${site.origin}/page/0`);
    await page.evaluate((path) => {
      const link = document.createElement('a');
      link.href = path;
      document.body.append(link);
      setTimeout(() => link.click());
    }, path);
    await quiet(site, path);
    const seen = await shown(page);
    const isBrowsers = seen.url.startsWith('chrome-error:');
    // The browser names the reason in its own words; that there is no page is what counts.
    return {
      ...seen,
      url: seen.url.replace(site.origin, ''),
      text: isBrowsers ? 'an error of the browser' : seen.text,
    };
  } finally {
    await page.close();
  }
}

const QUIET_MS = 2_000;
const LOOK_MS = 50;

/** Until the server has been asked, and then not for a while that is longer than any answer takes: a loop would go on. */
async function quiet(site: Site, path: string): Promise<void> {
  let [count, since] = [-1, Date.now()];
  while (site.count(path) === 0 || Date.now() - since < QUIET_MS) {
    if (site.arrived !== count) [count, since] = [site.arrived, Date.now()];
    await site.delay(LOOK_MS);
  }
}

/** The cases in which a visitor would see something else than without a worker. */
export const mismatches = (cases: readonly FaultCase[]): FaultCase[] =>
  cases.filter(({ plain, withWorker }) => JSON.stringify(plain) !== JSON.stringify(withWorker));

/** How often the server was asked each time the browser went there. */
export const maxRequests = (cases: readonly FaultCase[]): number => Math.max(...cases.map(({ requests }) => requests));
