import { open, settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, panelOf, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });
for (const [name, width, scheme] of [
  ['a', 1280, 'light'],
  ['b', 800, 'dark'],
] as const) {
  test.describe(() => {
    test.use({ viewport: { width, height: 860 }, colorScheme: scheme });
    test(`walk ${name}`, async ({ page }) => {
      test.setTimeout(120_000);
      await unlock(page);
      await open(page, '/todos');
      await page.evaluate(() => localStorage.setItem('djust:devtools:prefs:v1', JSON.stringify({ sizePx: 470 })));
      await page.reload();
      await settled(page);
      await page.keyboard.press('Control+Shift+D');
      const { root } = await panelOf(page);
      await expect(root.getByText('with debug frames')).toBeVisible();
      for (const text of ['Unplug the router', 'Watch the queue']) {
        await page.getByLabel('What needs doing?').fill(text);
        await page.getByLabel('What needs doing?').press('Enter');
        await settled(page);
      }
      for (let i = 1; i < 3; i++) {
        await page.getByRole('checkbox').nth(i).click();
        await settled(page);
      }
      await page.evaluate(() => void djust.push('archive', { id: 3 }));
      await page.getByLabel('What needs doing?').fill('half typed');
      const focused = () =>
        page.evaluate(() => {
          let e = document.activeElement;
          while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
          return `${e?.localName} ${e?.getAttribute('aria-label') ?? ''} ${(e?.textContent ?? '').slice(0, 40)}`;
        });
      const shot = (what: string) => page.screenshot({ path: `/tmp/walk-${name}-${what}.png` });
      // from the page into the panel by keyboard
      await root.locator('[role=tab][aria-selected=true]').focus();
      const order: string[] = [];
      await page.keyboard.press('2');
      await page.waitForTimeout(400);
      for (let i = 0; i < 14; i++) {
        await page.keyboard.press('Tab');
        order.push(await focused());
      }
      console.log(name, 'events', JSON.stringify(order));
      await root.getByRole('listbox').focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press('j');
      await page.waitForTimeout(300);
      await shot('2-events');
      await page.keyboard.press('4');
      await page.waitForTimeout(400);
      await root.getByRole('listbox').focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press('j');
      await page.waitForTimeout(300);
      await shot('4-patches');
      await page.keyboard.press('5');
      await page.waitForTimeout(600);
      const st: string[] = [];
      for (let i = 0; i < 10; i++) {
        await page.keyboard.press('Tab');
        st.push(await focused());
      }
      console.log(name, 'state', JSON.stringify(st));
      await root.locator('summary').filter({ hasText: 'todos' }).first().focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      st.push(await focused());
      await page.waitForTimeout(300);
      await shot('5-state');
      await page.keyboard.press('6');
      await page.waitForTimeout(2500);
      await shot('6-performance');
      await page.keyboard.press('PageDown');
      await root.getByRole('region', { name: 'Performance' }).evaluate((e) => e.scrollTo(0, e.scrollHeight));
      await page.waitForTimeout(300);
      await shot('6-performance-end');
      await page.keyboard.press('7');
      await page.waitForTimeout(400);
      const hs: string[] = [];
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        hs.push(await focused());
      }
      console.log(name, 'handlers', JSON.stringify(hs));
      await shot('7-handlers');
      await page.keyboard.press('Escape');
      await root.locator('[role=tab][aria-selected=true]').focus();
      await page.keyboard.press('1');
      await page.waitForTimeout(400);
      await shot('1-overview');
      await page.keyboard.press('3');
      await page.waitForTimeout(400);
      await shot('3-network');
      await page.keyboard.press('9');
      await page.waitForTimeout(400);
      await shot('9-time');
      await page.keyboard.press('?');
      await page.waitForTimeout(400);
      await shot('12-settings');
    });
  });
}
