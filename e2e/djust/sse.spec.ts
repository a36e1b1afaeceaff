import type { Page } from '@playwright/test';
import { DjangoProcess } from './support/django-process.ts';
import { test as base, expect, open } from './support/test.ts';

/** A server that no WebSocket reaches. */
const test = base.extend<object, { socket: string; deaf: DjangoProcess }>({
  socket: ['0', { scope: 'worker', option: true }],
  deaf: [
    async ({ socket }, use) => {
      const django = await new DjangoProcess('ours', { DEMO_SOCKET: socket }).start();
      await use(django);
      await django.end();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ deaf }, use) => use(deaf.origin),
});

test.beforeEach(({ watch }) => watch.allow(/WebSocket|ERR_/));

/** What the page posts, and the streams that it opens. */
function traffic(page: Page): { posts: string[]; streams: URL[] } {
  const seen = { posts: [] as string[], streams: [] as URL[] };
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith('/djust/sse/')) return;
    if (request.method() === 'POST') seen.posts.push(request.postData() ?? '');
    else seen.streams.push(url);
  });
  return seen;
}

test('where no WebSocket passes, events go up as requests and answers come down a stream', async ({ page }) => {
  test.setTimeout(90_000);
  const { posts, streams } = traffic(page);
  await open(page, '/rome/');
  for (let count = 1; count <= 3; count++) {
    await page.click('#add');
    await expect(page.locator('#count')).toHaveText(String(count));
  }
  await page.click('#patch');
  await expect(page.locator('#tab')).toHaveText('third');
  expect(posts.map((body) => (JSON.parse(body) as { type: string }).type)).toEqual([
    'event',
    'event',
    'event',
    'url_change',
  ]);
  expect(streams).toHaveLength(1);
});

test('W31: dj-navigate without a socket mounts the other view over a stream of its own', async ({ page }) => {
  test.setTimeout(90_000);
  const { streams } = traffic(page);
  await open(page, '/rome/');
  await page.click('#oslo');
  await expect(page.locator('h1')).toHaveText('Oslo');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  expect(streams.map(({ searchParams }) => searchParams.get('view'))).toEqual([
    'demo.views.places.Rome',
    'demo.views.places.Oslo',
  ]);
  expect(new Set(streams.map(({ pathname }) => pathname)).size).toBe(2);
});

test('W32: the arguments in the path reach the view, though the server sees another path', async ({ page }) => {
  test.setTimeout(90_000);
  await open(page, '/house/7/');
  await expect(page.locator('h1')).toHaveText('House 7');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
});

test('W33: after a request that failed a new stream begins, and the event that is in doubt ends', async ({ page }) => {
  test.setTimeout(90_000);
  const { streams } = traffic(page);
  await open(page, '/rome/');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  await page.route('**/message/', (route) => route.abort(), { times: 1 });
  const outcome = await page.evaluate(() => djust.push('add'));
  expect(outcome).toEqual({ status: 'rejected', reason: 'session/lost' });
  await expect.poll(() => page.evaluate(() => djust.phase), { timeout: 20_000 }).toBe('live');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  expect(new Set(streams.map(({ pathname }) => pathname)).size).toBe(streams.length);
  expect(streams.length).toBeGreaterThan(1);
});

test('W19: answers that the server does not number one after the other are shown all the same', async ({ page }) => {
  test.setTimeout(90_000);
  await open(page, '/rome/');
  for (const name of ['add', 'rest', 'add', 'rest', 'rest', 'add'])
    expect(await page.evaluate((event) => djust.push(event), name)).toMatchObject({ status: 'acked' });
  await expect(page.locator('#count')).toHaveText('3');
});

test('a file is refused with a reason, and the page goes on', async ({ page }) => {
  test.setTimeout(90_000);
  await open(page, '/uploads/');
  const told = page.evaluate(
    () =>
      new Promise((resolve) =>
        addEventListener('djust:upload:error', (event) =>
          resolve((event as CustomEvent<{ error: string }>).detail.error),
        ),
      ),
  );
  await page.setInputFiles('[type=file]', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  expect(await told).toBe('No WebSocket.');
  expect(await page.evaluate(() => djust.push('save'))).toMatchObject({ status: 'acked' });
});
