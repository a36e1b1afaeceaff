import { CAPS } from '../model/caps.ts';
import { explainClose } from '../model/closes.ts';
import { percentile } from '../model/percentile.ts';
import type { PanelContext } from '../ui/context.ts';
import { h } from '../ui/dom.ts';
import { bytes, clockTime, ms } from '../ui/format.ts';

/** How frames travel. */
export const WAYS = { socket: 'WebSocket', sse: 'SSE', worker: 'worker' } as const;

/** While no frame is chosen: how the connection fared, and what the types add up to. */
export function networkSummary({ store }: PanelContext): HTMLElement[] {
  const byType = new Map<string, { count: number; bytes: number }>();
  for (const { type, direction, way, bytes: size } of store.frames.items) {
    const key = `${direction === 'out' ? '↑' : '↓'} ${type}${way ? `, ${WAYS[way]}` : ''}`;
    const sum = byType.get(key) ?? { count: 0, bytes: 0 };
    byType.set(key, { count: sum.count + 1, bytes: sum.bytes + size });
  }
  const body = h('tbody');
  for (const [type, sum] of [...byType].sort((a, b) => b[1].bytes - a[1].bytes))
    body.append(h('tr', {}, h('td', {}, type), h('td.num', {}, String(sum.count)), h('td.num', {}, bytes(sum.bytes))));
  const life = h('ul');
  for (const { at, from, to, code, reason } of store.transitions.items.slice(-30)) {
    if (code === undefined) life.append(h('li', {}, h('span.time', {}, clockTime(at)), ` ${from} → ${to}`));
    else
      life.append(
        h(
          'li',
          {},
          h('span.time', {}, clockTime(at)),
          h('b.warn', {}, ` closed ${code} `),
          reason ? `“${reason}” ` : '',
          explainClose(code),
        ),
      );
  }
  const waits = store.events.items
    .slice(-CAPS.recent)
    .flatMap(({ sentAt, answeredAt }) => (sentAt && answeredAt ? [answeredAt - sentAt] : []));
  return [
    h('h3', {}, 'The connection'),
    life,
    h('h3', {}, 'From sending to answer'),
    histogram(waits),
    h('h3', {}, 'By type'),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, h('th', {}, 'Frame'), h('th.num', {}, 'count'), h('th.num', {}, 'bytes'))),
      body,
    ),
  ];
}

const BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, Number.POSITIVE_INFINITY];

function histogram(waits: readonly number[]): HTMLElement {
  if (waits.length === 0) return h('p.soft', {}, 'No event has been answered yet.');
  const table = h('tbody');
  let from = 0;
  for (const to of BOUNDS) {
    const count = waits.filter((wait) => wait >= from && wait < to).length;
    const label = Number.isFinite(to) ? `under ${to} ms` : 'longer';
    if (count > 0)
      table.append(
        h(
          'tr',
          {},
          h('td', {}, label),
          h('td', {}, h('meter', { min: 0, max: waits.length, value: count, 'aria-label': label })),
          h('td.num', {}, String(count)),
        ),
      );
    from = to;
  }
  return h(
    'div',
    {},
    h('table', {}, table),
    h('p.soft', {}, `median ${ms(percentile(waits, 0.5))}, 95 of 100 within ${ms(percentile(waits, 0.95))}`),
  );
}
