import { writeFileSync } from 'node:fs';
import { expect, type Page, type Request } from '@playwright/test';
import { watched } from '../../support/watched.ts';
import { DjangoProcess } from './django-process.ts';
import { Wiretap } from './wiretap.ts';

interface TestFixtures {
  /** Sees and can add to what passes between the page and the server. */
  wire: Wiretap;
}

interface WorkerFixtures {
  /** The server of this worker, with our client. */
  django: DjangoProcess;
}

export const test = watched.extend<TestFixtures, WorkerFixtures>({
  django: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
    async ({}, use) => {
      const django = await new DjangoProcess('ours').start();
      await use(django);
      await django.end();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ django }, use) => use(django.origin),
  wire: async ({ page }, use, info) => {
    const wire = await Wiretap.on(page);
    await use(wire);
    // The frames tell more about a failure than a picture of the page.
    if (info.status !== info.expectedStatus) writeFileSync(info.outputPath('frames.txt'), wire.log.join('\n'));
  },
});

export { expect };

/** Resolves when nothing is on its way any more. */
export const settled = (page: Page): Promise<void> => page.evaluate(() => djust.settled());

/** Opens a page and waits until its view is mounted, and what the page needs is loaded: a click may need it. */
export async function open(page: Page, path: string): Promise<void> {
  const asked = new Set<string>();
  const note = (request: Request): void => {
    const name = /\/djust\.(\w+)(?:\.min)?\.js$/.exec(new URL(request.url()).pathname)?.[1];
    if (name) asked.add(name);
  };
  page.on('request', note);
  await page.goto(path);
  await settled(page);
  await expect.poll(() => page.evaluate(() => djust.phase), { timeout: 15_000 }).toBe('live');
  await expect.poll(() => missing(page, [...asked]), { timeout: 15_000 }).toEqual([]);
  page.off('request', note);
}

interface Extended {
  use(feature: { name: string; install(context: { features: ReadonlyMap<string, unknown> }): void }): void;
}

/** The add-ons among these that the client does not have yet. A feature is told which others there are. */
const missing = (page: Page, addOns: readonly string[]): Promise<readonly string[]> =>
  page.evaluate((names) => {
    let found: readonly string[] = names;
    (djust as unknown as Extended).use({
      name: `probe ${performance.now()}`,
      install: ({ features }) => {
        found = names.filter((name) => !features.has(name));
      },
    });
    return found;
  }, addOns);
