import type { Browser, Page } from 'playwright-core';

/** What a page of the bench has: no panel, one that is closed, one that is open. */
export type Kind = 'absent' | 'closed' | 'open';

interface Client {
  push(event: string): Promise<unknown>;
  phase: string;
  settled(): Promise<void>;
}

interface Panel {
  readonly heldBytes: number;
  open(tab: string): void;
  shown(tab: string): Promise<void>;
  close(): void;
  dispose(): void;
}

/** 200 events a second. */
export const STEADY_MS = 5;

/** @param prepare  runs before the page is loaded */
export async function openPage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await prepare(page);
  await page.goto(url);
  await live(page);
  return page;
}

export const live = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as { djust?: Client }).djust?.phase === 'live');

/** Makes the page one of this kind, and waits until that has been drawn. */
export const become = (page: Page, kind: Kind, tab = 'events'): Promise<void> =>
  page.evaluate(
    async ([wanted, name]) => {
      const { startDevtools } = (await import('/djust-devtools/djust-devtools.js' as string)) as {
        startDevtools(options?: { isOpen?: boolean }): Panel;
      };
      const panel = startDevtools({ isOpen: false });
      if (wanted === 'absent') panel.dispose();
      if (wanted === 'closed') panel.close();
      if (wanted === 'open') {
        panel.open(name);
        await panel.shown(name);
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
    },
    [kind, tab] as const,
  );

/** Makes so many events, one every `everyMs`, or with 0 each as soon as the one before is answered. */
export const makeEvents = (page: Page, events: number, everyMs: number = STEADY_MS): Promise<void> =>
  page.evaluate(
    async ([count, pauseMs]) => {
      const { djust } = globalThis as unknown as { djust: Client };
      for (let at = 0; at < count; at++) {
        void djust.push('turn');
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      await djust.settled();
    },
    [events, everyMs] as const,
  );

export const heldBytes = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Record<symbol, Panel>)[Symbol.for('djust.devtools')]?.heldBytes ?? 0);
