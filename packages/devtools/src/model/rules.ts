import type { DebugEvent } from './entries.ts';

export interface Warning {
  readonly rule: string;
  readonly level: 'warn' | 'bad';
  /** What was measured, and against what. */
  readonly says: string;
  readonly fix: string;
  readonly event: DebugEvent;
}

interface Rule {
  readonly rule: string;
  readonly unit: string;
  /** Above the first it is worth a look, above the second it hurts. */
  readonly limits: readonly [warn: number, bad: number];
  readonly what: string;
  readonly fix: string;
  readonly amount: (event: DebugEvent) => number | undefined;
}

const spanMs = (event: DebugEvent, name: string): number | undefined => {
  const walk = (spans: NonNullable<DebugEvent['server']>['spans']): number =>
    spans.reduce((sum, span) => sum + (span.name === name ? span.ms : walk(span.children ?? [])), 0);
  return event.server && walk(event.server.spans);
};

const totalOf = (spans: NonNullable<DebugEvent['server']>['spans']): number =>
  spans.reduce((end, { at, ms }) => Math.max(end, at + ms), 0);

const NONE = Number.POSITIVE_INFINITY;

/** What an event says of itself; what a template does wrong is told by the server. Requirement R6.13. */
export const RULES: readonly Rule[] = [
  {
    rule: 'slow-patch',
    unit: ' ms',
    limits: [5, 16],
    what: 'Putting the answer in place took',
    fix: 'Key the rows of long lists with repeat(), or show fewer of them (dj-virtual).',
    amount: ({ applied }) => applied?.tookMs,
  },
  {
    rule: 'slow-handler',
    unit: ' ms',
    limits: [100, 200],
    what: 'The handler took',
    fix: 'Wrap its parts in span(name, fn) to see which one; start long work elsewhere and broadcast its end.',
    amount: (event) => spanMs(event, 'handler'),
  },
  {
    rule: 'slow-render',
    unit: ' ms',
    limits: [50, 100],
    what: 'Rendering took',
    fix: 'Keep unchanged rows the same objects: repeat() skips them. Compute in the handler, not in render.',
    amount: (event) => spanMs(event, 'render'),
  },
  {
    rule: 'many-operations',
    unit: '',
    limits: [20, 100],
    what: 'Operations in one answer:',
    fix: 'A list without keys rewrites its rows. Use repeat(items, key, row).',
    amount: ({ applied }) => applied?.ops,
  },
  {
    rule: 'large-frame',
    unit: ' B',
    limits: [16_384, 131_072],
    what: 'The answer weighed',
    fix: 'Show a page of the list at a time, or change less of the page at once.',
    amount: ({ applied }) => applied?.bytes,
  },
  {
    rule: 'large-state',
    unit: ' B',
    limits: [50_000, 100_000],
    what: 'The state weighed',
    fix: 'Keep ids in the state and look the rest up; the State tab shows which field is large.',
    amount: ({ server }) => server?.stateBytes,
  },
  {
    rule: 'slow-answer',
    unit: ' ms',
    limits: [300, 1_000],
    what: 'From the gesture to the page it took',
    fix: 'Look at the waterfall: a long way there or back is the network, a gap before it is the queue.',
    amount: ({ appliedAt, createdAt }) => appliedAt && appliedAt - createdAt,
  },
  {
    rule: 'long-queue',
    unit: ' ms',
    limits: [50, 250],
    what: 'Before it was sent it waited',
    fix: 'Events of a view go one by one: make the one before it shorter, or debounce what comes often (dj-debounce).',
    amount: ({ sentAt, createdAt }) => sentAt && sentAt - createdAt,
  },
  {
    rule: 'slow-network',
    unit: ' ms',
    limits: [150, 600],
    what: 'Besides the work of the server, the way there and back took',
    fix: 'Bring the server nearer, answer with less, or show the guess at once (dj-optimistic).',
    amount: ({ sentAt, answeredAt, server }) =>
      sentAt && answeredAt && server?.startedAt ? answeredAt - sentAt - totalOf(server.spans) : undefined,
  },
  {
    rule: 'slow-commit',
    unit: ' ms',
    limits: [20, 100],
    what: 'Storing the state took',
    fix: 'Keep less in the state, or look at the store: every answer waits for it.',
    amount: (event) => spanMs(event, 'commit'),
  },
  {
    rule: 'slow-paint',
    unit: ' ms',
    limits: [50, 150],
    what: 'Style, layout and paint of the change took',
    fix: 'content-visibility: auto for what is out of sight, fewer rows, no reading of sizes in hooks.',
    amount: ({ appliedAt, paintedAt }) => appliedAt && paintedAt && paintedAt - appliedAt,
  },
  {
    rule: 'many-nodes',
    unit: '',
    limits: [500, 2_000],
    what: 'Elements that came or went:',
    fix: 'Show a window of the list (dj-virtual), or key its rows so that they are moved and not made anew.',
    amount: ({ applied }) => applied && applied.added + applied.removed,
  },
  {
    rule: 'large-parameters',
    unit: ' B',
    limits: [4_096, 32_768],
    what: 'The parameters weighed',
    fix: 'Send an id and look the rest up on the server; files go by dj-upload.',
    amount: ({ params }) => JSON.stringify(params).length,
  },
  {
    rule: 'no-change',
    unit: ' ms',
    limits: [0.5, NONE],
    what: 'Rendered without any change to show, in',
    fix: 'Answer nothing when nothing changes; a handler that returns its state as it was renders nothing.',
    amount: (event) => (event.status === 'ok' && !event.applied ? spanMs(event, 'render') : undefined),
  },
];

/** What is worth a word about this event. */
export function warningsOf(event: DebugEvent): Warning[] {
  const warnings: Warning[] = [];
  for (const { rule, unit, limits, what, fix, amount } of RULES) {
    const measured = amount(event);
    if (measured === undefined || !(measured > limits[0])) continue;
    const level = measured > limits[1] ? 'bad' : 'warn';
    const limit = level === 'bad' ? limits[1] : limits[0];
    const shown = Number.isInteger(measured) ? measured : measured.toFixed(1);
    warnings.push({ rule, level, says: `${what} ${shown}${unit}, more than ${limit}${unit}.`, fix, event });
  }
  return warnings;
}

export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number;
}
