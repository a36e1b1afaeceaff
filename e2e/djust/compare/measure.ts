import { gzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { openAny } from './cases.ts';

const ROUNDS = 9;

/** What a page downloads of scripts, minified and after gzip -9. */
export async function bytesOf(page: Page): Promise<{ min: number; gzip: number }> {
  const bodies: Buffer[] = [];
  page.on('response', async (response) => {
    if (/\/static\/djust\/.*\.js$/.test(response.url())) bodies.push(await response.body());
  });
  await openAny(page, '/counter/');
  await page.waitForLoadState('networkidle');
  const sum = (of: (body: Buffer) => number): number => bodies.reduce((total, body) => total + of(body), 0);
  return { min: sum((body) => body.length), gzip: sum((body) => gzipSync(body, { level: 9 }).length) };
}

/** On the page: notes when a frame arrives and when the document changed for the last time. */
const WATCH = (): void => {
  const page = globalThis as unknown as { arrivedAt: number; changedAt: number; WebSocket: typeof WebSocket };
  page.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      // The first listener, so it runs before the client's.
      this.addEventListener('message', () => {
        page.arrivedAt = performance.now();
      });
    }
  };
  new MutationObserver(() => {
    page.changedAt = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
};

/** Milliseconds from the arrival of a frame to the last change it makes, the median of several rounds, by event. */
export async function patchTimes(page: Page): Promise<Record<string, number>> {
  await page.addInitScript(WATCH);
  await openAny(page, '/big/');
  const times: Record<string, number> = {};
  for (const event of ['touch', 'swap', 'add', 'reverse']) {
    const rounds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const before = await page.textContent('tbody');
      await page.click(`#${event}`);
      await expect.poll(() => page.textContent('tbody'), { timeout: 15_000, intervals: [50] }).not.toBe(before);
      await page.waitForLoadState('networkidle');
      // The first round warms up.
      if (round > 0)
        rounds.push(
          await page.evaluate(() => {
            const { arrivedAt, changedAt } = globalThis as unknown as { arrivedAt: number; changedAt: number };
            return changedAt - arrivedAt;
          }),
        );
    }
    rounds.sort((a, b) => a - b);
    times[event] = rounds[Math.floor(rounds.length / 2)] as number;
  }
  return times;
}
