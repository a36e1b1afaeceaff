import { expect, open, settled, test } from './support/test.ts';

test('commands of a template run in the page, and one of them tells the view', async ({ page, wire }) => {
  await open(page, '/commands/');
  await page.click('#open');
  await expect(page.locator('#menu')).toBeVisible();
  await expect(page.locator('#menu')).toHaveClass('on');
  await expect(page.locator('#open')).toHaveAttribute('aria-expanded', 'true');
  expect(wire.sentOf('event')).toEqual([]);
  await page.click('#close');
  await expect(page.locator('#menu')).toBeHidden();
  await expect(page.locator('#count')).toHaveText('2');
});

test('commands that the view pushes, and those of a script', async ({ page, wire }) => {
  await open(page, '/commands/');
  await page.click('#highlight');
  await expect(page.locator('#menu')).toHaveClass('lit');
  await page.waitForFunction(() => 'js' in djust);
  await page.evaluate(() => {
    type Chain = { show(to: string): Chain; setAttr(name: string, value: string, more: object): Chain; exec(): void };
    const { js } = djust as unknown as { js: { chain(): Chain } };
    js.chain().show('#menu').setAttr('title', 'Here', { to: '#menu' }).exec();
  });
  await expect(page.locator('#menu')).toBeVisible();
  await expect(page.locator('#menu')).toHaveAttribute('title', 'Here');
  await settled(page);
  expect(wire.sentOf('request_html')).toEqual([]);
});
