import type { Page } from '@playwright/test';
import { findRedis } from '../../scripts/browsers.ts';
import { RedisProcess } from '../../server-ref/test/redis.ts';
import { GalleryProcess } from '../support/gallery-process.ts';
import { isBack, open, settled } from '../support/page.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

const STORES: readonly [name: string, env: Record<string, string>][] = [
  ['Redis', {}],
  ['hybrid', { STATE_STORE: 'hybrid' }],
  ['the browser', { STATE_SECRET: 'a secret of more than thirty characters' }],
];

interface Site {
  /** What the processes are told besides the address of their Redis. */
  env: Record<string, string>;
  redis: RedisProcess;
  one: GalleryProcess;
  two: GalleryProcess;
  line: TcpProxy;
}

/** A site of two processes on one Redis, behind one address. */
const site = test.extend<Site>({
  env: [{}, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  redis: async ({}, use) => {
    const redis = await RedisProcess.start();
    await use(redis);
    await redis.kill();
  },
  one: async ({ redis, env, flavour }, use) => use_(new GalleryProcess(flavour, { REDIS_URL: redis.url, ...env }), use),
  two: async ({ redis, env, flavour }, use) => use_(new GalleryProcess(flavour, { REDIS_URL: redis.url, ...env }), use),
  line: async ({ one }, use) => {
    const line = await TcpProxy.start(portOf(one));
    await use(line);
    line.close();
  },
});

async function use_(gallery: GalleryProcess, use: (gallery: GalleryProcess) => Promise<void>): Promise<void> {
  await use(await gallery.start());
  await gallery.kill();
}

const portOf = ({ origin }: GalleryProcess): number => Number(new URL(origin).port);

/** One process dies, and the other one has its visitors. */
async function handOver({ page, line, one, two }: Pick<Site, 'line' | 'one' | 'two'> & { page: Page }): Promise<void> {
  await one.kill();
  line.target = portOf(two);
  line.cut();
  await isBack(page);
}

/** How far the stored sessions are. */
async function lastRefs(redis: RedisProcess): Promise<number[]> {
  const client = await redis.client();
  try {
    const refs: number[] = [];
    for (const key of await client.keys('djust:session:*')) {
      const record = await client.hGet(String(key), 'r');
      refs.push((JSON.parse(String(record).slice(1)) as { lastRef: number }).lastRef);
    }
    return refs;
  } finally {
    await client.close();
  }
}

// Two processes start for each test.
site.describe.configure({ timeout: 120_000 });
site.skip(!findRedis(), 'redis-server is not installed');
site.beforeEach(({ watch }) => watch.allow(Watch.CUT));

for (const [store, env] of STORES) {
  site.describe(`state in ${store}`, () => {
    site.use({ env });

    for (const next of ['the other one', 'itself, started again'] as const)
      site(
        `a process is killed with three events on their way: they are done once, by ${next}`,
        async ({ page, line, redis, one, two }) => {
          await open(page, `${line.origin}/counter`);
          for (let at = 0; at < 4; at++) await page.getByRole('button', { name: '+1', exact: true }).click();
          await settled(page);
          // Until then, what was answered may be lost with the process.
          if (store === 'hybrid') await expect.poll(() => lastRefs(redis)).toEqual([4]);
          await one.kill();
          line.target = undefined;
          line.cut();
          for (let at = 0; at < 3; at++) await page.getByRole('button', { name: '+10', exact: true }).click();
          const heir = next === 'the other one' ? two : await one.start();
          line.target = portOf(heir);
          await isBack(page);
          await settled(page);
          await expect(page.locator('#count')).toHaveText('34');
          expect([...one.mounts, ...two.mounts].filter((view) => view.includes('counter'))).toHaveLength(1);
        },
      );
  });
}

site.describe('state that is written long after the answers', () => {
  site.use({ env: { STATE_STORE: 'hybrid', STATE_FLUSH_MS: '5000' } });

  site(
    'is lost with its process: the page says so, shows what is left, and goes on',
    async ({ page, line, one, two }) => {
      await open(page, `${line.origin}/counter`);
      const add = page.getByRole('button', { name: '+1', exact: true });
      for (let at = 0; at < 4; at++) await add.click();
      await settled(page);
      await handOver({ page, line, one, two });
      await expect(page.getByText('the last actions on this page were lost')).toBeVisible({ timeout: 15_000 });
      await expect(page.locator('#count')).not.toHaveText('4');
      const left = Number(await page.locator('#count').textContent());
      await add.click();
      await expect(page.locator('#count')).toHaveText(String(left + 1));
    },
  );
});

site.describe('state in a browser that overlooks its new names', () => {
  site.use({ env: { STATE_SECRET: 'a secret of more than thirty characters' } });

  site('is not taken for what it was: the page is told', async ({ page, line, one, two }) => {
    await page.routeWebSocket(/\/ws\/live/, (browser) => {
      const server = browser.connectToServer();
      server.onMessage((message) => {
        if (!/^\{"type":"noop","session"/.test(String(message))) browser.send(message);
      });
    });
    await open(page, `${line.origin}/counter`);
    const add = page.getByRole('button', { name: '+1', exact: true });
    for (let at = 0; at < 4; at++) await add.click();
    await settled(page);
    await handOver({ page, line, one, two });
    await expect(page.getByText('the last actions on this page were lost')).toBeVisible({ timeout: 15_000 });
    await expect(page.locator('#count')).toHaveText('0');
  });
});

site('a deploy sends the visitor on: nothing is lost', async ({ page, line, one, two }) => {
  await open(page, `${line.origin}/counter`);
  const more = page.getByRole('button', { name: '+1', exact: true });
  for (let at = 0; at < 3; at++) await more.click();
  line.target = portOf(two);
  const ended = one.terminate();
  for (let at = 0; at < 20; at++) await more.click({ delay: 50 });
  await ended;
  await settled(page);
  await expect(page.locator('#count')).toHaveText('23');
  expect([...one.mounts, ...two.mounts].filter((view) => view.includes('counter'))).toHaveLength(1);
});

site('a page that one process rendered is taken up by the other', async ({ page, line, one, two }) => {
  await page.route('**/djust/*.js', async (route) => {
    line.target = portOf(two);
    await route.continue();
  });
  await open(page, `${line.origin}/counter`);
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await expect(page.locator('#count')).toHaveText('1');
  expect([one.mounts, two.mounts]).toEqual([[expect.stringContaining('counter')], []]);
});

site('a message reaches people on both processes', async ({ page, context, one, two }) => {
  await open(page, `${one.origin}/chat`);
  const other = await context.newPage();
  await open(other, `${two.origin}/chat`);
  await other.getByLabel('Message', { exact: true }).fill('Hello from the other side');
  await other.getByLabel('Message', { exact: true }).press('Enter');
  await expect(page.getByText('Hello from the other side')).toBeVisible();
});
