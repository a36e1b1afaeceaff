import { type Frame, recordFrames } from '../support/frames.ts';
import type { GalleryProcess } from '../support/gallery-process.ts';
import { open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

/** What must never leave the server: our words about the cause, stacks, paths, names of files. */
const SECRETS = /stays on the server|nobody is younger|\bat \w+.*\(|\.ts\b|node_modules|\/work\/|Error:/;

const BUTTONS = ['A handler throws', 'A parameter is refused', 'An unknown event', 'A render fails'];

/** Fields of an error frame that say no more than a visitor may know. */
const PUBLIC = ['type', 'error', 'code', 'id', 'ref', 'ack'];

const causeOf = (gallery: GalleryProcess, id: unknown) => gallery.log.find((entry) => entry.id === id)?.error;

test('an error frame names a sentence and a reference, and the log has the cause under it', async ({
  page,
  gallery,
}) => {
  const frames = recordFrames(page);
  await open(page, '/boom');
  for (const name of BUTTONS) {
    await page.getByRole('button', { name }).click();
    await settled(page);
  }
  const errors = frames.of('error');
  expect(errors.map(({ code }) => code)).toEqual([
    'event/failed',
    'event/params',
    'event/unknown',
    'view/render-failed',
  ]);
  for (const frame of errors) {
    expect(Object.keys(frame).filter((key) => !PUBLIC.includes(key))).toEqual([]);
    expect(JSON.stringify(frame)).not.toMatch(SECRETS);
  }
  expect(JSON.stringify(frames.received)).not.toMatch(SECRETS);
  const [thrown, , , rendered] = errors as [Frame, Frame, Frame, Frame];
  await expect.poll(() => causeOf(gallery, thrown.id)).toMatch(/This handler fails/);
  expect(causeOf(gallery, rendered.id)).toMatch(/This render fails/);
});

test('a page that cannot be mounted is an error page that says no more', async ({ page, gallery, watch }) => {
  watch.allow(/500/);
  const response = await page.goto('/boom?fail=mount');
  expect(response?.status()).toBe(500);
  const html = (await response?.text()) ?? '';
  expect(html).not.toMatch(SECRETS);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The page could not be opened.');
  const id = await page.locator('code').innerText();
  await expect.poll(() => causeOf(gallery, id)).toMatch(/This mount fails/);
  expect(response?.headers()['content-security-policy']).toContain("script-src 'self'");
});

test('what does not exist says only that', async ({ page, request, watch }) => {
  watch.allow(/404/);
  const response = await page.goto('/nowhere');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  for (const path of [
    '/djust/../../package.json',
    '/static/%2e%2e/gallery.ts',
    '/source/..%2fmain.ts',
    '/source/main.ts',
    '/%00',
  ]) {
    const { status, text } = await request
      .get(path)
      .then(async (one) => ({ status: one.status(), text: await one.text() }));
    expect(status, path).toBeGreaterThanOrEqual(400);
    expect(text, path).not.toMatch(/createGallery|"workspaces"/);
  }
});
