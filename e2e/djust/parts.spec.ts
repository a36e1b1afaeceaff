import { expect, open, settled, test } from './support/test.ts';

test('a component hears its own events', async ({ page, wire }) => {
  await open(page, '/parts/');
  await page.click('#second button');
  await expect(page.locator('#second output')).toHaveText('11');
  await expect(page.locator('#first output')).toHaveText('1');
  await page.click('#first button');
  await expect(page.locator('#first output')).toHaveText('2');
  await expect(page.locator('#second output')).toHaveText('11');
  expect(wire.of('html_update')).toHaveLength(2);
});

test('W10, W13: an embedded view is updated, its lock released, and the page around it still takes patches', async ({
  page,
  wire,
}) => {
  await open(page, '/parts/');
  await page.click('#child-b .grow');
  await page.click('#child-b .grow');
  await expect(page.locator('#child-b .count')).toHaveText('2');
  await expect(page.locator('#child-a .count')).toHaveText('0');
  await settled(page);
  await expect(page.locator('#child-b .grow')).toBeEnabled();
  expect(wire.of('embedded_update').map(({ ref }) => ref)).toEqual([1, 2]);
  await page.click('#rename');
  await expect(page.locator('h1')).toHaveText('Parts!');
  expect(wire.sentOf('request_html')).toEqual([]);
});

test('an embedded view that fails gives its button back', async ({ page }) => {
  await open(page, '/parts/');
  await page.click('#child-a .fail');
  await settled(page);
  await expect(page.locator('#child-a .fail')).toBeEnabled();
  await page.fill('#child-a [name=text]', 'four');
  await page.press('#child-a [name=text]', 'Enter');
  await expect(page.locator('#child-a .count')).toHaveText('4');
});
