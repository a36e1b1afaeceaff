import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { HtmlDiffer } from './html.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const PAGES = 200;
const ROWS = 200;
const PAGE_BYTES = 100_000;

/** The page after so many changes, each of another row. */
const page = (changes: number): string =>
  Array.from({ length: ROWS }, (_, row) => {
    const text = row < changes ? `row ${row} as it is now` : `row ${row} as it was at first`;
    return `<p id="r${row}" title="the title of row ${row}">${text.padEnd(PAGE_BYTES / ROWS, '.')}</p>`;
  }).join('');

/** How many bytes stay when all pages went by. */
function heldAfter(meet: (html: string) => void): number {
  collect();
  const before = getHeapStatistics().used_heap_size;
  for (let changes = 1; changes <= PAGES; changes++) meet(page(changes));
  collect();
  return getHeapStatistics().used_heap_size - before;
}

describe('HtmlDiffer', () => {
  it('keeps none of the pages that its rows came with', () => {
    const slices: string[] = [];
    expect(heldAfter((html) => slices.push(html.slice(0, 50)))).toBeGreaterThan((PAGES * PAGE_BYTES) / 2);
    expect(slices).toHaveLength(PAGES);

    const differ = new HtmlDiffer(page(0), { form: 'ops' });
    expect(heldAfter((html) => differ.ops(html))).toBeLessThan((PAGES * PAGE_BYTES) / 10);
    expect(differ.html).toContain('row 199 as it is now');
  });

  it('moves rows that look the same, and says nothing of the others', () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => `<p id="r${at}">row ${at}</p>`);
    const differ = new HtmlDiffer(rows.join(''), { form: 'ops' });
    const last = rows.at(-1) as string;
    const ops = differ.ops([last, ...rows.slice(0, -1)].join(''));
    expect(ops).toEqual([[7, '0', 'g8']]);
  });

  it('tells each key that stands twice once, also where rows look as before', () => {
    const told: string[] = [];
    const list = '<li data-key="a">1</li><li data-key="a">2</li><li data-key="b">3</li>';
    const differ = new HtmlDiffer(`<ul>${list}</ul>`, { onDuplicateKey: (key) => told.push(key) });
    expect(differ.patches(`<ul class="x">${list}</ul>`)).toHaveLength(1);
    expect(differ.patches(`<ul class="y">${list}</ul>`)).toHaveLength(1);
    expect(told).toEqual(['li a']);
  });
});
