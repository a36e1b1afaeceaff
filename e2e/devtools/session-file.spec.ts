import type { Page } from '@playwright/test';
import { transform } from 'esbuild';
import { PAYLOADS } from '../../server-ref/test/payloads.ts';
import { GalleryProcess } from '../support/gallery-process.ts';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { expect, openPanel, type PanelPage } from './open-panel.ts';

test.use({ flavour: 'development' });

/** Fails when anything of the corpus runs, or becomes an element of its own. */
async function nothingRuns(page: Page, panel: PanelPage, tabs: readonly string[]): Promise<void> {
  for (const name of tabs) {
    await panel.tab(name);
    if (['Events', 'Network', 'Patches'].includes(name)) {
      const { rows } = panel;
      await panel.root.getByRole('listbox').focus();
      for (const key of ['Home', ...'jjjjjj']) await page.keyboard.press(key);
      expect(await rows.count()).toBeGreaterThan(3);
    }
    const strange = await panel.root.evaluate((element) =>
      [
        ...element.querySelectorAll(
          'img, script, iframe, object, embed, form, style, math, base, link, [onerror], [onload], [onclick], [onmouseover], [srcdoc], [href^="javascript"]',
        ),
      ].map((one) => one.outerHTML),
    );
    expect(strange, name).toEqual([]);
  }
}

test('nothing of a hostile corpus runs in any tab, live', async ({ page, watch }) => {
  test.setTimeout(90_000);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const panel = await openPanel(page, '/todos');
  for (const text of PAYLOADS) {
    // As a parameter that is taken, as one that is refused, and as the name of an event.
    await page.evaluate(
      (payload) =>
        Promise.all([
          djust.push('add', { text: payload }),
          djust.push('show', { filter: payload }),
          djust.push(payload, { [`k${payload}`]: payload }),
        ]),
      text,
    );
    await page.evaluate(() => djust.settled());
  }
  await nothingRuns(page, panel, [
    'Events',
    'Network',
    'Patches',
    'State',
    'Performance',
    'Handlers',
    'Tree',
    'Time',
    'Overview',
  ]);
  expect(dialogs).toEqual([]);
  expect(watch.said).toEqual([]);
});

test('nothing of a hostile file runs, and a damaged one is refused with a reason', async ({ page, watch }) => {
  test.setTimeout(90_000);
  const panel = await openPanel(page, '/counter');
  await page.getByRole('button', { name: '+10' }).click();
  await settled(page);
  const file = JSON.parse(await panel.saved('Export session'));
  const [event] = file.trace.events;
  const frame = file.trace.frames.at(-1);
  const hostile = {
    ...file,
    app: PAYLOADS[0],
    exportedAt: PAYLOADS[4],
    sha256: '',
    trace: {
      events: PAYLOADS.map((text, at) => ({
        ...event,
        id: 1_000 + at,
        name: text,
        view: text,
        element: text,
        reason: text,
        params: { [`k${text}`]: text },
        gesture: { css: text, nth: 0 },
        status: 'error',
        error: {
          code: text,
          message: text,
          hint: text,
          detail: text,
          traceback: `${text}\n at ${text} (${text}:1:1)`,
          at: text,
          id: text,
        },
      })),
      frames: PAYLOADS.map((text, at) => ({
        ...frame,
        id: 2_000 + at,
        ref: event.ref,
        type: at % 2 ? text : 'patch',
        text:
          at % 3
            ? text
            : JSON.stringify({
                type: 'patch',
                version: at,
                ops: [
                  [0, text, text],
                  [2, '1', text, text],
                ],
              }),
      })),
      transitions: PAYLOADS.map((text, at) => ({
        at: event.createdAt + at,
        page: 1,
        from: text,
        to: text,
        code: 4_000 + at,
        reason: text,
      })),
      pages: PAYLOADS.map((text, at) => ({ page: at + 1, at: event.createdAt + at, url: text, how: 'load' })),
    },
  };
  await panel.root.getByLabel('Session file').setInputFiles({
    name: 'x.djtrace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(hostile)),
  });
  await expect(panel.root.getByText(/Opened a session of/)).toBeVisible();
  await nothingRuns(page, panel, ['Overview', 'Events', 'Network', 'Patches', 'Performance']);
  await panel.tab('Events');
  await panel.root.getByRole('listbox').focus();
  for (const key of ['Home', 'j', 'j']) await page.keyboard.press(key);
  await panel.root.getByRole('button', { name: 'Open the error' }).click();
  await expect(page.getByRole('dialog', { name: 'Error' })).toBeVisible();
  expect(await page.getByRole('dialog', { name: 'Error' }).locator('img, script, iframe, svg').count()).toBe(0);
  await page.keyboard.press('Escape');
  await panel.tab('Overview');
  for (const [text, reason] of [
    ['{', 'no JSON'],
    ['{"format":"har"}', 'no session'],
    [JSON.stringify({ ...file, trace: { ...file.trace, events: [{ id: 'x' }] } }), '/events/0'],
  ] as const) {
    await panel.root
      .getByLabel('Session file')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await expect(panel.root.getByText(reason)).toBeVisible();
  }
  expect(watch.said).toEqual([]);
});

test('a password is nowhere in an export, and everything else is', async ({ page }) => {
  const panel = await openPanel(page, '/form');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Password').fill('notes-1843-canary');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await settled(page);
  const text = await panel.saved('Export session');
  expect(text).not.toContain('notes-1843-canary');
  expect(text).toContain('Ada Lovelace');
  expect(JSON.parse(text).redaction.count).toBeGreaterThan(0);
  const again = await panel.saved('Export as Playwright test');
  expect(again).not.toContain('notes-1843-canary');
  expect(again).toContain('[redacted]');
  // The control: without a rule it would be there.
  await panel.tab('Settings');
  await panel.root.getByLabel(/taken out of exports/).fill('');
  await panel.root.getByLabel(/taken out of exports/).press('Tab');
  expect(await panel.saved('Export session')).toContain('notes-1843-canary');
});

/** Runs an exported file as Playwright would: its only test, with the same `expect` and a page of its own. */
async function run(text: string, page: Page, origin: string): Promise<void> {
  const { code } = await transform(text.replace(/^import .*$/m, ''), { loader: 'ts' });
  let body: ((given: { page: Page }) => Promise<void>) | undefined;
  new Function('test', 'expect', code)((_: string, run_: typeof body) => {
    body = run_;
  }, expect);
  const goTo = page.goto.bind(page);
  page.goto = (url, options) => goTo(new URL(url, origin).href, options);
  await body?.({ page });
}

test('an exported test is green where all is well, and red where the mistake is that it recorded', async ({
  page,
  context,
  watch,
}) => {
  test.setTimeout(120_000);
  // Their servers end before the pages do.
  watch.allow(Watch.CUT);
  const broken = await new GalleryProcess('development', { BUG: '1' }).start();
  const mended = await new GalleryProcess('development').start();
  try {
    const panel = await openPanel(page, `${broken.origin}/counter`);
    for (let at = 0; at < 3; at++) {
      await page.getByRole('button', { name: '+1', exact: true }).click();
      await settled(page);
    }
    await expect(page.locator('#count')).toHaveText('2');
    const text = await panel.saved('Export as Playwright test');
    expect(text).toContain('add, then: event/failed');
    expect(text.match(/\.click\(\)/g)).toHaveLength(3);
    await run(text, await context.newPage(), mended.origin);
    await expect(run(text, await context.newPage(), broken.origin)).rejects.toThrow('event/failed');
  } finally {
    await broken.kill();
    await mended.kill();
  }
});
