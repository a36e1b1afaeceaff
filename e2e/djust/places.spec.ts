import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';

test('a view changes the query, and the back button brings the earlier one', async ({ page, wire }) => {
  await open(page, '/rome/');
  await page.click('#patch');
  await expect(page.locator('#tab')).toHaveText('third');
  expect(new URL(page.url()).search).toBe('?tab=third');
  await page.click('#add');
  await page.goBack();
  await expect(page.locator('#tab')).toHaveText('first');
  await expect(page.locator('#count')).toHaveText('1');
  await expectSame(page, wire);
  expect(wire.sockets).toHaveLength(1);
});

test('live_patch of the server changes the query without a question', async ({ page, wire }) => {
  await open(page, '/rome/');
  await page.click('#turn');
  await expect.poll(() => new URL(page.url()).search).toBe('?tab=second');
  await settled(page);
  expect(wire.sockets).toHaveLength(1);
});

test('W27, W28: to another view and back over one socket, each mounted as itself', async ({ page, wire }) => {
  await open(page, '/rome/');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  await page.click('#oslo');
  await expect(page.locator('h1')).toHaveText('Oslo');
  await expect(page.locator('#count')).toHaveText('0');
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  await expectSame(page, wire);
  await page.goBack();
  await expect(page.locator('h1')).toHaveText('Rome');
  await page.click('#add');
  await settled(page);
  await page.goForward();
  await expect(page.locator('h1')).toHaveText('Oslo');
  await page.click('#add');
  await settled(page);
  await expectSame(page, wire);
  expect(wire.sockets).toHaveLength(1);
});

test('live_redirect of the server, and a cut afterwards: the view that is shown is the one that is mounted', async ({
  page,
  wire,
  watch,
}) => {
  watch.allow(/WebSocket/);
  await open(page, '/rome/');
  await page.click('#go');
  await expect(page.locator('h1')).toHaveText('Oslo');
  await settled(page);
  await wire.cut();
  await expect.poll(() => wire.sockets.length, { timeout: 20_000 }).toBe(2);
  await settled(page);
  await page.click('#add');
  await expect(page.locator('#count')).toHaveText('1');
  await expect(page.locator('h1')).toHaveText('Oslo');
  expect(wire.sent.filter(({ type }) => /mount/.test(type)).map(({ view }) => view)).toEqual([
    'demo.views.places.Rome',
    'demo.views.places.Oslo',
    'demo.views.places.Oslo',
  ]);
  await expectSame(page, wire);
});
