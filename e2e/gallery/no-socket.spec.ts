import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { FLOWS } from './flows/index.ts';

for (const { name, path, readable } of FLOWS) {
  test(`${name} can be read when the socket is blocked, and says that it is not connected @firefox`, async ({
    page,
    watch,
  }) => {
    watch.allow(Watch.CUT);
    await page.routeWebSocket(/./, (socket) => socket.close());
    await page.goto(path);
    await readable(page);
    await expect(page.getByRole('status').filter({ hasText: 'Not connected. Trying again …' })).toBeVisible();
    await readable(page);
  });
}
