import type { DebugEvent, PageMark } from '../model/entries.ts';
import { durationOf, parseQuery } from '../model/query.ts';
import { breachesOf } from '../model/rules.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { h } from '../ui/dom.ts';
import { clockTime, ms } from '../ui/format.ts';
import { VirtualList } from '../ui/list.ts';
import { eventDetail } from './event-detail.ts';
import { facetChips } from './facet-chips.ts';
import { filterBar } from './filter-bar.ts';
import { sequenceBox } from './sequence-box.ts';
import { statusChip } from './status-chip.ts';
import { timeline } from './timeline.ts';

type Row = DebugEvent | PageMark;

const isEvent = (row: Row): row is DebugEvent => 'createdAt' in row;

/** Every event of the user, with its way to the server and back. */
export function events(context: PanelContext): TabView {
  const { selection, store } = context;
  const detail = h('div.detail', { tabindex: 0, role: 'region', 'aria-label': 'The selected event' });
  const bar = filterBar(context, () => draw(true));
  const times = timeline(
    () => context.prefs.query,
    (query) => bar.set(query),
  );
  const chips = facetChips(
    () => context.prefs.query,
    (query) => bar.set(query),
  );
  const list = new VirtualList<Row>({
    label: 'Events',
    keys: context.prefs.keys,
    key: (row) => (isEvent(row) ? row.id : `page-${row.page}`),
    row: fillRow,
    stamp: (row) =>
      isEvent(row) ? `${row.ref} ${row.status} ${row.answeredAt} ${row.appliedAt} ${row.server !== undefined}` : '',
    onSelect: (row) => {
      selection.eventId = isEvent(row) ? row.id : undefined;
      separator = isEvent(row) ? undefined : `page-${row.page}`;
      draw(true);
    },
  });
  const sequence = sequenceBox(context, () => shown);
  const element = h(
    'div',
    {},
    h('div', {}, bar.element, chips.element, times.element),
    h('div.split', {}, list.element, detail),
  );
  let drawn = '';
  let shown: DebugEvent[] = [];
  /** Where the keys stand, when that is no event. */
  let separator: string | undefined;

  function draw(isForced = false): void {
    const query = parseQuery(context.prefs.query);
    const now = context.clock.now();
    const all = store.events.items;
    shown = all.filter((event) => query.test(event, now));
    times.draw(all);
    chips.draw(shown, context.prefs.query);
    bar.told(shown.length, all.length, query.faults);
    list.set(withPages(shown, store.pages.items), selection.eventId ?? separator);
    const event = all.find(({ id }) => id === selection.eventId);
    const key = JSON.stringify([
      event?.id,
      event?.status,
      event?.paintedAt,
      event?.server !== undefined,
      context.link.isSubscribed,
      all.length === 0,
    ]);
    if (key === drawn && !isForced) return;
    drawn = key;
    detail.replaceChildren(
      ...(event
        ? [eventDetail(context, event)]
        : all.length === 0
          ? [h('p.empty', {}, 'Nothing yet. Click something on the page.')]
          : [
              h('p.empty', {}, 'Choose an event to see all of it.'),
              h('h3', {}, 'All that the filter shows'),
              sequence,
            ]),
    );
  }
  return { element, update: () => draw(), search: bar.search };
}

/** Separators between the events of one page and the next. */
function withPages(events: readonly DebugEvent[], pages: readonly PageMark[]): Row[] {
  const rows: Row[] = [];
  let at = 0;
  for (const event of events) {
    while (at < pages.length && (pages[at] as PageMark).page <= event.page) rows.push(pages[at++] as PageMark);
    rows.push(event);
  }
  return [...rows, ...pages.slice(at)];
}

function fillRow(item: Row, row: HTMLElement): void {
  if (!isEvent(item)) {
    row.classList.add('mark');
    row.append(`${clockTime(item.at)}  ${item.how === 'load' ? 'Page loaded' : 'Navigated to'} ${item.url}`);
    return;
  }
  row.classList.add('events');
  const isWarned = breachesOf(item).some(({ level }) => level === 'bad');
  row.append(
    h('span.time', {}, clockTime(item.createdAt)),
    h('span.num', {}, item.ref === undefined ? '–' : `#${item.ref}`),
    h('span.name', {}, item.name),
    h('span.mono.soft', {}, summary(item.params)),
    h('span', {}, statusChip(item)),
    h(isWarned ? 'span.num.bad' : 'span.num', {}, ms(durationOf(item))),
  );
}

const summary = (params: DebugEvent['params']): string => {
  const text = JSON.stringify(params);
  return text === '{}' ? '' : text.slice(0, 160);
};
