import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOut } from './treemap-layout.ts';

const SPACE = { x: 0, y: 0, width: 800, height: 150 };
const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 200 });

it('gives each its share of the area, in the order of the items, and nothing beside the space', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const items = list.sort((a, b) => b - a).map((size, at) => [`f${at}`, size] as const);
      const total = list.reduce((sum, size) => sum + size, 0);
      const tiles = layOut(items, SPACE);
      expect(tiles.map(({ key }) => key)).toEqual(items.map(([key]) => key));
      for (const { bytes, x, y, width, height } of tiles) {
        expect((width * height) / (800 * 150)).toBeCloseTo(bytes / total, 9);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(800 + 1e-6);
        expect(y + height).toBeLessThanOrEqual(150 + 1e-6);
      }
    }),
  );
});

it('lays out nothing, and fields of no size', () => {
  expect(layOut([], SPACE)).toEqual([]);
  const tiles = layOut(
    [
      ['a', 0],
      ['b', 0],
    ],
    SPACE,
  );
  expect(tiles.map(({ width }) => width)).toEqual([400, 400]);
});
