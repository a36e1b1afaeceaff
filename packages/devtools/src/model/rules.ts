import type { DebugEvent } from './entries.ts';

export type RuleName =
  | 'slow-patch'
  | 'slow-handler'
  | 'slow-render'
  | 'many-operations'
  | 'large-frame'
  | 'large-state'
  | 'slow-answer'
  | 'long-queue'
  | 'slow-network'
  | 'slow-commit'
  | 'slow-paint'
  | 'many-nodes'
  | 'large-parameters'
  | 'no-change';

interface Rule {
  /** Above the first it is worth a look, above the second it hurts. */
  readonly limits: readonly [warn: number, bad: number];
  readonly amount: (event: DebugEvent) => number | undefined;
}

/** A rule that an event breaks. What to say of it is in `advice.ts`, which is loaded with the tabs. */
export interface Breach {
  readonly rule: RuleName;
  readonly level: 'warn' | 'bad';
  readonly measured: number;
  /** The one of the two limits that counts. */
  readonly limit: number;
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
export const RULES: Readonly<Record<RuleName, Rule>> = {
  'slow-patch': {
    limits: [5, 16],
    amount: ({ applied }) => applied?.tookMs,
  },
  'slow-handler': {
    limits: [100, 200],
    amount: (event) => spanMs(event, 'handler'),
  },
  'slow-render': {
    limits: [50, 100],
    amount: (event) => spanMs(event, 'render'),
  },
  'many-operations': {
    limits: [20, 100],
    amount: ({ applied }) => applied?.ops,
  },
  'large-frame': {
    limits: [16_384, 131_072],
    amount: ({ applied }) => applied?.bytes,
  },
  'large-state': {
    limits: [50_000, 100_000],
    amount: ({ server }) => server?.stateBytes,
  },
  'slow-answer': {
    limits: [300, 1_000],
    amount: ({ appliedAt, createdAt }) => appliedAt && appliedAt - createdAt,
  },
  'long-queue': {
    limits: [50, 250],
    amount: ({ sentAt, createdAt }) => sentAt && sentAt - createdAt,
  },
  'slow-network': {
    limits: [150, 600],
    amount: ({ sentAt, answeredAt, server }) =>
      sentAt && answeredAt && server?.startedAt ? answeredAt - sentAt - totalOf(server.spans) : undefined,
  },
  'slow-commit': {
    limits: [20, 100],
    amount: (event) => spanMs(event, 'commit'),
  },
  'slow-paint': {
    limits: [50, 150],
    amount: ({ appliedAt, paintedAt }) => appliedAt && paintedAt && paintedAt - appliedAt,
  },
  'many-nodes': {
    limits: [500, 2_000],
    amount: ({ applied }) => applied && applied.added + applied.removed,
  },
  'large-parameters': {
    limits: [4_096, 32_768],
    amount: ({ params }) => JSON.stringify(params).length,
  },
  'no-change': {
    limits: [0.5, NONE],
    amount: (event) => (event.status === 'ok' && !event.applied ? spanMs(event, 'render') : undefined),
  },
};

/** What is worth a word about this event. */
export function breachesOf(event: DebugEvent): Breach[] {
  const breaches: Breach[] = [];
  for (const [rule, { limits, amount }] of Object.entries(RULES) as [RuleName, Rule][]) {
    const measured = amount(event);
    if (measured === undefined || !(measured > limits[0])) continue;
    const level = measured > limits[1] ? 'bad' : 'warn';
    breaches.push({ rule, level, measured, limit: level === 'bad' ? limits[1] : limits[0] });
  }
  return breaches;
}
