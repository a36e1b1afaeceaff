import { addOn, isLive, open } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const BUILD_MISMATCH = 4409;

test('a page of another build is loaded anew, once, and what was entered is still there @firefox', async ({ page }) => {
  let close = (): void => {};
  let loads = 0;
  page.on('load', () => loads++);
  await page.routeWebSocket(/./, (socket) => {
    socket.connectToServer();
    close = () => void socket.close({ code: BUILD_MISMATCH });
  });
  await open(page, '/todos');
  await addOn(page, 'drafts');
  const field = page.getByLabel('What needs doing?');
  await field.fill('half typed');
  const before = loads;
  close();
  await expect.poll(() => loads).toBe(before + 1);
  await isLive(page);
  await expect(field).toHaveValue('half typed');
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Edit: half typed' })).toBeVisible();
  expect(loads).toBe(before + 1);
});
