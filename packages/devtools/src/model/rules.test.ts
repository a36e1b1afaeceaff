import { describe, expect, it } from 'vitest';
import { anEvent, NOW } from '../../test/events.ts';
import { ADVICE, warningsOf } from './advice.ts';
import type { Applied, DebugEvent, Span } from './entries.ts';
import { breachesOf, RULES, type RuleName } from './rules.ts';

const APPLIED: Applied = { version: 1, ops: 1, bytes: 100, tookMs: 1, touched: 1, added: 0, removed: 0 };

const applied = (fields: Partial<Applied>): DebugEvent =>
  anEvent({ applied: { ...APPLIED, ...fields }, answeredAt: NOW + 2, appliedAt: NOW + 3, paintedAt: NOW + 4 });

const served = (...spans: Span[]): DebugEvent =>
  anEvent({ applied: APPLIED, server: { startedAt: NOW, spans, delta: [], stateBytes: 10 } });

const span = (name: string, ms: number, at = 0): Span => ({ name, at, ms });

/** For each rule an event of which this much is true; everything else about it is in order. */
const EVENTS: Readonly<Record<RuleName, (amount: number) => DebugEvent>> = {
  'slow-patch': (tookMs) => applied({ tookMs }),
  'slow-handler': (ms) => served({ ...span('event', ms), children: [span('handler', ms)] }),
  'slow-render': (ms) => served(span('render', ms)),
  'many-operations': (ops) => applied({ ops }),
  'large-frame': (bytes) => applied({ bytes }),
  'large-state': (stateBytes) => anEvent({ server: { startedAt: NOW, spans: [], delta: [], stateBytes } }),
  'slow-answer': (ms) => anEvent({ appliedAt: NOW + ms }),
  'long-queue': (ms) => anEvent({ sentAt: NOW + ms }),
  'slow-network': (ms) => ({
    ...served(span('guard', 5), span('handler', 20, 5)),
    sentAt: NOW + 1,
    answeredAt: NOW + 26 + ms,
  }),
  'slow-commit': (ms) => served(span('commit', ms)),
  'slow-paint': (ms) => anEvent({ appliedAt: NOW + 3, paintedAt: NOW + 3 + ms }),
  'many-nodes': (nodes) => applied({ added: nodes - 10, removed: 10 }),
  'large-parameters': (bytes) => anEvent({ params: { text: 'x'.repeat(Math.max(0, bytes - '{"text":""}'.length)) } }),
  'no-change': (ms) => ({ ...served(span('render', ms)), applied: undefined }),
};

const levelOf = (rule: RuleName, amount: number): string | undefined =>
  breachesOf(EVENTS[rule](amount)).find((breach) => breach.rule === rule)?.level;

describe.each(Object.keys(RULES) as RuleName[])('the rule %s', (rule) => {
  const [warn, bad] = RULES[rule].limits;
  const more = Number.isInteger(warn) ? 1 : 0.1;

  it('is silent up to its first limit, warns above it, and calls it bad above the second', () => {
    expect(levelOf(rule, warn)).toBeUndefined();
    expect(levelOf(rule, warn + more)).toBe('warn');
    if (Number.isFinite(bad)) expect([levelOf(rule, bad), levelOf(rule, bad + 1)]).toEqual(['warn', 'bad']);
  });

  it('speaks of nothing else, and says what was measured, the limit, and what to do', () => {
    const warnings = warningsOf(EVENTS[rule](warn + more));
    expect(warnings.map((warning) => warning.rule)).toEqual([rule]);
    const [{ says, fix } = { says: '', fix: '' }] = warnings;
    expect(says).toContain(`${ADVICE[rule].what} ${warn + more}${ADVICE[rule].unit}, more than ${warn}`);
    expect(fix).toMatch(/\.$/);
  });
});

it('an event about which all is in order breaks no rule', () => {
  expect(breachesOf(served(span('handler', 1), span('render', 0.2)))).toEqual([]);
  expect(breachesOf(applied({}))).toEqual([]);
  // Refused, so there is nothing to render: that is no rendering without a change.
  expect(
    breachesOf(anEvent({ status: 'rejected', server: { startedAt: NOW, spans: [], delta: [], stateBytes: 9 } })),
  ).toEqual([]);
});
