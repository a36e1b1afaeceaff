import { writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
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

/** Opens a page and waits until its view is mounted. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  await expect.poll(() => page.evaluate(() => djust.phase), { timeout: 15_000 }).toBe('live');
}
