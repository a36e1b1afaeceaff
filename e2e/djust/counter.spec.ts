import { expectSame } from './support/same.ts';
import { expect, open, test } from './support/test.ts';

test('a counter counts, with and without arguments', async ({ page, wire }) => {
  await open(page, '/counter/');
  await page.click('#one');
  await page.click('#five');
  await page.click('#by');
  await expect(page.locator('h1')).toHaveText('9');
  await expectSame(page, wire);
  expect(wire.sentOf('event').map(({ params, ref }) => [params, ref])).toEqual([
    [{}, 1],
    [{ _args: [5] }, 2],
    [{ by: 3 }, 3],
  ]);
});

test('an event that changes nothing gives its button back', async ({ page, wire }) => {
  await open(page, '/counter/');
  await page.click('#nothing');
  await page.evaluate(() => djust.settled());
  await expect(page.locator('#nothing')).toBeEnabled();
  await expect(page.locator('#nothing')).toHaveText('Nothing');
  expect(wire.of('noop').map(({ ref }) => ref)).toEqual([1]);
});
