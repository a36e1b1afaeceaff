import type { Browser } from 'playwright-core';
import { quantile } from '../stats.ts';
import { become, live, openPage } from './page.ts';
import type { Plan } from './ratios.ts';

interface Shown {
  open(tab: string): void;
  shown(tab: string): Promise<void>;
}

/** From the call that opens the tab to the state of 10 MB in it; a new session each time, whose state nobody has measured. */
export async function measureLargeState(browser: Browser, { origin }: Plan, rounds: number): Promise<number> {
  const page = await openPage(browser, `${origin}/large`);
  const times: number[] = [];
  for (let at = 0; at <= rounds; at++) {
    await page.goto(`${origin}/large`);
    await live(page);
    await become(page, 'open', 'overview');
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
