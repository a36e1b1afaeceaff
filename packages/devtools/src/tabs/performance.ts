import { warningsOf } from '../model/advice.ts';
import { CAPS } from '../model/caps.ts';
import type { DebugEvent } from '../model/entries.ts';
import { percentile } from '../model/percentile.ts';
import { durationOf } from '../model/query.ts';
import { RULES } from '../model/rules.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { h, holdsFocus, svg } from '../ui/dom.ts';
import { bytes, ms } from '../ui/format.ts';
import { eventLink } from './event-link.ts';
import { EventRows } from './event-rows.ts';
import { LongTasks } from './long-tasks.ts';
import { PageMemory } from './page-memory.ts';
import { SpanTable } from './span-table.ts';
import { waterfall } from './waterfall.ts';

const SHOWN = 25;
/** Lists without keys, and keys that are there twice: the server finds them. */
const VIEW_RULES = 2;

/** Where the time goes: the slowest events, what breaks a rule, how the state grows, what blocked the page. */
export function performanceTab(context: PanelContext): TabView {
  const content = h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Performance' });
  const long = new LongTasks(() => context.refresh());
  const spans = new SpanTable(context);
  const memory = new PageMemory(context);
  const rows = new EventRows(context);
  const element = h('div', {}, h('div'), content);
  let drawn = -1;
  return {
    element,
    update() {
      const revision = context.store.revision + context.link.warnings.length;
      if (drawn === revision && !long.isNew) return;
      rows.update();
      if (holdsFocus(content)) return;
      drawn = revision;
      void spans.update();
      memory.update();
      content.replaceChildren(...draw(context, { long, spans, rows }), memory.element);
    },
    dispose: () => long.stop(),
  };
}

interface Parts {
  readonly long: LongTasks;
  readonly spans: SpanTable;
  readonly rows: EventRows;
}

function draw(context: PanelContext, { long, spans, rows }: Parts): HTMLElement[] {
  const events = context.store.events.items.slice(-CAPS.recent);
  const warnings = events.slice(-500).flatMap(warningsOf);
  const slowest = events.reduce<DebugEvent | undefined>(
    (most, event) => (durationOf(event) > (most ? durationOf(most) : 0) ? event : most),
    undefined,
  );
  const parts = [h('h2', {}, 'Performance'), views(events), h('h3', {}, 'Found')];
  for (const { code, at, hint } of context.link.warnings)
    parts.push(
      h(
        'p.note.warn',
        { 'data-rule': String(code).replace('template/', '') },
        h('b', {}, `${code}`),
        ' ',
        at === undefined ? '' : h('code', {}, String(at)),
        ` ${hint}`,
      ),
    );
  if (warnings.length + context.link.warnings.length === 0)
    parts.push(h('p.soft', {}, `Nothing breaks one of the ${Object.keys(RULES).length + VIEW_RULES} rules.`));
  for (const { event, level, says, fix, rule } of warnings.slice(-SHOWN).reverse()) {
    parts.push(
      h(`p.note.${level}`, { 'data-rule': rule }, eventLink(context, event), ' ', h('b', {}, says), ` ${fix}`),
    );
  }
  if (warnings.length > SHOWN) parts.push(h('p.soft', {}, `and ${warnings.length - SHOWN} earlier ones`));
  parts.push(rows.element);
  if (slowest) parts.push(h('h3', {}, `The slowest: ${slowest.name}, ${ms(durationOf(slowest))}`), waterfall(slowest));
  parts.push(
    h('h3', {}, 'Steps on the server'),
    spans.element,
    h('h3', {}, 'Size of the state'),
    trend(events),
    h('h3', {}, 'What blocked the page for more than 50 ms'),
    long.draw((from, to) => {
      const event = eventDuring(events, from, to);
      return event ? eventLink(context, event) : null;
    }),
  );
  return parts;
}

/** The event that the page was at work for: its answer was read, put in place or painted then. Wall clock. */
const eventDuring = (events: readonly DebugEvent[], from: number, to: number): DebugEvent | undefined =>
  events.findLast(
    ({ answeredAt, appliedAt, paintedAt }) =>
      answeredAt !== undefined && answeredAt <= to && (paintedAt ?? appliedAt ?? answeredAt) >= from,
  );

function views(events: readonly DebugEvent[]): HTMLElement {
  const byName = new Map<string, DebugEvent[]>();
  for (const event of events) {
    const key = `${event.view} ${event.name}`;
    const list = byName.get(key);
    if (list) list.push(event);
    else byName.set(key, [event]);
  }
  const body = h('tbody');
  for (const [key, list] of byName) {
    const all = list.map(durationOf).filter(Number.isFinite);
    const applied = list.flatMap((event) => (event.applied ? [event.applied.tookMs] : []));
    const cells = [
      key,
      String(list.length),
      ms(percentile(all, 0.5)),
      ms(percentile(all, 0.95)),
      ms(percentile(applied, 0.95)),
    ];
    body.append(h('tr', {}, ...cells.map((cell, at) => h(at === 0 ? 'td.mono' : 'td.num', {}, cell))));
  }
  const heads = ['View and event', 'count', 'median', '95 %', 'in place, 95 %'];
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...heads.map((text, at) => h(at === 0 ? 'th' : 'th.num', {}, text)))),
    body,
  );
}

function trend(events: readonly DebugEvent[]): HTMLElement {
  const sizes = events.flatMap(({ server }) => (server ? [server.stateBytes] : [])).slice(-100);
  if (sizes.length < 2) return h('p.soft', {}, 'Known after two events with debug frames.');
  const most = Math.max(...sizes);
  const points = sizes.map((size, at) => `${(1_000 * at) / (sizes.length - 1)},${40 - (36 * size) / most}`).join(' ');
  const said = `From ${bytes(sizes[0] ?? 0)} to ${bytes(sizes.at(-1) ?? 0)}, at most ${bytes(most)}.`;
  const line = svg('polyline', {
    points,
    fill: 'none',
    stroke: '#3aa76d',
    'stroke-width': 2,
    'vector-effect': 'non-scaling-stroke',
  });
  return h(
    'div',
    {},
    svg(
      'svg',
      { viewBox: '0 0 1000 44', class: 'lane', preserveAspectRatio: 'none', role: 'img', 'aria-label': said },
      line,
    ),
    h('p.soft', {}, said),
  );
}
