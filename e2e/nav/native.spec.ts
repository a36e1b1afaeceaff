import { createServer, defineView, files, html, type Listening, listen, silentLogger } from '@djust/server';
import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { recordFrames } from '../support/frames.ts';
import { isLive } from '../support/page.ts';

const list = defineView({
  name: 'shop.list',
  title: 'List',
  state: { page: '1' },
  mount: ({ params }) => ({ page: params.page ?? '1' }),
  paramsChanged: (_, { params }) => ({ page: params.page ?? '1' }),
  render: ({ page }) => html`
    <h1>List, page <output id="page">${page}</output></h1>
    <a dj-patch="?page=2" href="?page=2">Page 2</a> <a dj-navigate="/item" href="/item">Item</a>
    <a dj-navigate="/" href="/">List</a> <a dj-navigate="/secret" href="/secret">Secret</a>`,
});

const item = defineView({
  name: 'shop.item',
  title: 'Item',
  state: { likes: 0 },
  events: { like: ({ likes }) => ({ likes: likes + 1 }) },
  render: ({ likes }) => html`
    <h1>Item</h1><button dj-click="like">Like</button> <output id="likes">${likes}</output>
    <a dj-navigate="/" href="/">List</a>`,
});

const secret = defineView({
  name: 'shop.secret',
  state: {},
  authorize: () => false,
  render: () => html`<h1>Secret</h1>`,
});

const test = base.extend<{ shop: Listening }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures off the pattern
  shop: async ({}, use) => {
    const server = createServer({
      pages: { '/': list, '/item': item, '/secret': secret },
      isDevelopment: false,
      log: silentLogger,
    });
    const shop = await listen(server, { port: 0, fallback: files({ '/djust/': 'packages/client/dist/' }) });
    await use(shop);
    await shop.close();
  },
  baseURL: async ({ shop }, use) => use(shop.origin),
});

/** The one has marked the link to this page, the other the entry of the history. */
async function hasAddOns(page: Page): Promise<void> {
  await expect(page.locator('[dj-navigate="/"]')).toHaveAttribute('aria-current', 'page');
  await page.waitForFunction(() => history.state?.djust === true);
}

test('dj-navigate, dj-patch and the back button go over the socket alone', async ({ page }) => {
  const frames = recordFrames(page);
  const documents: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && documents.push(request.url()));
  await page.goto('/');
  await isLive(page);
  await hasAddOns(page);
  await page.getByRole('link', { name: 'Page 2' }).click();
  await expect(page.locator('#page')).toHaveText('2');
  await page.getByRole('link', { name: 'Item' }).click();
  await expect(page.getByRole('heading')).toHaveText('Item');
  await expect(page).toHaveTitle('Item');
  await page.getByRole('button', { name: 'Like' }).click();
  await expect(page.locator('#likes')).toHaveText('1');
  await page.goBack();
  await expect(page.locator('#page')).toHaveText('2');
  await expect(page).toHaveTitle('List');
  await page.goBack();
  await expect(page.locator('#page')).toHaveText('1');
  expect(documents).toHaveLength(1);
  expect(frames.sockets).toBe(1);
  expect(frames.sent.filter(({ type }) => type !== 'ping').map(({ type }) => type)).toEqual([
    'mount',
    'url_change',
    'live_redirect_mount',
    'event',
    'live_redirect_mount',
    'url_change',
  ]);
});

test('a page that a visitor may not see is not in the routes: the browser loads it, and says so', async ({
  page,
  shop,
}) => {
  await page.goto('/');
  await isLive(page);
  await hasAddOns(page);
  await page.getByRole('link', { name: 'Secret' }).click();
  await expect(page).toHaveURL(`${shop.origin}/secret`);
  await expect(page.getByRole('heading')).not.toHaveText(/List/);
});
