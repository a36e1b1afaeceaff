import { CAPS } from '../model/caps.ts';
import type { DebugEvent } from '../model/entries.ts';
import type { PanelContext } from '../ui/context.ts';
import { h, holdsFocus } from '../ui/dom.ts';
import { ms } from '../ui/format.ts';
import { eventLink } from './event-link.ts';
import { type Bar, barElement, waterfallBars } from './waterfall.ts';

const SHOWN = 15;

const ORDERS = { slowest: 'the slowest first', latest: 'the latest first' } as const;

const LEGEND: readonly [kind: Bar['kind'], text: string][] = [
  ['wait', 'waiting in the page'],
  ['net', 'network, there and back'],
  ['server', 'server'],
  ['page', 'putting in place'],
  ['paint', 'style, layout, paint'],
];

/** Where the time of the latest events went: a row for each, with its steps one behind the other, all of one scale. */
export class EventRows {
  readonly element: HTMLElement;
  readonly #context: Pick<PanelContext, 'show' | 'store'>;
  readonly #body: HTMLElement = h('div');
  readonly #order: HTMLSelectElement;

  constructor(context: Pick<PanelContext, 'show' | 'store'>) {
    this.#context = context;
    this.#order = h(
      'select',
      { onchange: () => this.#draw() },
      ...Object.entries(ORDERS).map(([value, text]) => h('option', { value }, text)),
    );
    const legend = LEGEND.map(([kind, text]) => h(`span.${kind}`, {}, text));
    this.element = h(
      'section',
      { 'aria-label': 'Event by event' },
      h('h3', {}, 'From the gesture to the paint, event by event'),
      h('div.actions', {}, h('label', {}, 'Order ', this.#order), h('div.legend.steps', {}, ...legend)),
      this.#body,
    );
  }

  /** Draws anew, unless somebody is about to follow a row. */
  update(): void {
    if (!holdsFocus(this.#body)) this.#draw();
  }

  #draw(): void {
    const sent = this.#context.store.events.items.slice(-CAPS.recent).filter(({ sentAt }) => sentAt !== undefined);
    if (this.#order.value === 'slowest') sent.sort((a, b) => wholeMs(b) - wholeMs(a));
    else sent.reverse();
    const shown = sent.slice(0, SHOWN);
    const longest = shown.reduce((most, event) => Math.max(most, wholeMs(event)), 0.001);
    this.#body.replaceChildren(
      shown.length === 0
        ? h('p.soft', {}, 'No event has been sent yet.')
        : h(
            'div.waterfall',
            { role: 'list', 'aria-label': 'Events' },
            ...shown.map((event) => this.#row(event, longest)),
          ),
    );
  }

  #row(event: DebugEvent, longest: number): HTMLElement {
    // What lies within a step of the server is in that one; the event itself tells it apart.
    const bars = waterfallBars(event).filter(({ depth }) => depth === 0);
    const steps = bars.map(({ name, from, to }) => `${name} ${ms(to - from)}`);
    return h(
      'div.way',
      { role: 'listitem' },
      eventLink(this.#context, event),
      h('span.track', { role: 'img', 'aria-label': steps.join(', ') }, ...bars.map((bar) => barElement(bar, longest))),
      h('span.num', {}, ms(wholeMs(event))),
    );
  }
}

/** From the gesture to the last that is known of it. */
const wholeMs = ({ createdAt, sentAt, answeredAt, appliedAt, paintedAt }: DebugEvent): number =>
  (paintedAt ?? appliedAt ?? answeredAt ?? sentAt ?? createdAt) - createdAt;
