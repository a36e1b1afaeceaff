import { describe, expect, it } from 'vitest';
import { renderToString } from '../../../server-ref/src/view/static.ts';
import { view } from '../server/views.ts';
import { applyChange } from './changes.ts';
import type { Items } from './items.ts';
import { plainHtml } from './plain-html.ts';
import { FOCUSED_FIELD, tell, WORKLOADS, workloadById } from './workloads.ts';

const SMALL = WORKLOADS.filter(({ size }) => size <= 1_000);

describe.each(SMALL)('$id', (workload) => {
  it('tells the same story for the same seed', () => {
    expect(tell(workload, 3)).toEqual(tell(workload, 3));
  });

  it('has messages that each change something', () => {
    const { initial, changes } = tell(workload, 1);
    let items: Items = initial;
    for (const change of changes) {
      const next = applyChange(items, change);
      expect(next).not.toEqual(items);
      items = next;
    }
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('reads the same from our server as from any other', () => {
    const { initial, changes } = tell(workload, 1);
    const [first] = changes;
    const items = applyChange(initial, first as (typeof changes)[number]);
    expect(renderToString(view(workload.kind, items))).toBe(plainHtml(workload.kind, items));
  });
});

it('the long page has 300 KB', () => {
  const workload = workloadById('page-300k') as (typeof WORKLOADS)[number];
  const size = plainHtml('page', tell(workload, 1).initial).length;
  expect(size / 300_000).toBeCloseTo(1, 1);
});

it('no message appears below the field with the focus', () => {
  const { changes } = tell(workloadById('form-50') as (typeof WORKLOADS)[number], 1);
  for (const change of changes) expect(change).not.toHaveProperty('at', [FOCUSED_FIELD]);
});
