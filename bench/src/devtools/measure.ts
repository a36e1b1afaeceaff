import type { Browser, Page } from 'playwright-core';
import { pairedRatio, quantile } from '../stats.ts';

/** What the panel costs, as `npm run bench:devtools` reports it. */
export interface PanelCost {
  readonly closedRatioP95: number;
  readonly openRatioP95: number;
  readonly heldBytes: number;
  /** The longest of any round, also without the panel: what the machine does is in all three. */
  readonly longestTaskMs: Readonly<Record<Kind, number>>;
  readonly openMs10MbState: number;
  readonly filterMs5000Events: number;
}

export interface Plan {
  readonly origin: string;
  readonly rounds: number;
  /** Events of a round, at 200 a second. */
  readonly events: number;
  say(line: string): void;
}

const EVERY_MS = 5;

type Client = { push(event: string): Promise<unknown>; phase: string; settled(): Promise<void> };
const live = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as { djust?: Client }).djust?.phase === 'live');

type Kind = 'absent' | 'closed' | 'open';

/** The 95th percentile of the time from the first act of a patch to its last, listeners included, in one round. */
async function round(page: Page, events: number): Promise<{ p95: number; longestMs: number }> {
  const { times, longestMs } = await page.evaluate(
    async ([count, everyMs]) => {
      const { djust } = globalThis as unknown as { djust: Client };
      const found: number[] = [];
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({ type: 'longtask' });
      let from = 0;
      // Methods: the compiler of the benchmark wraps functions with a name into one that the page does not have.
      const on = {
        before() {
          from = performance.now();
        },
        after() {
          found.push(performance.now() - from);
        },
      };
      // On the window while it goes down and while it comes back up: what others do on the document lies between.
      addEventListener('djust:before-patch', on.before, { capture: true });
      addEventListener('djust:patched', on.after);
      for (let at = 0; at < count; at++) {
        void djust.push('turn');
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      await djust.settled();
      removeEventListener('djust:before-patch', on.before, { capture: true });
      removeEventListener('djust:patched', on.after);
      observer.disconnect();
      return { times: found, longestMs: longest };
    },
    [events, EVERY_MS] as const,
  );
  return { p95: quantile(times, 0.95), longestMs };
}

/** Pages with and without the panel take turns, so that all three have the same machine. */
export async function measureRatios(
  browser: Browser,
  plan: Plan,
): Promise<Pick<PanelCost, 'closedRatioP95' | 'openRatioP95' | 'heldBytes' | 'longestTaskMs'>> {
  const kinds: readonly Kind[] = ['absent', 'closed', 'open'];
  const pages = {} as Record<Kind, Page>;
  for (const kind of kinds) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(plan.origin + (kind === 'absent' ? '/bare/table' : '/table'));
    await live(page);
    if (kind === 'open') await openTab(page, 'events');
    pages[kind] = page;
  }
  const results: Record<Kind, number[]> = { absent: [], closed: [], open: [] };
  const longestTaskMs: Record<Kind, number> = { absent: 0, closed: 0, open: 0 };
  // The first round warms up.
  for (let at = 0; at <= plan.rounds; at++) {
    for (const kind of at % 2 === 0 ? kinds : [...kinds].reverse()) {
      await pages[kind].bringToFront();
      const { p95, longestMs } = await round(pages[kind], plan.events);
      if (at === 0) continue;
      results[kind].push(p95);
      longestTaskMs[kind] = Math.max(longestTaskMs[kind], longestMs);
    }
    plan.say(
      `round ${at}: ${kinds.map((kind) => `${kind} ${results[kind].at(-1)?.toFixed(2) ?? 'warming up'}`).join(', ')}`,
    );
  }
  const heldBytes = await pages.open.evaluate(
    () =>
      (globalThis as unknown as Record<symbol, { heldBytes: number }>)[Symbol.for('djust.devtools')]?.heldBytes ?? 0,
  );
  for (const page of Object.values(pages)) await page.context().close();
  return {
    closedRatioP95: pairedRatio(results.closed, results.absent),
    openRatioP95: pairedRatio(results.open, results.absent),
    heldBytes,
    longestTaskMs,
  };
}

const openTab = (page: Page, tab: string): Promise<void> =>
  page.evaluate(async (name) => {
    const panel = (
      globalThis as unknown as Record<symbol, { open(tab: string): void; shown(tab: string): Promise<void> }>
    )[Symbol.for('djust.devtools')];
    panel?.open(name);
    await panel?.shown(name);
  }, tab);

/** From the call that opens the tab to the state of 10 MB in it; a new session each time, whose state nobody has measured. */
export async function measureLargeState(browser: Browser, { origin, rounds }: Plan): Promise<number> {
  const page = await (await browser.newContext()).newPage();
  const times: number[] = [];
  for (let at = 0; at <= rounds; at++) {
    await page.goto(`${origin}/large`);
    await live(page);
    await openTab(page, 'overview');
    await page.waitForFunction(() => document.querySelector('djust-devtools'));
    // Its code is loaded before: what is measured is the state.
    await page.evaluate(() => import('/djust-devtools/tab-state.js' as string));
    const took = await page.evaluate(async () => {
      const panel = (globalThis as unknown as Record<symbol, Shown>)[Symbol.for('djust.devtools')];
      const from = performance.now();
      panel?.open('state');
      await panel?.shown('state');
      return performance.now() - from;
    });
    if (at > 0) times.push(took);
  }
  await page.context().close();
  return quantile(times, 0.5);
}

interface Shown {
  open(tab: string): void;
  shown(tab: string): Promise<void>;
}
