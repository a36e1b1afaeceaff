import { readdirSync, readFileSync } from 'node:fs';
import { recordFrames } from '../support/frames.ts';
import { open, settled } from '../support/page.ts';
import { RawClient } from '../support/raw-client.ts';
import { test } from '../support/test.ts';
import { expect } from './open-panel.ts';

const DIST = new URL('../../packages/client/dist/', import.meta.url);

test('a production page has no panel, no tap, and no frame for them', async ({ page, request }) => {
  const frames = recordFrames(page);
  await open(page, '/counter');
  await page.getByRole('button', { name: '+10' }).click();
  await page.keyboard.press('Control+Shift+D');
  await settled(page);
  expect(
    await page.evaluate(() => [
      'djust-devtools' in customElements,
      document.querySelector('djust-devtools'),
      '__DJUST_TAP__' in globalThis,
    ]),
  ).toEqual([false, null, false]);
  expect(await page.content()).not.toContain('devtools');
  expect((await request.get('/djust-devtools/djust-devtools.js')).status()).toBe(404);
  expect([...frames.sent, ...frames.received].filter(({ type }) => type.startsWith('dev:'))).toEqual([]);
  expect(frames.of('connect')[0]).not.toHaveProperty('dev');
  expect((await request.get('/counter')).headers()['server-timing']).toBeUndefined();
});

test('an error in production is a sentence and a reference; the log has the rest under it', async ({
  page,
  gallery,
}) => {
  const frames = recordFrames(page);
  await open(page, '/boom');
  await page.getByRole('button', { name: 'A handler throws' }).click();
  await settled(page);
  const [frame] = frames.of('error');
  expect(Object.keys(frame ?? {}).sort()).toEqual(['code', 'error', 'id', 'ref', 'type']);
  expect(JSON.stringify(frame)).not.toContain('This handler fails');
  const logged = gallery.log.find(({ id }) => id === (frame as { id?: string }).id);
  expect(logged?.error).toContain('This handler fails');
});

test('no script for production knows a name of theirs', () => {
  const scripts = readdirSync(DIST).filter((name) => name.endsWith('.min.js'));
  expect(scripts.length).toBeGreaterThan(5);
  for (const name of scripts) {
    const text = readFileSync(new URL(name, DIST), 'utf8');
    for (const word of ['__DJUST_TAP__', 'djust-devtools', 'dev:'])
      expect(text.includes(word), `${name}: ${word}`).toBe(false);
  }
  // The control: those for development do.
  expect(readFileSync(new URL('djust.js', DIST), 'utf8')).toContain('__DJUST_TAP__');
});

test('a production server refuses the frames of the panel', async ({ gallery }) => {
  const client = await RawClient.onPage(gallery.origin, '/counter');
  for (const type of ['dev:subscribe', 'dev:state', 'dev:set', 'dev:travel', 'dev:replay'])
    client.send({ type, id: 1, path: ['count'], value: 5, node: 0, refs: [1] });
  for (let at = 0; at < 5; at++) expect(await client.next('error')).toMatchObject({ code: 'frame/unknown-type' });
});
