import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { Site, STRICT_POLICY } from '../../bench/src/sw/site.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';

/** A site whose files can be deployed anew: name → text. */
class Deployed {
  readonly site: Site;
  readonly #folder: string;

  constructor(site: Site, folder: string) {
    this.site = site;
    this.#folder = folder;
  }

  async deploy(files: Record<string, string>): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder);
    this.site.assets.clear();
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(this.#folder, name), text);
      this.site.assets.set(`/assets/${name}`, text);
    }
    this.site.worker = await workerOf({ precache: [{ folder: this.#folder, url: '/assets/' }] });
  }

  /** How often the server was asked for the files since the last time. */
  asked(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { path } of this.site.log.splice(0))
      if (path.startsWith('/assets/'))
        counts[path.slice('/assets/'.length)] = (counts[path.slice('/assets/'.length)] ?? 0) + 1;
    return counts;
  }
}

const test = base.extend<{ deployed: Deployed }>({
  deployed: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'djust-sw-'));
    const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
    await use(new Deployed(site, folder));
    await site.close();
    await rm(folder, { recursive: true, force: true });
  },
});

const read = (page: Page, name: string): Promise<string> =>
  page.evaluate(async (name) => (await fetch(`/assets/${name}`)).text(), name);

/** Looks for a new worker; answers how its installation ended. */
const update = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise<ServiceWorker>((done) => {
      registration.addEventListener('updatefound', () => done(registration.installing as ServiceWorker), {
        once: true,
      });
    });
    await registration.update().catch(() => {});
    const worker = await found;
    return new Promise<string>((done) => {
      const look = (): void => {
        if (worker.state !== 'installing') done(worker.state);
      };
      worker.addEventListener('statechange', look);
      look();
    });
  });

test('files are there without the server, and only what has changed is fetched again @firefox', async ({
  page,
  deployed,
}) => {
  await deployed.deploy({ 'app-aaaaaaaa.js': '1;', 'plain.js': '2;', 'other.js': '3;' });
  await page.goto(`${deployed.site.origin}/page/1`);
  await controlled(page);
  expect(deployed.asked()).toEqual({ 'app-aaaaaaaa.js': 1, 'plain.js': 1, 'other.js': 1 });
  expect([await read(page, 'app-aaaaaaaa.js'), await read(page, 'plain.js')]).toEqual(['1;', '2;']);
  expect(deployed.asked()).toEqual({});
  // Text in a field keeps the tab on its build.
  await page.evaluate(() => {
    document.body.insertAdjacentElement('beforeend', document.createElement('input'));
    const field = document.querySelector('input') as HTMLInputElement;
    field.value = 'typed';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await deployed.deploy({ 'app-aaaaaaaa.js': '1;', 'plain.js': '2 changed;', 'other.js': '3;' });
  expect(await update(page)).toBe('installed');
  expect(deployed.asked()).toEqual({ 'plain.js': 1 });
  expect(await read(page, 'plain.js')).toBe('2;');
});

for (const [what, breakIt] of [
  ['is missing', (site: Site) => site.assets.delete('/assets/plain.js')],
  ['is a page in truth', (site: Site) => site.assets.set('/assets/plain.js', '<!DOCTYPE html>')],
] as const)
  test(`a new worker of which a file ${what} does not come in, and the old one goes on @firefox`, async ({
    page,
    deployed,
  }) => {
    await deployed.deploy({ 'plain.js': 'old;', 'other.js': 'old;' });
    await page.goto(`${deployed.site.origin}/page/1`);
    await controlled(page);
    await deployed.deploy({ 'plain.js': 'new;', 'other.js': 'new;' });
    breakIt(deployed.site);
    expect(await update(page)).toBe('redundant');
    expect([await read(page, 'plain.js'), await read(page, 'other.js')]).toEqual(['old;', 'old;']);
  });
