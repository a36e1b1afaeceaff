import { h, svg } from '../ui/dom.ts';
import { bytes } from '../ui/format.ts';
import type { StateNode } from './state-tree.ts';

const HEIGHT = 150;
const COLOURS = ['#7cc7bd', '#8fb5e8', '#e3b87a', '#c4a3e0', '#9ccf8f', '#e09b93', '#b8c2cc'];

interface Tile {
  readonly key: string;
  readonly bytes: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cuts the space along its longer side, half of the bytes on each: tiles near to squares, areas exact. */
export function layOut(
  items: readonly (readonly [string, number])[],
  x: number,
  y: number,
  size: readonly [number, number],
): Tile[] {
  const [width, height] = size;
  const [first, ...others] = items;
  if (!first) return [];
  if (others.length === 0) return [{ key: first[0], bytes: first[1], x, y, width, height }];
  const total = items.reduce((sum, [, count]) => sum + count, 0);
  let at = 0;
  let half = 0;
  while (at < items.length - 1 && (at === 0 || half + (items[at]?.[1] ?? 0) / 2 < total / 2))
    half += items[at++]?.[1] ?? 0;
  const share = total === 0 ? 0.5 : half / total;
  const [left, right] = [items.slice(0, at), items.slice(at)];
  if (width >= height)
    return [
      ...layOut(left, x, y, [width * share, height]),
      ...layOut(right, x + width * share, y, [width * (1 - share), height]),
    ];
  return [
    ...layOut(left, x, y, [width, height * share]),
    ...layOut(right, x, y + height * share, [width, height * (1 - share)]),
  ];
}

/**
 * The fields of the state by their size, as an area; the same numbers stand in a table behind it.
 * @param width  of the place it is drawn in, in pixels
 */
export function treemap(root: StateNode, width: number): HTMLElement {
  const fields = (root.entries ?? []).map(([key, node]) => [key, node.bytes] as const).sort((a, b) => b[1] - a[1]);
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    class: 'treemap',
    preserveAspectRatio: 'none',
    role: 'list',
    'aria-label': `The state, ${bytes(root.bytes)}`,
  });
  for (const [at, tile] of layOut(fields, 0, 0, [width, HEIGHT]).entries()) {
    const group = svg('g', { role: 'listitem', tabindex: 0, 'aria-label': `${tile.key}, ${bytes(tile.bytes)}` });
    group.append(
      svg('title', {}, `${tile.key}: ${bytes(tile.bytes)}`),
      svg('rect', { x: tile.x, y: tile.y, width: tile.width, height: tile.height, fill: COLOURS[at % COLOURS.length] }),
    );
    if (tile.width > 70 && tile.height > 20)
      group.append(svg('text', { x: tile.x + 6, y: tile.y + 16 }, `${tile.key} ${bytes(tile.bytes)}`));
    chart.append(group);
  }
  const body = h('tbody');
  for (const [key, size] of fields)
    body.append(
      h(
        'tr',
        {},
        h('td.mono', {}, key),
        h('td.num', {}, bytes(size)),
        h('td.num', {}, `${((100 * size) / Math.max(1, root.bytes)).toFixed(1)} %`),
      ),
    );
  return h('div', {}, chart, h('details', {}, h('summary', {}, 'The same as a table'), h('table', {}, body)));
}
