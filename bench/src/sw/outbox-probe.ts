import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fromRoot } from '../../../scripts/root.ts';
import type { Random } from '../random.ts';
import { controlled, stopWorkers } from './browser.ts';
import { OutboxServer } from './outbox-server.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { workerOf } from './worker.ts';

declare const outbox: { add(n: number): Promise<void>; waiting(): Promise<number>; flush(): Promise<unknown> };

export interface OutboxResult {
  readonly events: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/** Events that are made while tabs close, workers end and the wire loses what it likes. @param isDurable  off: a page that just sends */
export async function probeOutbox(
  browser: Browser,
  { events, random, isDurable = true }: { events: number; random: Random; isDurable?: boolean },
): Promise<OutboxResult> {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  const server = new OutboxServer();
  const context = await browser.newContext();
  try {
    site.assets.set('/assets/outbox.js', await pageScript());
    const path = isDurable ? '/page/outbox' : '/page/naive';
    site.handlers.push(server.handle, (request, response, site) => {
      if (request.url !== path) return false;
      site.page(request, response, {
        title: 'Outbox',
        main: '<h1>Outbox</h1><script src="/assets/outbox.js" defer></script>',
      });
      return true;
    });
    site.worker = await workerOf({ bridge: true });
    let page = await open(context, site, path);
    await controlled(page);
    server.random = random;
    for (let n = 1; n <= events; n++) {
      await page.evaluate((n) => outbox.add(n), n);
      page = await disturb(page, context, random, () => open(context, site, path));
    }
    server.random = undefined;
    await context.setOffline(false);
    page = await open(context, site, path);
    if (isDurable) await drained(page);
    return judge(server.applied, events);
  } finally {
    await context.close();
    await site.close();
  }
}

async function open(context: BrowserContext, site: Site, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.origin + path);
  await page.waitForFunction(() => 'outbox' in globalThis);
  return page;
}

/** Something goes wrong, or nothing does. */
async function disturb(
  page: Page,
  context: BrowserContext,
  random: Random,
  reopen: () => Promise<Page>,
): Promise<Page> {
  const what = random.pick([
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'kill',
    'kill',
    'flush',
    'offline',
    'reload',
    'close',
  ] as const);
  if (what === 'kill') await stopWorkers(page);
  if (what === 'flush') await page.evaluate(() => void outbox.flush());
  if (what === 'offline') {
    await context.setOffline(true);
    await page.evaluate(() => void outbox.flush());
    await context.setOffline(false);
  }
  if (what !== 'reload' && what !== 'close') return page;
  const next = await reopen();
  await page.close();
  return next;
}

/** Until nothing waits any more; the page itself would try again only after a while. */
async function drained(page: Page): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await page.evaluate(() => outbox.flush());
    if ((await page.evaluate(() => outbox.waiting())) === 0) return;
  }
  throw new Error('The queue does not get empty.');
}

function judge(applied: readonly number[], events: number): OutboxResult {
  const seen = new Set(applied);
  let reordered = 0;
  for (let at = 1; at < applied.length; at++) if ((applied[at] as number) < (applied[at - 1] as number)) reordered++;
  return { events, lost: events - seen.size, duplicated: applied.length - seen.size, reordered };
}

async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fromRoot('bench/src/sw/outbox-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source', 'browser'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
