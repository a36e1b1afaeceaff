import { OP } from '@djust/protocol';
import type { Page } from '@playwright/test';
import { makeRows, type Row, shuffled, swapped, updated } from '../../examples/gallery/views/table-rows.ts';
import { expect, test } from '../support/test.ts';
import { measured } from './work.ts';

/** Looked for among the tools only: to name twenty thousand buttons takes the browser a while. */
const press = (page: Page, name: string) => () =>
  page.locator('.tools').getByRole('button', { name, exact: true }).click();
const isMove = (code: number): boolean => code === OP.move || code === OP.moveAfter;

test('to update every tenth of a thousand rows takes a hundred texts, and no row is made anew', async ({ page }) => {
  const measure = await measured(page, 1000);
  const work = await measure(press(page, 'Update every 10th'));
  expect(work).toEqual({ frames: 1, codes: Array(100).fill(OP.text), touched: 100, added: 0, removed: 0, newRows: [] });
});

test('what a change costs does not grow with the table', async ({ page }) => {
  test.slow();
  const measure = await measured(page, 10_000);
  const work = await measure(press(page, 'Update every 100th'));
  expect(work).toEqual({ frames: 1, codes: Array(100).fill(OP.text), touched: 100, added: 0, removed: 0, newRows: [] });
});

test('no listener is added for a row', async ({ page }) => {
  // Counts in the world of the page; the tests themselves listen from another one.
  await page.addInitScript(() => {
    const { addEventListener } = EventTarget.prototype;
    Object.assign(globalThis, { listeners: 0 });
    EventTarget.prototype.addEventListener = function (...args: Parameters<typeof addEventListener>) {
      (globalThis as unknown as { listeners: number }).listeners++;
      return addEventListener.apply(this, args);
    };
  });
  const listeners = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { listeners: number }).listeners);
  const measure = await measured(page, 10);
  // The first rows bring a new title, and that an add-on with its listeners.
  await expect(async () => {
    const before = await listeners();
    expect(before).toBeGreaterThan(5);
    await measure(press(page, 'Append 1,000'));
    expect(await listeners()).toBe(before);
  }).toPass();
});

test('two rows change places with two moves at most', async ({ page }) => {
  const measure = await measured(page, 1000);
  const { codes, newRows } = await measure(press(page, 'Swap two'));
  expect(codes.every(isMove)).toBe(true);
  expect(codes.length).toBeLessThanOrEqual(2);
  expect(newRows).toEqual([]);
});

test('a row goes with one operation', async ({ page }) => {
  const measure = await measured(page, 1000);
  const work = await measure(() => page.getByRole('button', { name: 'Remove row 500' }).click());
  // The other text is the number of rows above the table.
  expect(work.codes).toEqual([OP.text, OP.remove]);
  expect(work.removed).toBe(1);
  expect(work.newRows).toEqual([]);
});

test('a row is selected with two attributes', async ({ page }) => {
  const measure = await measured(page, 1000);
  const select = (row: number) => () => page.locator('tbody tr').nth(row).locator('.plain').click();
  await measure(select(3));
  const { codes, newRows } = await measure(select(7));
  expect(codes).toEqual([OP.text, OP.attr, OP.attr]);
  expect(newRows).toEqual([]);
});

test('a thousand rows more are added in one piece, and nothing else is touched', async ({ page }) => {
  const measure = await measured(page, 1000);
  const { codes, added, newRows } = await measure(press(page, 'Append 1,000'));
  expect(codes).toEqual([OP.text, OP.template, OP.insertAfter]);
  expect(added).toBe(1000);
  expect(newRows).toHaveLength(1000);
  expect(newRows[0]).toBe('1001');
  // The next thousand come as values of the template that is there already.
  const next = await measure(press(page, 'Append 1,000'));
  expect(next.codes).toEqual([OP.text, OP.insertAfter]);
  expect(next.added).toBe(1000);
});

test('a table that is shuffled keeps its rows', async ({ page }) => {
  const measure = await measured(page, 1000);
  const { codes, added, removed, newRows } = await measure(press(page, 'Shuffle'));
  expect(codes.every(isMove)).toBe(true);
  expect({ added, removed, newRows }).toEqual({ added: 0, removed: 0, newRows: [] });
});

test('after many operations the page shows what the server holds', async ({ page }) => {
  const measure = await measured(page, 1000);
  // The functions that the server runs, one after the other.
  let rows = makeRows(1000, 1);
  const steps: [string, (rows: Row[]) => Row[]][] = [
    ['Shuffle', (before) => shuffled(before, 0)],
    ['Update every 10th', (before) => updated(before, 10)],
    ['Swap two', swapped],
    ['Append 1,000', (before) => [...before, ...makeRows(1000, 1001)]],
    ['Shuffle', (before) => shuffled(before, 1)],
    ['Swap two', swapped],
  ];
  for (const [name, step] of steps) {
    await measure(press(page, name));
    rows = step(rows);
  }
  await measure(() => page.getByRole('button', { name: 'Remove row 77', exact: true }).click());
  rows = rows.filter(({ id }) => id !== 77);
  const shown = await page.locator('tbody tr').evaluateAll((all) => all.map((row) => row.textContent?.trim()));
  expect(shown).toEqual(rows.map(({ id, label }) => `${id}${label}✕`));
});
