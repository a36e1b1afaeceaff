import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

test('a handler is called from a form of its schema; both ends refuse alike, in the same words @firefox', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const { root, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await tab('Handlers');
  await expect(root.getByText('Each event: 65.5 kB at most, 100 a second')).toBeVisible();
  const add = root.getByRole('region', { name: 'add' });
  await expect(add.getByText('integer, −10 to 10')).toBeVisible();
  const by = add.getByRole('spinbutton', { name: 'by' });
  const sent = (): Promise<number> => page.evaluate(() => djust.openEvents);
  await by.fill('99');
  await expect(add.getByText('more than 10')).toBeVisible();
  await by.press('Enter');
  await expect(add.getByText('Not sent: see the fields.')).toBeVisible();
  await expect(by).toBeFocused();
  await expect(by).toHaveAttribute('aria-invalid', 'true');
  // The same past the form: what the panel says of its own is what the server answers.
  await add.getByRole('button', { name: 'as JSON' }).click();
  const text = add.getByLabel('Parameters for add, as JSON');
  await text.fill('{"by": 99}');
  await add.getByRole('button', { name: 'Check' }).click();
  await expect(add.getByText('event/params /params/by more than 10')).toBeVisible();
  await text.fill('{}');
  await add.getByRole('button', { name: 'Call' }).click();
  await expect(add.getByText('event/params /params/by is missing')).toBeVisible();
  await text.fill('{"by": 4}');
  await add.getByRole('button', { name: 'as JSON' }).click();
  await expect(by).toHaveValue('4');
  expect(await sent()).toBe(0);
  await expect(page.locator('#count')).toHaveText('0');
  // With the keyboard alone.
  await by.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.locator('#count')).toHaveText('5');
  await expect(add.getByText('1 time', { exact: true })).toBeVisible();
  // An event that is refused counts, and the link leads to it.
  await page.evaluate(() => void djust.push('add', { by: 11 }));
  await expect(add.getByText('2 times, 1 failed: 50 %')).toBeVisible();
  await add.getByRole('definition').getByRole('button').click();
  await expect(
    root.getByRole('region', { name: 'The selected event' }).getByText('event/params').first(),
  ).toBeVisible();
  await tab('Handlers');
  await expect(root.getByRole('region', { name: 'no_such_event' })).toHaveCount(0);
});
