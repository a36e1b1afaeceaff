import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anEvent, NOW } from '../../test/events.ts';
import type { DebugEvent } from '../model/entries.ts';
import { TraceStore } from '../model/trace-store.ts';
import { addStyles, panelSheet } from '../ui/styles.ts';
import { TAB_STYLES } from '../ui/styles-tabs.ts';
import { EventRows } from './event-rows.ts';

const store = new TraceStore();
let shown: unknown[] = [];
let rows: EventRows;

/** All its steps, in milliseconds since the gesture. */
const way = (name: string, factor: number): Partial<DebugEvent> => ({
  name,
  createdAt: NOW,
  sentAt: NOW + factor,
  answeredAt: NOW + 6 * factor,
  appliedAt: NOW + 8 * factor,
  paintedAt: NOW + 10 * factor,
  applied: { version: 1, ops: 1, bytes: 1, tookMs: factor, touched: 1, added: 0, removed: 0 },
  server: {
    startedAt: 0,
    spans: [{ name: 'handler', at: 0, ms: 3 * factor, children: [{ name: 'query', at: 0, ms: factor }] }],
    delta: [],
    stateBytes: 1,
  },
});

function add(fields: Partial<DebugEvent>): DebugEvent {
  const { id: _, page: __, ...event } = anEvent(fields);
  return store.addEvent(event);
}

const items = (): HTMLElement[] => [...rows.element.querySelectorAll<HTMLElement>('[role="listitem"]')];
const names = (): (string | null | undefined)[] => items().map((item) => item.querySelector('button')?.textContent);
const bars = (item: HTMLElement | undefined): HTMLElement[] => [
  ...(item?.querySelectorAll<HTMLElement>('.track > *') ?? []),
];

beforeEach(() => {
  store.clear();
  shown = [];
  rows = new EventRows({ store, show: (...args) => shown.push(args) });
  addStyles(TAB_STYLES);
  document.adoptedStyleSheets = [panelSheet()];
  document.body.replaceChildren(rows.element);
});

describe('the waterfall of many events', () => {
  it('has a row for each event that was sent, with its steps one behind the other, the slowest first', () => {
    add({ ...way('quick', 1), ref: 1 });
    add({ ...way('slow', 4), ref: 2 });
    add({ name: 'never', status: 'dropped' });
    rows.update();
    expect(names()).toEqual(['slow #2', 'quick #1']);
    const steps = bars(items()[0]).map((bar) => bar.title.replace(/ [\d.]+ ms$/, ''));
    expect(steps).toEqual([
      'in the queue',
      'network, there',
      'handler',
      'network, back',
      'reading the frame',
      'putting in place',
      'style, layout, paint',
    ]);
    // Stacked: each begins where the one before ends, and the last ends with the event.
    const edges = bars(items()[0]).map(({ style }) => [Number.parseFloat(style.left), Number.parseFloat(style.width)]);
    for (const [at, [left = 0]] of edges.entries()) {
      const [before = 0, width = 0] = edges[at - 1] ?? [];
      expect(left).toBeCloseTo(before + width, 3);
    }
    expect((edges.at(-1)?.[0] ?? 0) + (edges.at(-1)?.[1] ?? 0)).toBeCloseTo(100, 3);
    expect(items()[0]?.querySelector('.track')?.getAttribute('aria-label')).toBe(
      'in the queue 4.0 ms, network, there 4.0 ms, handler 12.0 ms, network, back 4.0 ms, reading the frame 4.0 ms, putting in place 4.0 ms, style, layout, paint 8.0 ms',
    );
  });

  it('draws all rows in one scale', () => {
    add({ ...way('quick', 1), ref: 1 });
    add({ ...way('slow', 4), ref: 2 });
    rows.update();
    const end = (item: HTMLElement | undefined): number => {
      const { style } = bars(item).at(-1) as HTMLElement;
      return Number.parseFloat(style.left) + Number.parseFloat(style.width);
    };
    expect(end(items()[1])).toBeCloseTo(25, 3);
  });

  it('shows the latest first when that is chosen, fifteen at most, and leads to the event', async () => {
    for (let at = 1; at <= 20; at++) add({ ...way('add', 21 - at), ref: at });
    rows.update();
    expect(names()[0]).toBe('add #1');
    await userEvent.selectOptions(page.getByRole('combobox'), 'latest');
    expect(names()).toHaveLength(15);
    expect(names()[0]).toBe('add #20');
    items()[1]?.querySelector('button')?.click();
    expect(shown).toEqual([['events', { eventId: store.events.items.find(({ ref }) => ref === 19)?.id }]]);
  });

  it('keeps a row that has the focus, and draws it anew when the focus has left', () => {
    add({ ...way('add', 1), ref: 1 });
    rows.update();
    const link = items()[0]?.querySelector('button');
    link?.focus();
    add({ ...way('add', 2), ref: 2 });
    rows.update();
    expect(document.activeElement).toBe(link);
    link?.blur();
    rows.update();
    expect(names()).toEqual(['add #2', 'add #1']);
  });
});
