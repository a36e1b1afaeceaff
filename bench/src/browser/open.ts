import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/browsers.ts';
import { Refusal } from '../../../scripts/command.ts';
import type { BenchPage } from '../page/main.ts';
import type { Fixture } from '../server/fixture.ts';
import { bundle, pageHtml } from './bundle.ts';
import { type Resource, serve } from './serve.ts';

declare const bench: BenchPage;

/** Collecting on demand throws away compiled code that was not used for a few collections; a page in use would keep it. */
const JS_FLAGS = '--js-flags=--expose-gc --no-flush-bytecode';

/** The page from outside: the same calls, across the process boundary. */
export interface RemotePage extends Omit<BenchPage, 'open'> {
  close(): Promise<void>;
}

export interface BenchBrowser {
  readonly version: string;
  /**
   * A page with a workload. Each has a process of its own: what two hundred thousand nodes left behind, though all of it
   * is garbage, makes every collection after it slower.
   */
  open(id: string, seed: number, fixture: Fixture): Promise<RemotePage>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<BenchBrowser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  const script = await bundle();
  let shown: [path: string, resource: Resource] | undefined;
  const site = await serve((path) => {
    if (path === '/') return { type: 'text/html', body: pageHtml() };
    if (path === '/bench.js') return { type: 'text/javascript', body: script };
    return shown?.[0] === path ? shown[1] : undefined;
  });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, JS_FLAGS] });
  return {
    version: browser.version(),
    async open(id, seed, fixture) {
      shown = [`/fixture/${id}`, { type: 'application/json', body: JSON.stringify(fixture) }];
      const page = await loaded(browser, site.origin);
      await page.evaluate(([id, seed]) => bench.open(id, seed), [id, seed] as const);
      return remote(page);
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}

async function loaded(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(`  page: ${message.text()}`));
  await page.goto(origin);
  const isReady = await page.evaluate(() => crossOriginIsolated && typeof gc === 'function' && 'bench' in globalThis);
  if (!isReady) throw new Error(`The page did not start. ${problems.join(' ')}`);
  return page;
}

declare const gc: unknown;

function remote(page: Page): RemotePage {
  return {
    check: (candidate) => page.evaluate((candidate) => bench.check(candidate), candidate),
    samples: (candidate, plan) =>
      page.evaluate(([candidate, plan]) => bench.samples(candidate, plan), [candidate, plan] as const),
    longestTask: (candidate) => page.evaluate((candidate) => bench.longestTask(candidate), candidate),
    messagesOf: (candidate) => page.evaluate((candidate) => bench.messagesOf(candidate), candidate),
    close: () => page.context().close(),
  };
}
