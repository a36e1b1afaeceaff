import { CAPS } from '../model/caps.ts';
import { explainClose } from '../model/closes.ts';
import type { DebugFrame } from '../model/entries.ts';
import { percentile } from '../model/percentile.ts';
import { Sieve } from '../model/sieve.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, ms } from '../ui/format.ts';
import { VirtualList } from '../ui/list.ts';
import { longText } from '../ui/long-text.ts';
import { connectionLane } from './connection-lane.ts';

/** Raw frames, decoded beside, and the life of the connection. */
export function network(context: PanelContext): TabView {
  const { selection, store } = context;
  const detail = h('div.detail', { tabindex: 0, role: 'region', 'aria-label': 'The selected frame' });
  const lane = h('div');
  const totals = h('span.total');
  const search = h('input', { type: 'search', placeholder: 'type, or text within', 'aria-label': 'Filter frames' });
  const direction = h(
    'select',
    { 'aria-label': 'Direction' },
    h('option', { value: '' }, 'both ways'),
    h('option', { value: 'out' }, 'sent'),
    h('option', { value: 'in' }, 'received'),
  );
  const pings = h('input', { type: 'checkbox', checked: true });
  const list = new VirtualList<DebugFrame>({
    label: 'Frames',
    key: ({ id }) => id,
    row: fillRow,
    onSelect: ({ id }) => {
      selection.frameId = id;
      selection.eventId = undefined;
      update();
    },
  });
  for (const input of [search, direction, pings]) input.addEventListener('input', () => update());
  const toolbar = h('div.toolbar', {}, search, direction, h('label', {}, pings, 'hide pings'), totals);
  const element = h('div', {}, h('div', {}, toolbar, lane), h('div.split', {}, list.element, detail));
  const sieve = new Sieve<DebugFrame>();
  let drawn: string | undefined;

  function update(): void {
    const wanted = search.value.toLowerCase();
    const event = store.events.items.find(({ id }) => id === selection.eventId);
    const key = JSON.stringify([wanted, direction.value, pings.checked, event?.ref, event?.page]);
    const shown = sieve.filter(
      store.frames,
      key,
      (frame) =>
        (!direction.value || frame.direction === direction.value) &&
        !(pings.checked && /^p[io]ng$/.test(frame.type)) &&
        (!event || (frame.ref === event.ref && frame.page === event.page)) &&
        (!wanted || frame.type.includes(wanted) || frame.text.toLowerCase().includes(wanted)),
    );
    totals.replaceChildren(
      `${shown.length} / ${store.frames.items.length}`,
      event
        ? button(
            `only #${event.ref} ×`,
            () => {
              selection.eventId = undefined;
              update();
            },
            { class: 'plain' },
          )
        : '',
    );
    list.set(shown, selection.frameId);
    lane.replaceChildren(connectionLane(context));
    const frame = store.frames.items.find(({ id }) => id === selection.frameId);
    // What is being read stays as it is.
    const now = frame && `${frame.id} ${frame.tookMs}`;
    if (now !== undefined && now === drawn) return;
    drawn = now;
    detail.replaceChildren(...(frame ? frameDetail(context, frame) : summary(context)));
  }
  return { element, update, search };
}

function fillRow(frame: DebugFrame, row: HTMLElement): void {
  row.classList.add('frames');
  const isOut = frame.direction === 'out';
  row.append(
    h('span.time', {}, clockTime(frame.at)),
    h(isOut ? 'span.violet' : 'span.blue', { title: isOut ? 'sent' : 'received' }, isOut ? '↑' : '↓'),
    h(frame.type === 'error' ? 'span.name.bad' : 'span.name', {}, frame.type),
    h('span.mono.soft', {}, frame.mark ? h('span.chip.warn', {}, frame.mark) : '', withoutType(frame.text)),
    h('span.num', {}, bytes(frame.bytes)),
  );
}

/** What the row says already is left out; there is little room. */
const withoutType = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/^\{"type":"[^"]*",?/, '')
    .slice(0, 200);

function frameDetail(context: PanelContext, frame: DebugFrame): HTMLElement[] {
  const event = context.store.events.items.find(
    ({ ref, page }) => ref !== undefined && ref === frame.ref && page === frame.page,
  );
  let decoded = frame.text;
  try {
    decoded = JSON.stringify(JSON.parse(frame.text), null, 2);
  } catch {
    // Bytes, or the head of something long.
  }
  const rows: [string, string | undefined][] = [
    ['When', clockTime(frame.at)],
    ['Size', bytes(frame.bytes)],
    ['Version', frame.version?.toString()],
    ['Put in place in', frame.tookMs === undefined ? undefined : ms(frame.tookMs)],
    ['Connection', `${frame.connection}`],
  ];
  const facts = h('dl.facts');
  for (const [name, value] of rows) if (value) facts.append(h('dt', {}, name), h('dd', {}, value));
  const links = h('div.actions');
  if (event)
    links.append(button(`Event ${event.name} #${event.ref}`, () => context.show('events', { eventId: event.id })));
  return [
    h(
      'h2',
      {},
      frame.direction === 'out' ? '↑' : '↓',
      frame.type,
      frame.mark ? h('span.chip.warn', {}, frame.mark) : null,
    ),
    facts,
    links,
    h('h3', {}, 'Decoded'),
    h('pre', {}, longText(decoded, 20_000)),
    h('h3', {}, 'As it travelled'),
    h('pre', {}, longText(frame.text, 20_000)),
  ];
}

/** While no frame is chosen: how the connection fared, and what the types add up to. */
function summary({ store }: PanelContext): HTMLElement[] {
  const byType = new Map<string, { count: number; bytes: number }>();
  for (const { type, direction, bytes: size } of store.frames.items) {
    const key = `${direction === 'out' ? '↑' : '↓'} ${type}`;
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
