import type { DebugEvent, Span } from '../model/entries.ts';
import { h, place } from '../ui/dom.ts';
import { ms } from '../ui/format.ts';

export interface Bar {
  readonly name: string;
  readonly kind: 'wait' | 'net' | 'server' | 'page' | 'paint';
  /** Milliseconds since the gesture. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * The way of an event as bars. Server and browser have clocks of their own: the server's part stands in the middle of the
 * time between sending and answer, which is right when both ways take as long.
 */
export function waterfallBars(event: DebugEvent): Bar[] {
  const { createdAt, sentAt, answeredAt, appliedAt, paintedAt, server, applied } = event;
  const bars: Bar[] = [];
  const add = (name: string, kind: Bar['kind'], from: number | undefined, to: number | undefined, depth = 0): void => {
    if (from !== undefined && to !== undefined)
      bars.push({ name, kind, from: from - createdAt, to: to - createdAt, depth });
  };
  add('in the queue', 'wait', createdAt, sentAt);
  const serverMs = server?.spans.reduce((end, { at, ms: took }) => Math.max(end, at + took), 0) ?? 0;
  if (sentAt !== undefined && answeredAt !== undefined) {
    if (!server) add('network and server', 'net', sentAt, answeredAt);
    else {
      const way = Math.max(0, (answeredAt - sentAt - serverMs) / 2);
      add('network, there', 'net', sentAt, sentAt + way);
      for (const [span, depth] of flat(server.spans))
        add(span.name, 'server', sentAt + way + span.at, sentAt + way + span.at + span.ms, depth);
      add('network, back', 'net', answeredAt - way, answeredAt);
    }
  }
  const applyFrom = appliedAt !== undefined && applied ? appliedAt - applied.tookMs : undefined;
  add('reading the frame', 'wait', answeredAt, applyFrom);
  add('putting in place', 'page', applyFrom, appliedAt);
  add('style, layout, paint', 'paint', appliedAt, paintedAt);
  return bars;
}

function* flat(spans: readonly Span[], depth = 0): Generator<[Span, number]> {
  for (const span of spans) {
    yield [span, depth];
    yield* flat(span.children ?? [], depth + 1);
  }
}

/** A bar at its place in a track that is `end` milliseconds long. */
export function barElement({ name, kind, from, to }: Bar, end: number): HTMLElement {
  const bar = h(`span.span.${kind}`, { title: `${name} ${ms(to - from)}` });
  place(bar, { left: `${(100 * Math.max(0, from)) / end}%`, width: `${(100 * Math.max(0, to - from)) / end}%` });
  return bar;
}

/** The steps of one event, a row for each. */
export function waterfall(event: DebugEvent): HTMLElement {
  const bars = waterfallBars(event);
  const end = bars.reduce((most, { to }) => Math.max(most, to), 0.001);
  const chart = h('div.waterfall', { role: 'list', 'aria-label': 'Steps of the event' });
  for (const bar of bars) {
    const { name, from, to, depth } = bar;
    const row = h(
      'div.way',
      { role: 'listitem' },
      h(`span.step.d${Math.min(3, depth)}`, {}, name),
      h('span.track', {}, barElement(bar, end)),
      h('span.num', {}, ms(to - from)),
    );
    chart.append(row);
  }
  return bars.length > 0 ? chart : h('p.soft', {}, 'It has not been sent.');
}
