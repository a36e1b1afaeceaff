import { panelOf, unlock } from '../devtools/open-panel.ts';
import { DjangoProcess } from './support/django-process.ts';
import { test as base, expect, open, settled } from './support/test.ts';

/** A server with DEBUG that no WebSocket reaches. */
const test = base.extend<object, { deaf: DjangoProcess }>({
  deaf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
    async ({}, use) => {
      const django = await new DjangoProcess('development', { DEMO_SOCKET: '0' }).start();
      await use(django);
      await django.end();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ deaf }, use) => use(deaf.origin),
});

test('frames of a stream are listed and marked, and lead to their event', async ({ page, watch }) => {
  test.setTimeout(120_000);
  watch.allow(/WebSocket|ERR_/);
  await unlock(page);
  await open(page, '/rome/');
  await page.keyboard.press('Control+Shift+D');
  const { root, rows, tab } = await panelOf(page);
  await page.click('#add');
  await settled(page);
  await expect(page.locator('#count')).toHaveText('1');
  await tab('Network');
  const way = root.getByRole('combobox', { name: 'Way' });
  await way.selectOption('sse');
  await expect(rows.filter({ hasText: '↑' }).filter({ hasText: 'mount' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: '↓' }).filter({ hasText: 'patch' })).not.toHaveCount(0);
  await rows.filter({ hasText: '↑' }).filter({ hasText: 'event' }).first().click();
  const detail = root.getByRole('region', { name: 'The selected frame' });
  await expect(detail.getByRole('definition').filter({ hasText: /^SSE$/ })).toBeVisible();
  // A socket that was refused carried nothing.
  await way.selectOption('socket');
  await expect(rows).toHaveCount(0);
  await detail.getByRole('button', { name: 'Event add' }).click();
  await expect(root.getByRole('region', { name: 'The selected event' }).getByText('add').first()).toBeVisible();
});
