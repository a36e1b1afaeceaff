import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';

test('W26: a login that has expired leads to the login page, and back', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket|4403/);
  await page.goto('/login/?next=/guarded/');
  await page.click('button');
  await page.waitForURL('**/guarded/');
  await settled(page);
  await page.click('#one');
  await expect(page.locator('h1')).toHaveText('1');
  await page.request.get('/logout/');
  const before = wire.sockets.length;
  await wire.cut();
  await page.waitForURL('**/login/**');
  expect(wire.sockets.length, 'no hot loop of connections').toBe(before + 1);
});

test('4403: a page that may not be seen any more stops trying', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket|4403/);
  await page.goto('/login/?as=bob&next=/guarded/');
  await page.click('button');
  await page.waitForURL('**/guarded/');
  await settled(page);
  await page.request.get('/lock-out/');
  await page.click('#one');
  await page.waitForURL('**/login/**');
  expect(wire.sockets).toHaveLength(1);
});

test('W22: sixty events at once all take effect, and no limit is hit', async ({ page, wire }) => {
  await open(page, '/counter/');
  const outcomes = await page.evaluate(() => Promise.all(Array.from({ length: 60 }, () => djust.push('add'))));
  expect(outcomes.filter(({ status }) => status === 'acked')).toHaveLength(60);
  await expect(page.locator('h1')).toHaveText('60');
  expect(wire.of('rate_limit_exceeded')).toEqual([]);
  await expectSame(page, wire);
});

test('W22: a server that stands still for a while hits no limit when it goes on', async ({ page, wire, django }) => {
  await open(page, '/counter/');
  const all = page.evaluate(() => Promise.all(Array.from({ length: 120 }, () => djust.push('add'))));
  for (let i = 0; i < 3; i++) {
    await expect.poll(() => page.textContent('h1')).not.toBe('0');
    await django.pause(700);
  }
  expect((await all).filter(({ status }) => status === 'acked')).toHaveLength(120);
  await expect(page.locator('h1')).toHaveText('120');
  expect(wire.of('rate_limit_exceeded')).toEqual([]);
});

test('4429: too many frames end with a pause, every event has an outcome, and the page comes back', async ({
  page,
  wire,
  watch,
}) => {
  watch.allow(/WebSocket|4429/);
  test.setTimeout(90_000);
  await open(page, '/counter/');
  // Behind the page's back: a flood that is not the client's.
  const server = wire.sockets.at(-1)?.server;
  for (let i = 0; i < 120; i++) server?.send(JSON.stringify({ type: 'ping' }));
  const outcomes = await page.evaluate(() => Promise.all([1, 2, 3].map(() => djust.push('add'))));
  expect(outcomes).toHaveLength(3);
  await expect.poll(() => page.evaluate(() => djust.phase), { timeout: 40_000 }).toBe('live');
  await page.click('#one');
  await settled(page);
  await expect(page.locator('h1')).not.toHaveText('0');
  expect(wire.sockets.length).toBeLessThan(5);
});
