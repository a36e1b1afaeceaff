import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { controlled } from './browser.ts';
import { type PageAnswer, Site, STRICT_POLICY } from './site.ts';
import { countLoads, loadsOf, update } from './updates.ts';
import { workerOf } from './worker.ts';

export interface UpdateResult {
  /** Characters of the form that were gone when their user came back to it. */
  readonly lostInput: number;
  /** Events that a reload would have cut off. */
  readonly lostEvents: number;
  readonly maxReloadsPerTab: number;
  /** Versions that the tabs run in the end; one when all is well. */
  readonly versions: string[];
  /** A file of the build that the tabs were opened with, asked for after the server has thrown it away. */
  readonly oldFile: number;
}

const FORM: PageAnswer = {
  title: 'A form',
  main: '<h1 elementtiming="main">A form</h1><form><input id="text"></form>',
};

/** Three tabs, two new versions; one tab has text in a form, another has sent an event that is not answered yet. */
export async function probeUpdates(browser: Browser): Promise<UpdateResult> {
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  const folder = await mkdtemp(join(tmpdir(), 'djust-sw-'));
  const context = await browser.newContext();
  try {
    site.handlers.push((request, response, site) => {
      if (request.url !== '/page/form') return false;
      site.page(request, response, FORM);
      return true;
    });
    await deploy(site, folder, 1);
    await countLoads(context);
    const tabs: Page[] = [];
    for (let at = 0; at < 3; at++) {
      const page = await context.newPage();
      await page.goto(`${site.origin}/page/form`);
      await controlled(page);
      tabs.push(page);
    }
    const [idle, typing, sending] = tabs as [Page, Page, Page];
    const loadsBefore = await Promise.all(tabs.map(loadsOf));
    await typing.fill('#text', 'not sent yet');
    await sending.evaluate(() => {
      Object.assign(globalThis, { djust: { openEvents: 1 }, answered: false });
      document.dispatchEvent(new CustomEvent('djust:event-queued'));
    });
    for (const build of [2, 3]) {
      await deploy(site, folder, build);
      await update(idle);
    }
    const lostInput = 'not sent yet'.length - (await typing.inputValue('#text')).length;
    // Now the answer comes, and then the form is sent.
    const isSending = await sending.evaluate(() => 'answered' in globalThis);
    await sending.evaluate(() => {
      Object.assign(globalThis, { djust: { openEvents: 0 } });
      document.dispatchEvent(new CustomEvent('djust:event-settled'));
    });
    const stillTyped = (await typing.inputValue('#text')) === 'not sent yet';
    await typing.evaluate(() => document.querySelector('form')?.reset());
    const loads = await settledLoads(tabs, loadsBefore);
    const versions = await Promise.all(tabs.map(versionOf));
    site.assets.clear();
    const oldFile = await idle.evaluate(async () => (await fetch('/assets/chunk-aaaaaaa1.js')).status);
    return {
      lostInput: stillTyped ? lostInput : 'not sent yet'.length,
      lostEvents: isSending ? 0 : 1,
      maxReloadsPerTab: Math.max(...loads.map((count, at) => count - (loadsBefore[at] as number))),
      versions: [...new Set(versions)],
      oldFile,
    };
  } finally {
    await context.close();
    await site.close();
    await rm(folder, { recursive: true });
  }
}

async function deploy(site: Site, folder: string, build: number): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const [name, text] = [`chunk-aaaaaaa${build}.js`, `export default ${build};`];
  await writeFile(join(folder, name), text);
  site.assets.clear();
  site.assets.set(`/assets/${name}`, text);
  site.worker = await workerOf({ precache: [{ folder, url: '/assets/' }] });
}

/** When every tab has been loaded anew; then a moment longer, in which a loop would go on. */
async function settledLoads(tabs: readonly Page[], before: readonly number[]): Promise<number[]> {
  for (const [at, page] of tabs.entries())
    await page.waitForFunction((loads) => Number(sessionStorage.getItem('loads')) > loads, before[at] as number);
  for (const page of tabs) await page.waitForLoadState();
  await new Promise((done) => setTimeout(done, 1_500));
  return Promise.all(tabs.map(loadsOf));
}

function versionOf(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => done(String(data.result));
        navigator.serviceWorker.controller?.postMessage({ djust: 1, type: 'version' }, [port2]);
      }),
  );
}
