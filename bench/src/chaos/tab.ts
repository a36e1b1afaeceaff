import type { BrowserContext, Page } from 'playwright-core';

declare const djust: {
  readonly phase: string;
  readonly openEvents: number;
  push(event: string, params: object): Promise<unknown>;
};

/** Ends of events are noted where a crash does not reach them, before anybody else hears of them. */
function noteEnds(): void {
  const noting = document as Document & { isNoting?: boolean };
  if (noting.isNoting) return;
  noting.isNoting = true;
  document.addEventListener('djust:event-settled', (event) => {
    const { params, outcome } = (event as CustomEvent<{ params: { name?: string }; outcome: Record<string, string> }>)
      .detail;
    const key = `end ${params.name}`;
    const end = outcome.status === 'acked' ? 'acked' : `rejected ${outcome.reason}`;
    localStorage[key] = localStorage[key] ? `${localStorage[key]},${end}` : end;
  });
}

export async function prepare(context: BrowserContext): Promise<void> {
  await context.addInitScript(noteEnds);
}

/** Scripts for the start of a page do not reach a window that another one opened. */
export const prepareTwin = (page: Page): Promise<void> => page.evaluate(noteEnds);

export async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  return page;
}

/** A tab some time from now. */
export async function openLater(context: BrowserContext, url: string, ms: number): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, ms);
  await page.goto(url);
  await ready(page);
  return page;
}

/** The client is there, and knows whether an earlier page left something. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => 'phase' in djust && djust.phase !== 'idle', undefined, { timeout: 30_000 });
}

export async function make(page: Page, names: readonly string[]): Promise<void> {
  await page.evaluate((names) => {
    for (const name of names) void djust.push('add', { name });
  }, names);
}

/** Until nothing is open any more. The page is told to try at once: how long it waits by itself grows with every try. */
export async function quiet(page: Page, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    const isQuiet = await page.evaluate(() => {
      dispatchEvent(new Event('online'));
      return djust.phase === 'live' && djust.openEvents === 0;
    });
    if (isQuiet) return true;
    await new Promise((next) => setTimeout(next, 25));
  }
  return false;
}

export const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => Array.from(document.querySelectorAll('#items li'), ({ textContent }) => textContent ?? ''));

export async function ends(page: Page): Promise<Map<string, string[]>> {
  const all = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('end ')));
  return new Map(all.map(([key, value]) => [key.slice('end '.length), String(value).split(',')]));
}

/** The page is live and has written down that it is: from now on a crash finds what was open. */
export const isKeeping = (page: Page): Promise<boolean> => page.evaluate(() => 'djust-outbox' in sessionStorage);

/** What is stored by tabs that may be gone, stream by stream. */
export const streams = (page: Page): Promise<{ events: unknown[] }[]> =>
  page.evaluate(
    () =>
      new Promise<{ events: unknown[] }[]>((resolve) => {
        const asked = indexedDB.open('djust-outbox');
        // Opened for the first time, it is empty; and it must not come to be by our asking.
        asked.onupgradeneeded = () => asked.transaction?.abort();
        asked.onerror = () => resolve([]);
        asked.onsuccess = () => {
          const all = asked.result.transaction('djust-outbox').objectStore('djust-outbox').getAll();
          all.onsuccess = () => {
            asked.result.close();
            resolve(all.result);
          };
        };
      }),
  );

/** How many events are stored by tabs that may be gone. */
export const stored = async (page: Page): Promise<number> =>
  (await streams(page)).reduce((sum, { events }) => sum + events.length, 0);

export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
}
