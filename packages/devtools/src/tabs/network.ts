import type { DebugFrame } from '../model/entries.ts';
import { Sieve } from '../model/sieve.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, ms } from '../ui/format.ts';
import { VirtualList } from '../ui/list.ts';
import { longText } from '../ui/long-text.ts';
import { connectionLane } from './connection-lane.ts';
import { networkSummary, WAYS } from './network-summary.ts';

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
    h('option', { value: '' }, 'both directions'),
    h('option', { value: 'out' }, 'sent'),
    h('option', { value: 'in' }, 'received'),
  );
  const way = h(
    'select',
    { 'aria-label': 'Way' },
    h('option', { value: '' }, 'any way'),
    ...Object.entries(WAYS).map(([value, text]) => h('option', { value }, text)),
  );
  const pings = h('input', { type: 'checkbox', checked: true });
  const list = new VirtualList<DebugFrame>({
    label: 'Frames',
    keys: context.prefs.keys,
    key: ({ id }) => id,
    row: fillRow,
    onSelect: ({ id }) => {
      selection.frameId = id;
      selection.eventId = undefined;
      update();
    },
  });
  for (const input of [search, direction, way, pings]) input.addEventListener('input', () => update());
  const toolbar = h('div.toolbar', {}, search, direction, way, h('label', {}, pings, 'hide pings'), totals);
  const element = h('div', {}, h('div', {}, toolbar, lane), h('div.split', {}, list.element, detail));
  const sieve = new Sieve<DebugFrame>();
  let drawn: string | undefined;

  function update(): void {
    const wanted = search.value.toLowerCase();
    const event = store.events.items.find(({ id }) => id === selection.eventId);
    const key = JSON.stringify([wanted, direction.value, way.value, pings.checked, event?.ref, event?.page]);
    const shown = sieve.filter(
      store.frames,
      key,
      (frame) =>
        (!direction.value || frame.direction === direction.value) &&
        (!way.value || (frame.way ?? 'socket') === way.value) &&
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
    detail.replaceChildren(...(frame ? frameDetail(context, frame) : networkSummary(context)));
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
    h(
      'span.mono.soft',
      {},
      frame.way ? h('span.chip', {}, WAYS[frame.way]) : '',
      ' ',
      frame.mark ? h('span.chip.warn', {}, frame.mark) : '',
      withoutType(frame.text),
    ),
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
    ['Way', WAYS[frame.way ?? 'socket']],
    ['Connection', frame.way === 'worker' ? undefined : `${frame.connection}`],
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
