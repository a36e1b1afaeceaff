import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { World } from '../../bench/src/chaos/run.ts';
import { make, quiet, shown } from '../../bench/src/chaos/tab.ts';
import { inWorld as test } from './in-world.ts';

const ROUNDS = 10;
const MS = 60_000;
/** How long the site is away, by the clock of the page. */
const OUTAGES = [0, 200, 1_500, 12_600, 300_000];

test.describe.configure({ timeout: 300_000 });

/** A is made on the live page, B when its line breaks, C while there is none, D when all is well again. */
async function round(page: Page, world: World, { outageMs, isApplied }: { outageMs: number; isApplied: boolean }) {
  const { line } = world;
  await page.goto(`${line.origin}/log`);
  await quiet(page, MS);
  const before = await shown(page);
  // The site knows those of all rounds.
  const id = randomUUID().slice(0, 8);
  const name = (event: string): string => `${event}-${id}`;
  await make(page, [name('A')]);
  await quiet(page, MS);
  if (isApplied) line.mute();
  else line.freeze();
  await make(page, [name('B')]);
  // As the site knows it itself, before anybody can tell it again.
  await expect.poll(() => isDone(page, world, name('B'))).toBe(isApplied);
  line.isDown = true;
  line.cut();
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { djust: { phase: string } }).djust.phase))
    .toBe('waiting');
  await make(page, [name('C')]);
  await page.clock.runFor(outageMs);
  line.isDown = false;
  await quiet(page, MS);
  await make(page, [name('D')]);
  await quiet(page, MS);
  expect((await shown(page)).slice(before.length)).toEqual(['A', 'B', 'C', 'D'].map(name));
}

async function isDone(page: Page, { line }: World, name: string): Promise<boolean> {
  const sessions: string[][] = await (await page.request.get(`${line.origin}/sessions`)).json();
  return sessions.flat().includes(name);
}

for (const outageMs of OUTAGES)
  for (const isApplied of [true, false]) {
    const of = isApplied ? 'that was done before the line broke' : 'that the site never heard of';
    test(`four events around ${outageMs} ms without the site, the second one ${of}, ${ROUNDS} times`, async ({
      page,
      world,
    }) => {
      await page.clock.install();
      for (let at = 0; at < ROUNDS; at++) await round(page, world, { outageMs, isApplied });
    });
  }
