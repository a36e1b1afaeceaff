import { describe, expect, it } from 'vitest';
import { headHash, Memory } from './memory.ts';
import { type HtmlElement, IdSource } from './node.ts';
import { HtmlReader } from './parse.ts';

const rows = Array.from({ length: 1_000 }, (_, at) => `<p id="r${at}">row ${at}</p>`);
const html = rows.join('');
const elements = new HtmlReader(new IdSource()).read(html) as HtmlElement[];
const starts = rows.map((_, at) => rows.slice(0, at).join('').length);

/** All rows, under the hashes that are wanted. */
function memoryOf(hashOf: (start: number) => number): Memory {
  const memory = new Memory(html);
  starts.forEach((start, at) => {
    memory.note(elements[at] as HtmlElement, hashOf(start), start, start + (rows[at] as string).length);
  });
  return memory;
}

describe('Memory', () => {
  it('finds every row again by its head, wherever it stands now', () => {
    const memory = memoryOf((start) => headHash(html, start));
    const found = rows.map((row) => {
      const now = `moved ${row}`;
      const which = memory.find(headHash(now, 6), now, 6);
      return which > 0 && memory.elementOf(which);
    });
    expect(found.map((element, at) => element === elements[at])).not.toContain(false);
  });

  it('finds nothing where the head is the same and the rest is not', () => {
    const memory = memoryOf((start) => headHash(html, start));
    const now = '<p id="r1">row 2</p>';
    expect(memory.find(headHash(now, 0), now, 0)).toBe(0);
  });

  it('gives each element away once', () => {
    const memory = memoryOf((start) => headHash(html, start));
    const which = memory.find(headHash(html, 0), html, 0);
    expect(memory.take(which)).toBe((rows[0] as string).length);
    expect(memory.find(headHash(html, 0), html, 0)).toBe(0);
  });

  it('looks at few places only when all heads collide; what is not found is read again', () => {
    const memory = memoryOf(() => 7);
    const found = rows.filter((_, at) => memory.find(7, html, starts[at] as number) > 0);
    expect(found).toEqual(rows.slice(0, 16));
  });
});
