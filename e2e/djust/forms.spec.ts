import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';

test('a submit carries every kind of field, once', async ({ page, wire }) => {
  await open(page, '/forms/');
  await page.fill('[name=text]', 'typed');
  await page.fill('[name=email]', 'a@b.c');
  await page.fill('[name=date]', '2026-11-22');
  await page.check('[name=box]');
  await page.check('[name=radio][value=b]');
  await page.selectOption('[name=choice]', 'y');
  await page.selectOption('[name=many]', ['1', '2']);
  await page.fill('[name=area]', 'two\nlines');
  await page.click('[name=way]');
  await expect(page.locator('#count')).toHaveText('1');
  await settled(page);
  await expect(page.locator('[name=way]')).toHaveText('Save');
  const params = wire.sentOf('event').find(({ event }) => event === 'save')?.params;
  expect(params).toEqual({
    text: 'typed',
    email: 'a@b.c',
    number: '5',
    range: '10',
    date: '2026-11-22',
    box: 'on',
    radio: 'b',
    choice: 'y',
    many: '2',
    area: 'two\nlines',
    hidden: 'h',
    key: '',
    way: 'by-button',
    _target: 'way',
  });
  await expect(page.locator('#sent dd')).toContainText(['typed']);
  await expectSame(page, wire);
});

test('validation comes and goes beside the field, and what was typed stays', async ({ page, wire }) => {
  await open(page, '/forms/');
  await page.fill('[name=email]', 'nobody');
  await page.locator('[name=email]').blur();
  await expect(page.locator('.error')).toHaveText('An address has an @.');
  await expect(page.locator('[name=email]')).toHaveValue('nobody');
  await expectSame(page, wire);
  await page.fill('[name=email]', 'a@b');
  await page.locator('[name=email]').blur();
  await expect(page.locator('.error')).toHaveCount(0);
  await expectSame(page, wire);
});

test('ticks, choices, pauses, keys and leaving a field send what the server expects', async ({ page, wire }) => {
  await open(page, '/forms/');
  await page.check('[name=box]');
  await expect(page.locator('#seen')).toHaveText('box=true');
  await page.check('[name=radio][value=a]');
  await expect(page.locator('#seen')).toHaveText('radio=a');
  await page.selectOption('[name=choice]', 'y');
  await expect(page.locator('#seen')).toHaveText('choice=y');
  await page.locator('[name=area]').pressSequentially('abc');
  await expect(page.locator('#seen')).toHaveText('area:abc');
  await page.locator('[name=key]').press('x');
  await page.locator('[name=key]').press('Enter');
  await expect(page.locator('#count')).toHaveText('1');
  await expect(page.locator('#key')).toHaveText('Enter');
  await page.locator('[name=text]').focus();
  await expect(page.locator('#seen')).toHaveText('left key');
  await settled(page);
  const pressed = wire.sentOf('event').filter(({ event }) => event === 'pressed');
  expect(pressed.map(({ params }) => (params as { key: string }).key)).toEqual(['Enter']);
});

test('dj-model keeps a field and the state the same', async ({ page, wire }) => {
  await open(page, '/forms/');
  await page.fill('#city', 'Oslo');
  await page.check('#agreed');
  await settled(page);
  await page.click('#show');
  await expect(page.locator('#model')).toHaveText('Oslo True');
  const sent = wire.sentOf('event').filter(({ event }) => event === 'update_model');
  expect(sent.map(({ params }) => params)).toEqual([
    { field: 'city', value: 'Oslo' },
    { field: 'agreed', value: true },
  ]);
  await expectSame(page, wire);
});

test('after a break the view hears again what the fields show', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket/);
  await open(page, '/forms/');
  await page.fill('[name=email]', 'nobody');
  await page.locator('[name=email]').blur();
  await expect(page.locator('.error')).toBeVisible();
  await page.check('[name=box]');
  await settled(page);
  const before = wire.sent.length;
  await wire.cut();
  await expect.poll(() => wire.of('mount').length, { timeout: 20_000 }).toBe(2);
  await settled(page);
  const again = wire.sent.slice(before).filter(({ type }) => type === 'event');
  expect(again.map(({ params }) => (params as { field: string }).field)).toEqual(['email', 'box']);
  await expect(page.locator('.error')).toBeVisible();
  await expect(page.locator('[name=email]')).toHaveValue('nobody');
  await expectSame(page, wire);
});
