import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { isLive } from '../support/page.ts';
import { watched } from '../support/watched.ts';
import { type CountedSite, type SiteOptions, startSite } from './counted-site.ts';

/** Pages that the example site has no use for; each test names its own. */
const test = watched.extend<{ options: SiteOptions; site: CountedSite }>({
  options: [{}, { option: true }],
  site: async ({ options }, use) => {
    const site = await startSite(options);
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.origin),
});

interface Made {
  head?: string;
  main?: string;
  around?: string;
  headers?: Record<string, string>;
}

/** A page with TurboNav and nothing else, under no policy but its own. */
const made =
  ({ head = '', main = '', around = '', headers = {} }: Made) =>
  (): Response =>
    new Response(
      `<!DOCTYPE html><html lang="en"><head><title>made</title><link rel="icon" href="data:,">${head}<script src="/turbonav/turbonav.min.js" defer></script></head>
      <body>${around}<a href="/a">a</a> <a href="/b">b</a> <main>${main}</main></body></html>`,
      {
        headers: {
          'content-type': 'text/html',
          'content-security-policy': "default-src 'self'; img-src data:",
          ...headers,
        },
      },
    );

const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(globalThis, { marked: true }));
const isSameDocument = (page: Page): Promise<boolean> =>
  page.evaluate(() => (globalThis as { marked?: boolean }).marked === true);
const isAt = (page: Page, text: string): Promise<void> => expect(page.locator('main h1')).toHaveText(text);
const script = (text: string) => (): Response => new Response(text, { headers: { 'content-type': 'text/javascript' } });

test.describe('tracked assets', () => {
  let version = 'aaaa1111';
  const head = (): string => `<script src="/app-${version}.js" data-turbo-track="reload" defer></script>`;
  const app = script('globalThis.appRuns = (globalThis.appRuns ?? 0) + 1;');
  const page = (name: string) => () => made({ head: head(), main: `<h1>${name}</h1>` })();
  test.use({
    options: { pages: { '/a': page('a'), '/b': page('b'), '/app-aaaa1111.js': app, '/app-bbbb2222.js': app } },
  });

  test('the same version never runs again; another one is one load by the browser', async ({ page, site }) => {
    version = 'aaaa1111';
    await page.goto('/a');
    await mark(page);
    for (const name of ['b', 'a', 'b', 'a']) {
      await follow(page, name);
      await isAt(page, name);
    }
    expect(await page.evaluate(() => (globalThis as { appRuns?: number }).appRuns)).toBe(1);
    expect(await isSameDocument(page)).toBe(true);
    version = 'bbbb2222';
    await follow(page, 'b');
    await isAt(page, 'b');
    await expect.poll(() => isSameDocument(page)).toBe(false);
    // A link that is followed before the scripts have run is the browser's.
    await page.waitForLoadState();
    await mark(page);
    await follow(page, 'a');
    await isAt(page, 'a');
    expect(await isSameDocument(page)).toBe(true);
    expect(site.seen.requests.filter((request) => request === 'GET /b')).toHaveLength(4);
  });
});

test.describe('nonces', () => {
  const run = (name: string): string => `(globalThis.ran ??= []).push('${name}')`;
  const policy = (nonce: string): Record<string, string> => ({
    'content-security-policy': `script-src 'self' 'nonce-${nonce}'; require-trusted-types-for 'script'; trusted-types turbonav`,
  });
  const a = made({
    head: `<script nonce="first">${run('head')}</script>`,
    main: '<h1>a</h1>',
    headers: policy('first'),
  });
  const b = made({
    main: `<h1>b</h1><script nonce="second">${run('own')}</script><script>${run('none')}</script><script nonce="guess">${run('guess')}</script>
      <script src="/b.js"></script><script nonce="second">${run('last')}</script>`,
    headers: policy('second'),
  });
  test.use({ options: { pages: { '/a': a, '/b': b, '/b.js': script(run('file')) } } });

  test('an inline script runs with a nonce of its own page, in its order, and none without', async ({
    page,
    watch,
  }) => {
    watch.allow(/without the nonce of its page was not run/);
    const warnings: string[] = [];
    page.on('console', (message) => warnings.push(message.text()));
    await page.goto('/a');
    await follow(page, 'b');
    await isAt(page, 'b');
    await expect
      .poll(() => page.evaluate(() => (globalThis as { ran?: string[] }).ran))
      .toEqual(['head', 'own', 'file', 'last']);
    expect(warnings).toHaveLength(2);
  });
});

