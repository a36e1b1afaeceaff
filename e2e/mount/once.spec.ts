import { FLOWS } from '../gallery/flows/index.ts';
import { recordFrames } from '../support/frames.ts';
import { open } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

test('the view is mounted once for page and socket together, and no HTML is sent twice', async ({
  page,
  ownGallery,
}) => {
  const frames = recordFrames(page);
  await open(page, `${ownGallery.origin}/counter`);
  expect(ownGallery.mounts).toEqual(['gallery.counter']);
  expect(frames.sockets).toBe(1);
  const [reply] = frames.of('mount');
  expect(reply).toMatchObject({ view: 'gallery.counter', version: 1, ext: { outcome: 'adopted' } });
  expect(reply).not.toHaveProperty('html');

  await page.reload();
  await open(page, `${ownGallery.origin}/counter`);
  expect(ownGallery.mounts).toHaveLength(3);
});

test('so is every page of the gallery', async ({ page, ownGallery }) => {
  const frames = recordFrames(page);
  const demos = FLOWS.filter(({ name }) => name !== 'index');
  for (const { path } of demos) await open(page, ownGallery.origin + path);
  expect(ownGallery.mounts).toEqual(demos.map(({ name }) => `gallery.${name}`));
  expect(frames.of('mount').map((frame) => 'html' in frame)).toEqual(demos.map(() => false));
});

test('an event brings one small frame', async ({ page }) => {
  const frames = recordFrames(page);
  await open(page, '/counter');
  frames.clear();
  await page.getByRole('button', { name: '+1', exact: true }).click();
  await expect(page.locator('#count')).toHaveText('1');
  expect(frames.sent).toEqual([{ type: 'event', event: 'add', params: { by: 1 }, ref: 1 }]);
  const [patch] = frames.of('patch');
  expect(frames.of('patch')).toHaveLength(1);
  expect(patch).toMatchObject({ version: 2, ref: 1 });
  // The text, and the button that can be pressed now.
  expect(JSON.stringify(patch?.ops).length).toBeLessThan(60);
});
