export interface Tile {
  readonly key: string;
  readonly bytes: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Items = readonly (readonly [key: string, bytes: number])[];
type Space = Pick<Tile, 'x' | 'y' | 'width' | 'height'>;

/** Cuts the space along its longer side, half of the bytes on each: tiles near to squares, areas exact. */
export function layOut(items: Items, space: Space): Tile[] {
  const [first, ...others] = items;
  if (!first) return [];
  if (others.length === 0) return [{ key: first[0], bytes: first[1], ...space }];
  const total = items.reduce((sum, [, count]) => sum + count, 0);
  let at = 0;
  let half = 0;
  while (at < items.length - 1 && (at === 0 || half + (items[at]?.[1] ?? 0) / 2 < total / 2))
    half += items[at++]?.[1] ?? 0;
  const [near, far] = cut(space, total === 0 ? 0.5 : half / total);
  return [...layOut(items.slice(0, at), near), ...layOut(items.slice(at), far)];
}

function cut({ x, y, width, height }: Space, share: number): [Space, Space] {
  if (width >= height) {
    const near = width * share;
    return [
      { x, y, width: near, height },
      { x: x + near, y, width: width - near, height },
    ];
  }
  const near = height * share;
  return [
    { x, y, width, height: near },
    { x, y: y + near, width, height: height - near },
  ];
}
