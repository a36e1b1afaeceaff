import type { Page } from '@playwright/test';
import { expectSame } from './support/same.ts';
import { expect, open, test } from './support/test.ts';

/** Fills a form of the page, sends it, and waits for the answer. */
async function submit(page: Page, form: string, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`#${form} [name=${name}]`, value);
  await page.click(`#${form} button`);
  await page.evaluate(() => djust.settled());
}

const rows = (page: Page): Promise<string> =>
  page.locator('#keyed li').evaluateAll((all) => all.map((li) => li.firstChild?.nodeValue).join(''));

for (const [name, from, to] of [
  ['W1: a forward move', 'ABC', 'BCA'],
  ['W2: a move beside an insert', 'AB', 'XBA'],
  ['a rotation to the right', 'ABCDE', 'EABCD'],
  ['a swap', 'ABCDE', 'EBCDA'],
  ['a reversal', 'ABCDEF', 'FEDCBA'],
  ['a removal with moves', 'ABCDEF', 'DBF'],
  ['all anew', 'ABC', 'XYZ'],
  ['everything at once', 'ABCDEFGH', 'HXBAYGZC'],
  ['an empty list and back', 'ABC', ''],
] as const) {
  test(`${name}: ${from} → ${to}; rows that stay keep their nodes and what was typed`, async ({ page, wire }) => {
    await open(page, '/lists/');
    await submit(page, 'order', { keys: from });
    for (const key of from) await page.fill(`[name=row${key}]`, `typed ${key}`);
    const before = await page.evaluateHandle(() => [...document.querySelectorAll('#keyed li')]);
    await submit(page, 'order', { keys: to });
    expect(await rows(page)).toBe(to);
    await expectSame(page, wire);
    const kept = await before.evaluate((all) =>
      all.filter((li) => li.isConnected).map((li) => li.firstChild?.nodeValue),
    );
    const staying = [...from].filter((key) => to.includes(key));
    expect(kept).toEqual(staying);
    for (const key of staying) await expect(page.locator(`[name=row${key}]`)).toHaveValue(`typed ${key}`);
    await submit(page, 'order', { keys: from });
    await expectSame(page, wire);
  });
}

test('W3: batches of more than a dozen patches with a new boundary', async ({ page, wire }) => {
  await open(page, '/lists/');
  for (const [keys, numbers] of [
    ['EDCBA', '3'],
    ['AEXB', '1'],
    ['XYZABCDE', '5'],
  ] as const) {
    await submit(page, 'grow', { keys, numbers });
    await expectSame(page, wire);
  }
  const sizes = wire.of('patch').map(({ patches }) => (patches as unknown[]).length);
  expect(Math.max(...sizes)).toBeGreaterThan(12);
});

test('W4: a boundary goes in the same batch as the text beside it', async ({ page, wire }) => {
  await open(page, '/lists/');
  for (const [flags, text] of [
    ['ab', 'one'],
    ['', ''],
    ['b', 'two'],
    ['abc', ''],
    ['', 'three'],
  ] as const) {
    await submit(page, 'flag', { flags });
    await expectSame(page, wire);
    await submit(page, 'write', { text });
    await expectSame(page, wire);
  }
});

test('white space in pre and textarea, and a field that the user has typed into', async ({ page, wire }) => {
  await open(page, '/lists/');
  await submit(page, 'annotate', { note: 'first\n\n  second' });
  await expect(page.locator('#note')).toHaveValue('first\n\n  second');
  await expectSame(page, wire);
});

/** The same numbers every time; @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

for (const seed of [1, 2, 3]) {
  test(`forty random changes, each compared with the server (${seed})`, async ({ page, wire }) => {
    test.setTimeout(120_000);
    await open(page, '/lists/');
    const next = numbers(seed);
    const pick = (from: string): string =>
      [...from]
        .sort(() => next(3) - 1)
        .slice(0, next(from.length + 1))
        .join('');
    for (let step = 0; step < 40; step++) {
      const kind = next(4);
      if (kind === 0) await submit(page, 'order', { keys: pick('ABCDEFGH') });
      else if (kind === 1) await submit(page, 'flag', { flags: pick('abc') });
      else if (kind === 2)
        await submit(page, 'write', { text: ['', 'x', ' ', '<b>', 'a\u00a0b', '&amp;', '\u2003'][next(7)] ?? '' });
      else await submit(page, 'grow', { keys: pick('ABCDEFGHXYZ'), numbers: String(next(5)) });
      await expectSame(page, wire);
    }
    expect(wire.sentOf('request_html'), 'the page itself never had to ask for its HTML').toEqual([]);
  });
}