test.describe('styles, permanent and outer elements', () => {
  const css = (rule: string) => async (): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return new Response(rule, { headers: { 'content-type': 'text/css' } });
  };
  const a = made({
    head: '<link rel="stylesheet" href="/a.css"><meta name="description" content="of a">',
    around: '<p id="user" data-turbonav-swap>nobody</p>',
    main: '<h1>a</h1><div id="player" data-turbo-permanent><input></div>',
  });
  const b = made({
    head: '<link rel="stylesheet" href="/b.css"><meta name="description" content="of b">',
    around: '<p id="user" data-turbonav-swap>ana</p>',
    main: '<h1>b</h1><div id="player" data-turbo-permanent></div>',
  });
  test.use({
    options: {
      pages: {
        '/a': a,
        '/b': b,
        '/a.css': css('h1 { color: rgb(1, 2, 3) }'),
        '/b.css': css('h1 { color: rgb(4, 5, 6) }'),
      },
    },
  });

  test('a page is shown with its styles and without those of the last one', async ({ page }) => {
    await page.goto('/a');
    await page.evaluate(() => {
      document.addEventListener('turbonav:load', () => {
        const color = getComputedStyle(document.querySelector('h1') as Element).color;
        Object.assign(globalThis, { color });
      });
    });
    await follow(page, 'b');
    await isAt(page, 'b');
    await expect.poll(() => page.evaluate(() => (globalThis as { color?: string }).color)).toBe('rgb(4, 5, 6)');
    await expect(page.locator('link[href="/a.css"]')).toHaveCount(0);
    await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', 'of b');
    await expect(page.locator('#user')).toHaveText('ana');
  });

  test('a permanent element stays the same, there and back', async ({ page }) => {
    await page.goto('/a');
    await page.locator('#player input').fill('kept');
    const player = await page.evaluateHandle(() => document.getElementById('player'));
    const isSame = (): Promise<boolean> => page.evaluate((old) => old === document.getElementById('player'), player);
    await follow(page, 'b');
    await isAt(page, 'b');
    expect(await isSame()).toBe(true);
    await expect(page.locator('#player input')).toHaveValue('kept');
    await page.goBack();
    await isAt(page, 'a');
    expect(await isSame()).toBe(true);
    await expect(page.locator('#player')).toHaveCount(1);
  });
});

test.describe('a region with attributes', () => {
  const region =
    (name: string, attributes: string, headers: Record<string, string> = {}) =>
    async (): Promise<Response> => {
      const page = made({ main: `<h1>${name}</h1>`, headers })();
      return new Response((await page.text()).replace('<main>', `<main ${attributes}>`), page);
    };
  test.use({
    options: {
      pages: {
        '/a': region('a', 'class="wide" data-a="1"'),
        '/b': region('b', 'class="narrow" data-b="1"', { 'cache-control': 'no-store' }),
        '/start': region('start', ''),
      },
    },
  });

  test('has those of the page that is shown, there and back, and keeps what scripts have added', async ({ page }) => {
    const shown = (): Promise<string[]> =>
      page.evaluate(() => {
        const { className, dataset } = document.querySelector('main') as HTMLElement;
        return [className, ...Object.keys(dataset).sort()];
      });
    await page.goto('/start');
    await page.evaluate(() => document.querySelector('main')?.setAttribute('data-script', ''));
    await follow(page, 'a');
    await isAt(page, 'a');
    expect(await shown()).toEqual(['wide', 'a', 'script']);
    await follow(page, 'b');
    await isAt(page, 'b');
    expect(await shown()).toEqual(['narrow', 'b', 'script']);
    await page.goBack();
    await isAt(page, 'a');
    expect(await shown()).toEqual(['wide', 'a', 'script']);
  });
});

test.describe('a page that does not come', () => {
  const never = (): Promise<Response> => new Promise(() => {});
  test.use({
    options: { pages: { '/a': made({ main: '<h1>a</h1>' }), '/b': made({ main: '<h1>b</h1>' }), '/never': never } },
  });

  test('offline: the user is told and tries again', async ({ page, context, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED/);
    await page.goto('/a');
    await context.setOffline(true);
    await follow(page, 'b');
    await expect(page.getByRole('alert')).toContainText('You are offline.');
    await isAt(page, 'a');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await isAt(page, 'b');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('slow: a bar is shown, and another wish takes its place', async ({ page }) => {
    await page.goto('/a');
    await page.evaluate(() =>
      (globalThis as unknown as { turbonav: { visit(url: string): void } }).turbonav.visit('/never'),
    );
    await expect(page.getByRole('progressbar', { name: 'Loading' })).toBeVisible();
    await follow(page, 'b');
    await isAt(page, 'b');
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  });
});

test.describe('fetching ahead', () => {
  test('a page that was fetched ahead is asked for once, and links that act are not', async ({ page, site }) => {
    await page.goto('/');
    await page.evaluate(() => {
      for (const href of ['/logout', '/items/3/delete', '/tasks?done=1', '/report.csv']) {
        const link = document.createElement('a');
        link.href = href;
        link.textContent = href;
        document.querySelector('main')?.append(link, document.createElement('br'));
      }
    });
    for (const href of ['/logout', '/items/3/delete', '/tasks?done=1', '/report.csv']) {
      await page.getByRole('link', { name: href, exact: true }).hover();
      // The time after which another link would have been fetched.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
    }
    const ahead = page.waitForRequest('**/notes');
    await page.getByRole('link', { name: 'Notes' }).hover();
    expect((await ahead).headers()['x-sec-purpose']).toBe('prefetch');
    await follow(page, 'Notes');
    await isAt(page, 'Notes');
    expect(site.seen.requests).toEqual(['GET /', 'GET /notes']);
  });
});

test('a page without a view keeps the socket for 15 s, then closes it', async ({ page, site }) => {
  await page.clock.install();
  await page.goto('/counter');
  await isLive(page);
  await follow(page, 'Tasks');
  await isAt(page, 'Tasks');
  await page.clock.runFor(14_000);
  expect(site.seen.open).toBe(1);
  await page.clock.runFor(1_500);
  await expect.poll(() => site.seen.open).toBe(0);
  await follow(page, 'Counter');
  await isLive(page);
  expect(site.seen).toMatchObject({ handshakes: 2, most: 1 });
});
