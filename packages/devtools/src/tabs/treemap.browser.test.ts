import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addStyles, panelSheet } from '../ui/styles.ts';
import { TAB_STYLES } from '../ui/styles-tabs.ts';
import type { StateNode } from './state-tree.ts';
import { readAbout, treemap } from './treemap.ts';

const field = (bytes: number): StateNode => ({ kind: 'string', bytes, text: '' });

const stateOf = (sizes: readonly number[], count: number = sizes.length): StateNode => ({
  kind: 'object',
  bytes: sizes.reduce((sum, size) => sum + size, 0),
  count,
  entries: sizes.map((size, at) => [`field${at}`, field(size)] as const),
});

function show(root: StateNode, about: Record<string, unknown> = {}): { map: HTMLElement; chosen: string[] } {
  const chosen: string[] = [];
  const map = treemap(root, { width: 800, about: readAbout(about), chosen: (key) => chosen.push(key) });
  addStyles(TAB_STYLES);
  document.adoptedStyleSheets = [panelSheet()];
  document.body.replaceChildren(map);
  return { map, chosen };
}

const tiles = (map: HTMLElement): SVGGElement[] => [...map.querySelectorAll('g')];
const columnOf = (map: HTMLElement, at: number): string[] =>
  [...map.querySelectorAll('tbody tr')].map((row) => row.children[at]?.textContent ?? '');

describe('the treemap', () => {
  it('has a tile and a row for each of two hundred fields, with the same numbers, and areas that fit them', () => {
    const sizes = Array.from({ length: 200 }, (_, at) => 40 + 17 * at);
    const root = stateOf(sizes);
    const { map } = show(root);
    expect(tiles(map)).toHaveLength(200);
    const spoken = tiles(map).map((tile) => tile.getAttribute('aria-label'));
    const rows = columnOf(map, 0).map((key, at) => `${key}, ${columnOf(map, 2)[at]}, ${columnOf(map, 1)[at]}`);
    expect(rows).toEqual(spoken);
    for (const [at, tile] of tiles(map).entries()) {
      const { width, height } = tile.querySelector('rect') as SVGRectElement;
      const share = (width.baseVal.value * height.baseVal.value) / (800 * 110);
      expect(share).toBeCloseTo((sizes.at(-1 - at) ?? 0) / root.bytes, 4);
    }
    // A few elements for each field: twice as many fields must not be four times as much.
    expect(map.querySelectorAll('*').length).toBeLessThan(200 * 11 + 40);
  });

  it('shows beside the state what only the browser holds, and leaves it out of what a state should weigh', () => {
    const chosen: string[] = [];
    const map = treemap(stateOf([300, 100]), {
      width: 800,
      about: readAbout({ streams: { log: 250 } }),
      drafts: [{ key: 'typed: text', bytes: 150, grown: 148 }],
      chosen: (key) => chosen.push(key),
    });
    document.body.replaceChildren(map);
    const said = tiles(map).map((tile) => tile.getAttribute('aria-label'));
    expect(said).toEqual([
      'field0, 300 B, kept',
      'stream log, 250 B, stream',
      'typed: text, 150 B, draft, +148 B since the mount',
      'field1, 100 B, kept',
    ]);
    expect(columnOf(map, 3)).toEqual(['37.5 %', '31.3 %', '18.8 %', '12.5 %']);
    expect(map.querySelector('.budget')?.getAttribute('aria-label')).toContain('400 B: ');
    for (const tile of tiles(map)) tile.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(chosen).toEqual(['field0', 'field1']);
  });

  it('colours fields by what becomes of them, and says what each colour is', () => {
    const { map } = show(
      {
        ...stateOf([90, 80, 70]),
        entries: [...(stateOf([90, 80, 70]).entries ?? []), ['token', { kind: 'redacted', bytes: 60 }]],
      },
      { derived: ['field1'], temporary: ['field2'], grown: { field0: 30, field1: -2_000 } },
    );
    const colours = tiles(map).map((tile) => getComputedStyle(tile.querySelector('rect') as Element).fill);
    expect(new Set(colours).size).toBe(4);
    expect(tiles(map).map((tile) => tile.getAttribute('aria-label'))).toEqual([
      'field0, 90 B, kept, +30 B since the mount',
      'field1, 80 B, derived, −2.0 kB since the mount',
      'field2, 70 B, temporary',
      'token, 60 B, redacted',
    ]);
    expect([...map.querySelectorAll('.legend span')].map(({ textContent }) => textContent)).toEqual([
      'kept',
      'derived',
      'temporary',
      'redacted',
    ]);
    expect(columnOf(map, 4)).toEqual(['+30 B', '−2.0 kB', '', '']);
  });

  it.each([
    [10_000, 'good', '20 %'],
    [60_000, 'warn', '120 %'],
    [400_000, 'bad', '800 %'],
  ])('measures %i bytes against the budget: %s', (size, level, share) => {
    const { map } = show(stateOf([size]));
    const [fill, warn, bad] = [...map.querySelectorAll('.budget > *')] as HTMLElement[];
    expect(fill?.className).toBe(`fill ${level}`);
    expect(map.querySelector('.budget')?.getAttribute('aria-label')).toContain(share);
    const right = fill?.getBoundingClientRect().right ?? 0;
    expect([warn, bad].map((mark) => right > (mark?.getBoundingClientRect().left ?? 0))).toEqual([
      size > 50_000,
      size > 100_000,
    ]);
  });

  it('is one stop of the Tab key; arrows go on, Enter and a click open the field', async () => {
    const { map, chosen } = show(stateOf([500, 400, 300]));
    await userEvent.tab();
    expect(document.activeElement).toBe(tiles(map)[0]);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}{Enter}');
    expect(chosen).toEqual(['field1']);
    await userEvent.click(tiles(map)[2] as Element);
    expect(chosen).toEqual(['field1', 'field2']);
    expect(tiles(map).map((tile) => tile.tabIndex)).toEqual([-1, 0, -1]);
    tiles(map)[1]?.focus();
    await userEvent.tab();
    expect(document.activeElement?.localName).toBe('summary');
  });

  it('shows what the server did not send as one field', () => {
    const root = { ...stateOf([300, 200], 250), bytes: 1_500 };
    const { map, chosen } = show(root);
    expect(tiles(map).at(-1)?.getAttribute('aria-label')).toBe('248 more, 1.0 kB, the rest');
    tiles(map)
      .at(-1)
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(chosen).toEqual([]);
  });
});
