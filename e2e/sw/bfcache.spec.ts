import { type Browser, chromium, expect, test } from '@playwright/test';
import { controlled } from '../../bench/src/sw/browser.ts';
import { Site, STRICT_POLICY } from '../../bench/src/sw/site.ts';
import { workerOf } from '../../bench/src/sw/worker.ts';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browsers.ts';

/** Playwright switches the browser's own cache of living pages off; users have it. */
const withBackForwardCache = (): Promise<Browser> => {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...CHROMIUM_ARGS],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
};

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

/** What a page that was kept alive says of itself, half a second after it is shown again: to the server, since no debugger follows it there. */
const REPORT = '/report';

async function backFrom(site: Site, browser: Browser, meanwhile: () => string): Promise<string> {
  const context = await browser.newContext();
  await context.addInitScript((report) => {
    const ended: string[] = [];
    document.addEventListener('djust:session-ended', () => ended.push('ended'));
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      const tell = (): void =>
        void navigator.sendBeacon(`${report}?${document.querySelector('main')?.textContent ?? ''}`);
      // Before a page that is emptied is loaded anew.
      document.addEventListener('djust:sw-reload', tell);
      setTimeout(() => ended.length === 0 && tell(), 1_500);
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
  // Another tab hears of it first, and then this one; the page that sleeps cannot.
  const other = await context.newPage();
  await other.goto(`${site.origin}/page/3`);
  await expect(page.getByRole('heading')).toHaveText(`/page/2 of ${user}`);
  await page.evaluate(() => void setTimeout(() => history.back()));
  const report = (): string => site.log.find(({ path }) => path.startsWith(REPORT))?.path ?? '';
  await expect.poll(report, { timeout: 20_000 }).not.toBe('');
  return decodeURIComponent(report());
}

for (const isSignedOut of [true, false])
  test(`a page that the browser kept alive ${isSignedOut ? 'is emptied when its user is gone' : 'stays when its user is the same'}`, async () => {
    const { site, signOut } = await openSite();
    const browser = await withBackForwardCache();
    try {
      const said = await backFrom(site, browser, isSignedOut ? signOut : () => 'ann');
      expect(said).toBe(isSignedOut ? '/report?' : '/report?/page/1 of annnext');
    } finally {
      await browser.close();
      await site.close();
    }
  });
