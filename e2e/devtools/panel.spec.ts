import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { open, settled } from '../support/page.ts';
import { test } from '../support/test.ts';
import { expect, openPanel, panelOf, unlock } from './open-panel.ts';

test.use({ flavour: 'development' });

const TABS = [
  'Overview',
  'Events',
  'Network',
  'Patches',
  'State',
  'Performance',
  'Handlers',
  'Tree',
  'Time',
  'Offline',
  'A11y',
  'Settings',
];

test('a page links to the panel; its shadow root is closed, and its tabs are loaded when they are opened @firefox', async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await open(page, '/counter');
  expect(loaded.filter((path) => path.includes('djust-devtools/tab-'))).toEqual([]);
  await page.getByRole('link', { name: 'Open the debug panel' }).click();
  await expect.poll(() => loaded.some((path) => path.endsWith('tab-overview.js'))).toBe(true);
  expect(loaded.some((path) => path.endsWith('tab-settings.js'))).toBe(false);
  expect(await page.evaluate(() => document.querySelector('djust-devtools')?.shadowRoot)).toBeNull();
  expect(await page.evaluate(() => document.querySelector('djust-devtools')?.matches(':popover-open'))).toBe(true);
});

test('every tab opens by keys alone, and each action has one', async ({ page }) => {
  test.setTimeout(90_000);
  const { root, rows } = await openPanel(page, '/counter');
  await expect(root.getByRole('tab', { name: 'Overview' })).toBeFocused();
  for (const [at, name] of TABS.entries()) {
    if (at < 9) await page.keyboard.press(String(at + 1));
    else await page.keyboard.press('ArrowRight');
    await expect(root.getByRole('tabpanel', { name })).toBeVisible();
    await expect(root.getByRole('tab', { name })).toBeFocused();
  }
  await page.evaluate(() => djust.push('add', { by: 1 }));
  await page.evaluate(() => djust.push('add', { by: 2 }));
  await page.keyboard.press('2');
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await expect(root.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('/');
  await expect(root.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('ms<0');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
  await expect(root.getByRole('listbox')).toBeFocused();
  for (const key of ['j', 'j']) await page.keyboard.press(key);
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  await expect(root.getByText('Fork: the same patches as then')).toBeVisible();
  await page.keyboard.press('p');
  await expect(root.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('p');
  await page.keyboard.press('d');
  await expect(root).toHaveAttribute('data-dock', 'right');
  const download = page.waitForEvent('download');
  await page.keyboard.press('e');
  expect((await download).suggestedFilename()).toBe('session.djtrace.json');
  await page.keyboard.press('x');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('?');
  await expect(root.getByRole('tabpanel', { name: 'Settings' })).toBeVisible();
  await expect(root.getByRole('region', { name: 'Keys' })).toBeFocused();
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();
});

test('keys belong to a field while somebody types in it', async ({ page }) => {
  const { root } = await openPanel(page, '/todos');
  await page.getByLabel('What needs doing?').fill('');
  await page.getByLabel('What needs doing?').pressSequentially('redo p1 x?/');
  await expect(page.getByLabel('What needs doing?')).toHaveValue('redo p1 x?/');
  await expect(root.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
});

/** The code of two tabs is on its way until what this returns is called. */
async function holdCode(page: Page): Promise<() => void> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/tab-{overview,events}.js', async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test('the panel takes no focus from the page, neither when its code comes late nor at a load', async ({ page }) => {
  const release = await holdCode(page);
  const { root } = await openPanel(page, '/todos');
  await expect(root.getByRole('tab', { name: 'Overview' })).toBeFocused();
  await page.keyboard.press('2');
  await page.keyboard.press('/');
  const field = page.getByLabel('What needs doing?');
  await field.fill('bread');
  release();
  await expect(root.getByRole('tabpanel', { name: 'Events' })).toBeVisible();
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+Shift+D');
  await expect(root).toBeHidden();

  // The panel that was open is open after a load; the focus is the page's.
  await page.keyboard.press('Control+Shift+D');
  await page.reload();
  await expect(root.getByRole('tabpanel', { name: 'Events' })).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('djust-devtools');
});

test('a key that needs the code of a tab is done when that is there', async ({ page }) => {
  const release = await holdCode(page);
  const { root } = await openPanel(page, '/todos');
  await page.keyboard.press('2');
  await page.keyboard.press('/');
  await expect(root.getByRole('tab', { name: 'Events' })).toBeFocused();
  release();
  await expect(root.getByRole('searchbox')).toBeFocused();
});

test('keys of the browser’s own tools stay the browser’s', async ({ page }) => {
  const { root } = await openPanel(page, '/counter');
  await expect(root.getByRole('tab', { name: 'Overview' })).toBeFocused();
  const press = (key: string, keys: object): Promise<boolean> =>
    page.evaluate(
      ([name, more]) => {
        const target = document.querySelector('djust-devtools')?.shadowRoot?.activeElement;
        const event = new KeyboardEvent('keydown', {
          ...more,
          key: name,
          bubbles: true,
          composed: true,
          cancelable: true,
        });
        target?.dispatchEvent(event);
        return event.defaultPrevented;
      },
      [key, keys] as const,
    );
  for (const key of ['I', 'J', 'C', 'K', 'E', 'M'])
    expect(await press(key, { ctrlKey: true, shiftKey: true })).toBe(false);
  expect(await press('F12', {})).toBe(false);
  await expect(root).toHaveAttribute('data-dock', 'bottom');
  // The control: one that is the panel's.
  expect(await press('d', {})).toBe(true);
  await expect(root).toHaveAttribute('data-dock', 'right');
});

test('the page makes room: a fixed footer is not covered, nor is the end of the page', async ({ page }) => {
  await unlock(page);
  await open(page, '/counter');
  await page.evaluate(() => {
    const footer = document.createElement('div');
    footer.id = 'fixed';
    footer.textContent = 'fixed';
    Object.assign(footer.style, { position: 'fixed', insetInline: '0', bottom: '0', height: '30px' });
    document.body.append(footer);
  });
  await page.keyboard.press('Control+Shift+D');
  const { root } = await panelOf(page);
  const top = (await root.boundingBox())?.y ?? 0;
  const fixed = await page.locator('#fixed').boundingBox();
  expect((fixed?.y ?? 0) + (fixed?.height ?? 0)).toBeLessThanOrEqual(top + 1);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = await page.locator('footer.bottom').boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(top + 1);
  await page.keyboard.press('Control+Shift+D');
  await expect.poll(async () => (await page.locator('#fixed').boundingBox())?.y).toBeGreaterThan(top);
});

test('styles of a hostile page do not reach it', async ({ page }) => {
  const { root } = await openPanel(page, '/counter');
  const look = (): Promise<unknown> =>
    root.evaluate((panel) => {
      const tab = panel.querySelector('[role="tab"]') as Element;
      const { position, color, fontSize, display } = getComputedStyle(panel);
      return [
        position,
        color,
        fontSize,
        display,
        getComputedStyle(tab).textTransform,
        panel.getBoundingClientRect().toJSON(),
      ];
    });
  const before = await look();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: revert; position: relative !important; color: red !important; font-size: 40px !important; text-transform: uppercase !important; z-index: 2147483647 }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  expect(await look()).toEqual(before);
});

test('it moves into a window of its own and back', async ({ page }) => {
  const { root, rows, tab } = await openPanel(page, '/counter');
  await tab('Events');
  const popup = page.waitForEvent('popup');
  await root.getByRole('button', { name: 'Window' }).click();
  const other = await popup;
  await expect(other.getByRole('tab', { name: 'Events' })).toBeVisible();
  await page.getByRole('button', { name: '+10' }).click();
  await expect(other.getByRole('listbox').getByRole('option')).toHaveCount(2);
  await other.close();
  await expect(rows).toHaveCount(2);
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The panel asks axe as well, where it is there, and two at once it does not answer. */
async function check(page: Page): Promise<AxeResults> {
  const run = (): Promise<AxeResults> =>
    page.evaluate(() =>
      (globalThis as unknown as { axe: { run(where: string): Promise<AxeResults> } }).axe.run('djust-devtools'),
    );
  let results: AxeResults | undefined;
  await expect(async () => {
    results = await run();
  }).toPass({ timeout: 20_000 });
  return results as AxeResults;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('no tab has a serious fault', async ({ page }) => {
      test.setTimeout(120_000);
      const { root, tab, rows } = await openPanel(page, '/counter');
      for (const name of ['+1', '+10', '−1']) await page.getByRole('button', { name, exact: true }).click();
      await page.evaluate(() => djust.push('nonsense'));
      await settled(page);
      await page.evaluate(AXE);
      for (const name of TABS) {
        await tab(name);
        if (['Events', 'Network', 'Patches'].includes(name)) await rows.nth(1).click();
        if (name === 'State') await expect(root.getByText('count')).not.toHaveCount(0);
        const { violations } = await check(page);
        const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        const said = faults.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
        );
        expect(said, name).toEqual([]);
      }
    });
  });
}
