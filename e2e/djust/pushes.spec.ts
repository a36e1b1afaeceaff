import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';
import { Wiretap } from './support/wiretap.ts';

test('W15: clicks between ticks are answered, nothing is recovered, the field keeps its text', async ({
  page,
  wire,
}) => {
  await open(page, '/clock/');
  await page.fill('#field', 'mine');
  for (let count = 1; count <= 10; count++) {
    await page.click('#click');
    await page.click('#nothing');
    await expect(page.locator('#clicks')).toHaveText(String(count));
  }
  await expect.poll(async () => Number(await page.textContent('#ticks'))).toBeGreaterThan(10);
  await expect(page.locator('#field')).toHaveValue('mine');
  expect(wire.sentOf('request_html')).toEqual([]);
  expect(wire.of('patch').some(({ source }) => source === 'tick')).toBe(true);
});

test('what one tab does, the other one sees', async ({ page, wire, context }) => {
  await open(page, '/room/');
  const other = await context.newPage();
  const otherWire = await Wiretap.on(other);
  await open(other, '/room/');
  await page.fill('[name=text]', 'hello');
  await page.click('button');
  await expect(other.locator('li')).toHaveText(['hello']);
  await other.fill('[name=text]', 'hi');
  await other.click('button');
  await expect(page.locator('li')).toHaveText(['hello', 'hi']);
  await expect(other.locator('li')).toHaveText(['hello', 'hi']);
  await expectSame(page, wire);
  await expectSame(other, otherWire);
});

test('work in the background ends with an update of its own', async ({ page, wire }) => {
  await open(page, '/slow/');
  await page.click('#work');
  await settled(page);
  // W24: the button is given back when the work is done, not when it has begun.
  expect(await page.locator('#state').textContent()).toBe('working');
  await expect(page.locator('#work')).toHaveText('Please wait');
  await expect(page.locator('#state')).toHaveText('done');
  await expect(page.locator('#work')).toHaveText('Work');
  await expect(page.locator('#work')).toBeEnabled();
  expect(wire.of('patch').map(({ source }) => source)).toEqual(['event', 'async']);
  await expectSame(page, wire);
});
