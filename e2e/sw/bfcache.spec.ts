import { type Browser, test as base, expect } from '@playwright/test';
import { controlled, launchWithLivingPages } from '../../bench/src/sw/browser.ts';
import { Site, STRICT_POLICY } from '../../bench/src/sw/site.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';
import { SESSION_CHANNEL } from '../../packages/sw/src/messages.ts';

/** A site whose pages may be kept alive by the browser, and say whose they are. */
async function openSite(): Promise<{ site: Site; signOut(): string }> {
  let epoch = 'ann';
  const site = await Site.open({ delayMs: 0, policy: STRICT_POLICY });
  site.handlers.push(({ url = '', headers }, response) => {
    if (!url.startsWith('/page/')) return false;
    const main = `<div data-dj-epoch="${epoch}" data-dj-layout="app"><h1>${url} of ${epoch}</h1><a href="/page/2">next</a></div>`;
    const isMain = String(headers['service-worker-navigation-preload']).includes(site.layout.id);
    response.writeHead(200, {
      ...site.headers(),
      'cache-control': 'private, max-age=0',
      'x-shell': site.layout.id,
      'x-session-epoch': epoch,
      ...(isMain && { 'x-djust-main-only': site.layout.id }),
    });
    response.end(isMain ? main : site.layout.whole('', main));
    return true;
  });
  site.worker = await workerOf({ pages: true });
  return {
    site,
    signOut: () => {
      epoch = 'nobody';
      return epoch;
    },
  };
}

/** What a page says of itself when it is shown again: to the server, since no debugger follows it there. */
const REPORT = '/report';

interface Shown {
  /** The browser had kept the living page. */
  readonly isKept: boolean;
  /** Every text that stood in it, from the first moment on. */
  readonly texts: readonly string[];
}

async function backFrom(site: Site, browser: Browser, meanwhile: () => string): Promise<Shown> {
  const context = await browser.newContext();
  await context.addInitScript((report) => {
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted && !sessionStorage.getItem('isBack')) return;
      const main = document.querySelector('main') as HTMLElement;
      const texts = [main.textContent];
      const look = (): void => void texts.push(main.textContent);
      const tell = (): void => {
        look();
        navigator.sendBeacon(`${report}?${JSON.stringify({ isKept: persisted, texts })}`);
      };
      new MutationObserver(look).observe(main, { childList: true, subtree: true });
      // A page that is emptied is loaded anew.
      document.addEventListener('djust:sw-reload', tell);
      setTimeout(tell, 1_500);
    });
  }, REPORT);
  const page = await context.newPage();
  await page.goto(`${site.origin}/page/1`);
  await controlled(page);
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText('/page/1 of ann');
  await page.getByRole('link').click();
  await expect(page.getByRole('heading')).toHaveText('/page/2 of ann');
  const user = meanwhile();
  // Another tab hears of it first, and then this one.
  const other = await context.newPage();
  await other.goto(`${site.origin}/page/3`);
  await expect(page.getByRole('heading')).toHaveText(`/page/2 of ${user}`);
  await page.evaluate(() => {
    sessionStorage.setItem('isBack', '1');
    setTimeout(() => history.back());
  });
  const report = (): string => site.log.find(({ path }) => path.startsWith(REPORT))?.path ?? '';
  await expect.poll(report, { timeout: 20_000 }).not.toBe('');
  return JSON.parse(decodeURIComponent(report().slice(REPORT.length + 1))) as Shown;
}

const test = base.extend<{ opened: Awaited<ReturnType<typeof openSite>>; living: Browser }>({
  // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the names of the fixtures from the braces
  opened: async ({}, use) => {
    const opened = await openSite();
    await use(opened);
    await opened.site.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  living: async ({}, use) => {
    const browser = await launchWithLivingPages();
    await use(browser);
    await browser.close();
  },
});

test('a page that the browser kept alive is shown again while its user is the same', async ({ opened, living }) => {
  const { isKept, texts } = await backFrom(opened.site, living, () => 'ann');
  expect({ isKept, first: texts[0] }).toEqual({ isKept: true, first: '/page/1 of annnext' });
});

test('no browser keeps a page alive whose user is gone', async ({ opened, living }) => {
  const { isKept, texts } = await backFrom(opened.site, living, opened.signOut);
  expect(isKept).toBe(false);
  expect(new Set(texts)).toEqual(new Set(['/page/1 of nobodynext']));
});

test('control: a page that slept through the news is shown, and emptied at once', async ({ opened, living }) => {
  const { site, signOut } = opened;
  expect(site.worker).toContain(SESSION_CHANNEL);
  site.worker = site.worker?.replaceAll(SESSION_CHANNEL, 'another');
  const { isKept, texts } = await backFrom(site, living, signOut);
  expect(isKept).toBe(true);
  expect(texts.at(-1)).toBe('');
});
