import { expect, type Page } from '@playwright/test';
import type { World } from '../../bench/src/chaos/run.ts';
import { ends, quiet, shown, stored, streams } from '../../bench/src/chaos/tab.ts';
import { CLOSE } from '../../packages/protocol/src/limits.ts';
import { phase } from '../support/page.ts';
import { click, cutOff, openLog, inWorld as test } from './in-world.ts';

const MS = 60_000;
const WORD = 'correct horse battery staple';
const CONTENT = 'what is in the file';

test.afterEach(({ world }) => {
  world.line.isDown = false;
});

async function back(page: Page, world: World): Promise<void> {
  world.line.isDown = false;
  await page.reload();
  await quiet(page, MS);
}

/** Sends the form into a wire that is cut, and answers all that the browser has stored of it. */
async function sendForm(page: Page): Promise<string> {
  await page.getByLabel('Name').fill('somebody');
  await page.getByLabel('Password').fill(WORD);
  await page.getByLabel('File').setInputFiles({ name: 'cv.txt', mimeType: 'text/plain', buffer: Buffer.from(CONTENT) });
  await click(page, 'Send');
  await expect.poll(() => stored(page)).toBe(1);
  return JSON.stringify(await streams(page));
}

test('of a form with a password nothing that was typed is stored, nor its file', async ({ page, world }) => {
  await cutOff(page, world);
  const text = await sendForm(page);
  for (const secret of [WORD, 'somebody', CONTENT]) expect(text).not.toContain(secret);
  // It is not forgotten for that: the next page says that it was lost.
  await back(page, world);
  await expect.poll(async () => Object.fromEntries(await ends(page))).toEqual({ undefined: ['rejected session/lost'] });
});

test('control: were the field no password, it would be found there; a file never is', async ({ page, world }) => {
  await cutOff(page, world);
  await page.getByLabel('Password').evaluate((field) => field.setAttribute('type', 'text'));
  const text = await sendForm(page);
  for (const typed of [WORD, 'somebody']) expect(text).toContain(typed);
  expect(text).not.toContain(CONTENT);
});

test('who signs out leaves nothing behind: what waits is forgotten, and nothing more is written', async ({
  page,
  world,
}) => {
  await cutOff(page, world);
  await click(page, 'Queue');
  await click(page, 'Row a');
  await expect.poll(() => stored(page)).toBe(2);
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('djust:session-ended')));
  await click(page, 'Row b');
  await expect.poll(() => streams(page)).toEqual([]);
  await expect(page.getByRole('status')).toContainText('3 actions waiting.');
  expect(await streams(page)).toEqual([]);
  await back(page, world);
  expect(await shown(page)).toEqual([]);
  expect(await stored(page)).toBe(0);
});

test('control: without that, the next page sends it', async ({ page, world }) => {
  await cutOff(page, world);
  await click(page, 'Queue');
  await expect.poll(() => stored(page)).toBe(1);
  await back(page, world);
  await expect.poll(() => shown(page)).toEqual(['queued']);
});

test('a login that ends closes the page for good: it says so, tries no more, and keeps nothing', async ({
  page,
  world,
}) => {
  await page.context().addCookies([{ name: 'user', value: 'ada', url: world.line.origin }]);
  await openLog(page, world);
  // The name of its session: the next page would have it again.
  await expect.poll(() => streams(page)).toHaveLength(1);
  await page.request.get(`${world.line.origin}/sign-out`);
  await expect.poll(() => phase(page)).toBe('stopped');
  await expect(page.getByRole('log')).toContainText('You may not see this page.');
  await expect(page.getByRole('status')).toContainText('The connection has ended.');
  await expect.poll(() => streams(page)).toEqual([]);
  await click(page, 'Queue');
  await expect.poll(async () => Object.fromEntries(await ends(page))).toEqual({ queued: ['rejected session/lost'] });
  expect([await phase(page), await streams(page)]).toEqual(['stopped', []]);
});

test('a page of another build is loaded anew, once, and what was open is done', async ({ page, world }) => {
  await openLog(page, world);
  let loads = 0;
  page.on('load', () => loads++);
  world.line.freeze();
  await click(page, 'Queue');
  await expect.poll(() => stored(page)).toBe(1);
  const loaded = page.waitForEvent('load');
  world.line.closeWith(CLOSE.buildMismatch);
  await loaded;
  await quiet(page, MS);
  await expect.poll(() => shown(page)).toEqual(['queued']);
  expect(Object.fromEntries(await ends(page))).toEqual({ queued: ['acked'] });
  expect(loads).toBe(1);
});

test('what a tab has left is asked for as if it were still there, and expires as well', async ({ page, world }) => {
  const context = page.context();
  const asked: string[] = [];
  context.on('dialog', async (dialog) => {
    asked.push(dialog.message());
    await dialog.dismiss();
  });
  await cutOff(page, world);
  for (const name of ['Confirm', 'Short-lived', 'Queue']) await click(page, name);
  await expect.poll(() => stored(page)).toBe(3);
  await page.close();
  world.line.isDown = false;
  const next = await context.newPage();
  await next.clock.install({ time: Date.now() + 120_000 });
  await next.goto(`${world.line.origin}/log`);
  await quiet(next, MS);
  await expect.poll(() => shown(next)).toEqual(['queued']);
  expect(asked).toEqual(['add?']);
  expect(Object.fromEntries(await ends(next))).toEqual({
    asked: ['rejected cancelled'],
    short: ['rejected outbox/expired'],
    queued: ['acked'],
  });
});
