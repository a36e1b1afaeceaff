import { expect, open, settled, test } from './support/test.ts';

test('text comes piece by piece, and an error is told beside it', async ({ page, wire }) => {
  await open(page, '/streams/');
  await page.evaluate(() => {
    const page = globalThis as unknown as { heard: string[] };
    page.heard = [];
    for (const name of ['start', 'text', 'done', 'error'])
      document.addEventListener(`stream:${name}`, () => page.heard.push(name));
  });
  await page.click('#write');
  await expect(page.locator('#answer')).toHaveText('one two three');
  await settled(page);
  await expect(page.locator('#answer')).not.toHaveAttribute('data-stream-active');
  await page.click('#fail');
  await expect(page.locator('#answer [role=alert]')).toHaveText('The pen is empty.');
  await expect(page.locator('#answer')).toContainText('one two three');
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  expect(heard).toEqual(['start', 'text', 'text', 'text', 'done', 'error']);
  expect(wire.of('stream')).toHaveLength(6);
});

test('rows are added and removed past the diff, and stay when the page changes', async ({ page }) => {
  await open(page, '/streams/');
  await page.click('#add');
  await page.click('#add');
  await expect(page.locator('#rows li')).toHaveText(['row 1', 'row 2']);
  await expect(page.locator('#count')).toHaveText('2');
  await page.click('#remove');
  await expect(page.locator('#rows li')).toHaveText(['row 2']);
});
