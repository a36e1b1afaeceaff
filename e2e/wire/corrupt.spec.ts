import type { Page, WebSocketRoute } from '@playwright/test';
import { open, phase, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

interface Line {
  /** Spoils the next patches in front of the browser, as often as it is told to. */
  spoil: number;
  /** What the browser asked for. */
  readonly requests: string[];
}

/** Names a node that is not there, in the last operation of the batch, so that all before it must be held back as well. */
async function spoiltLine(page: Page): Promise<Line> {
  const line: Line = { spoil: 0, requests: [] };
  await page.routeWebSocket(/\/ws\/live\//, (browser: WebSocketRoute) => {
    const server = browser.connectToServer();
    browser.onMessage((text) => {
      const { type } = JSON.parse(String(text)) as { type: string };
      if (type !== 'ping' && type !== 'event' && type !== 'mount') line.requests.push(type);
      server.send(text);
    });
    server.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; ops?: unknown[] };
      if (frame.type !== 'patch' || line.spoil === 0) return browser.send(text);
      line.spoil--;
      browser.send(JSON.stringify({ ...frame, ops: [...(frame.ops ?? []), [0, 'nowhere', 'x']] }));
    });
  });
  return line;
}

const plusOne = (page: Page) => page.getByRole('button', { name: '+1', exact: true }).click();
const codes = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { faults: string[] }).faults);

test.beforeEach(async ({ page, watch }) => {
  watch.allow(/dom\/(target-missing|resync-loop)/);
  watch.allow(Watch.CUT);
  await page.addInitScript(() => {
    const faults: string[] = [];
    Object.assign(globalThis, { faults });
    document.addEventListener('djust:error', (event) => faults.push((event as CustomEvent).detail.code));
  });
});

test('R8.10: a corrupt patch changes nothing, is named, and the page is mended once', async ({ page }) => {
  const line = await spoiltLine(page);
  await open(page, '/counter');
  line.spoil = 1;
  await plusOne(page);
  await expect(page.locator('#count')).toHaveText('1');
  await settled(page);
  expect(line.requests).toEqual(['request_html']);
  expect(await codes(page)).toEqual(['dom/target-missing']);
  await plusOne(page);
  await expect(page.locator('#count')).toHaveText('2');
  expect(line.requests).toEqual(['request_html']);
});

test('R8.10: when every patch is corrupt, it is asked for the page three times and then no more, and the user is told', async ({
  page,
}) => {
  const line = await spoiltLine(page);
  await open(page, '/counter');
  line.spoil = Number.POSITIVE_INFINITY;
  for (let click = 1; click <= 4; click++) {
    await plusOne(page);
    await expect.poll(async () => (await codes(page)).length).toBeGreaterThanOrEqual(click);
    await expect.poll(() => phase(page)).not.toBe('recovering');
  }
  expect(line.requests).toEqual(['request_html', 'request_html', 'request_html']);
  expect((await codes(page)).at(-1)).toBe('dom/resync-loop');
  expect(await phase(page)).toBe('stopped');
  await expect(page.getByText('Please reload the page').first()).toBeVisible();
});
