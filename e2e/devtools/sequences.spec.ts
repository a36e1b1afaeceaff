import type { Page } from '@playwright/test';
import { settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, openPanel } from './open-panel.ts';

test.use({ flavour: 'development' });

async function count(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name, exact: true }).click();
    await settled(page);
  }
}

test('what the filter shows is replayed as a sequence, on a fork, and live with its pauses', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows, tab } = await openPanel(page, '/counter');
  await count(page, '+1', '+10');
  await tab('Events');
  await expect(rows).toHaveCount(3);
  await root.getByRole('button', { name: 'Replay them on a fork' }).click();
  await expect(root.getByText('2 events on a fork: the same patches as then.')).toBeVisible();
  await expect(page.locator('#count')).toHaveText('11');
  await root.getByLabel('Speed').selectOption('four times as fast');
  await root.getByRole('button', { name: 'Replay them live' }).click();
  await expect(page.locator('#count')).toHaveText('11');
  await root.getByRole('button', { name: 'Really: change the live state' }).click();
  await expect(root.getByText('2 events replayed.')).toBeVisible();
  await expect(page.locator('#count')).toHaveText('22');
  // What the panel made itself is marked, and not replayed with the rest.
  await root.getByRole('button', { name: 'Replay them on a fork' }).click();
  await expect(root.getByText('2 events on a fork: the same patches as then.')).toBeVisible();
});

test('the states of a session are played one behind the other', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, tab } = await openPanel(page, '/counter');
  await count(page, '+1', '+10', '+1');
  await tab('Time');
  await expect(root.getByText('4 states, this is now')).toBeVisible();
  await page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    const output = document.querySelector('#count') as HTMLElement;
    new MutationObserver(() => shown.push(output.textContent ?? '')).observe(output, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await root.getByRole('button', { name: 'Play', exact: true }).click();
  const shown = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toEqual(['0', '1', '11', '12']);
  await expect(root.getByText('4 states, this is now')).toBeVisible();
});

test('a pinned field stays in sight, with its value of now, over loads of the page', async ({ page }) => {
  const { root, tab } = await openPanel(page, '/counter');
  await tab('State');
  await root.getByRole('button', { name: 'pin count', exact: true }).click();
  const pins = root.getByRole('region', { name: 'Pinned fields' });
  await expect(pins).toContainText('count0');
  await count(page, '+10');
  await expect(pins).toContainText('count10');
  await page.reload();
  await settled(page);
  // Another session, the same pin.
  await expect(pins).toContainText('count0');
  await pins.getByRole('button', { name: 'unpin count' }).click();
  await expect(pins).toBeHidden();
});

test('the steps of the server are summed up over all events', async ({ page }) => {
  const { root, tab } = await openPanel(page, '/counter');
  await expect(root.getByText('with debug frames')).toBeVisible();
  await count(page, '+1', '+1', '+1');
  await tab('Performance');
  await expect(root.getByRole('row', { name: /^handler \d+ [\d.]+ ms/ })).toBeVisible();
  await expect(root.getByText(/The server process: .* of memory/)).toBeVisible();
});

test('the button is dragged to another place, where it stays, and a drag does not open the panel', async ({ page }) => {
  const { root } = await openPanel(page, '/counter');
  await page.keyboard.press('Control+Shift+D');
  const trigger = page.getByRole('button', { name: 'Open the djust debug panel' });
  const box = await trigger.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(300, 200, { steps: 4 });
  await page.mouse.move(40, 30);
  await page.mouse.up();
  await expect(root).toBeHidden();
  await expect.poll(async () => (await trigger.boundingBox())?.x).toBe(14);
  expect((await trigger.boundingBox())?.y).toBe(14);
  await page.reload();
  await settled(page);
  await expect.poll(async () => (await trigger.boundingBox())?.y).toBe(14);
  await trigger.click();
  await expect(root).toBeVisible();
});

test('a piece of the time is chosen by dragging, and let go by a click', async ({ page }) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  await count(page, '+1', '+10');
  await tab('Events');
  await expect(rows).toHaveCount(3);
  const times = root.getByRole('img', { name: /^2 events from/ });
  const box = await times.boundingBox();
  const drag = async (from: number, to: number): Promise<void> => {
    const [x, y, width] = [box?.x ?? 0, (box?.y ?? 0) + 10, box?.width ?? 0];
    await page.mouse.move(x + from * width, y);
    await page.mouse.down();
    await page.mouse.move(x + ((from + to) / 2) * width, y);
    await page.mouse.move(x + to * width, y);
    await page.mouse.up();
  };
  // The first event is where the time begins.
  await drag(0.04, 0);
  await expect(root.getByRole('searchbox')).toHaveValue(/^since:\d+ until:\d+$/);
  await expect(root.getByText('1 / 2')).toBeVisible();
  await expect(rows.filter({ hasText: 'add' })).toHaveCount(1);
  await drag(0.5, 0.5);
  await expect(root.getByRole('searchbox')).toHaveValue('');
  await expect(rows).toHaveCount(3);
});
