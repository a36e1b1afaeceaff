import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEvent, NOW, someEvents } from '../../test/events.ts';
import type { DebugEvent } from './entries.ts';
import { durationOf, parseQuery } from './query.ts';

const events = someEvents(5_000);

/** Each term beside a predicate that says the same in plain words. */
const TERMS: readonly (readonly [string, (event: DebugEvent) => boolean])[] = [
  ['save', ({ name }) => name.includes('save')],
  ['name:remove', ({ name }) => name.includes('remove')],
  ['/^(add|show)$/', ({ name }) => name === 'add' || name === 'show'],
  ['status:error', ({ status }) => status === 'error'],
  ['status:replayed', ({ replayed }) => replayed === true],
  ['-status:ok', ({ status }) => status !== 'ok'],
  ['view:form', ({ view }) => view.includes('form')],
  ['name=save', ({ name }) => name === 'save'],
  ['-status=ok', ({ status }) => status !== 'ok'],
  ['view=shop.cart', ({ view }) => view === 'shop.cart'],
  ['ms>100', (event) => durationOf(event) > 100],
  ['ms<=50', (event) => durationOf(event) <= 50],
  ['bytes>=10k', ({ applied }) => (applied?.bytes ?? 0) >= 10_000],
  ['apply>16', ({ applied }) => (applied?.tookMs ?? 0) > 16],
  ['t<1m', ({ createdAt }) => NOW - createdAt < 60_000],
  ['t>5m', ({ createdAt }) => NOW - createdAt > 300_000],
  ['has:patch', ({ applied }) => applied !== undefined],
  ['-has:patch', ({ applied }) => applied === undefined],
  ['page:2', ({ page }) => page === 2],
  [`since:${NOW - 120_000}`, ({ createdAt }) => createdAt >= NOW - 120_000],
  [`until:${NOW - 120_000}`, ({ createdAt }) => createdAt <= NOW - 120_000],
];

describe('the query of the event list', () => {
  it('finds what a plain predicate finds, whatever is combined, in 5,000 events', () => {
    fc.assert(
      fc.property(fc.subarray([...TERMS], { minLength: 0, maxLength: 4 }), (terms) => {
        const { test, faults } = parseQuery(terms.map(([text]) => text).join('  '));
        expect(faults).toEqual([]);
        const found = events.filter((event) => test(event, NOW)).map(({ id }) => id);
        expect(found).toEqual(events.filter((event) => terms.every(([, plain]) => plain(event))).map(({ id }) => id));
      }),
      { numRuns: 200 },
    );
    for (const [text, plain] of TERMS) expect(events.some(plain), `${text} is true of some`).toBe(true);
  });

  it.each(['status:', 'ms=5', 'name=', 'bytes>many', 'colour:red', '/[/', 'ref:x', `/${'a'.repeat(201)}/`, 'ms>'])(
    'says that it cannot read %s',
    (text) => {
      expect(parseQuery(text).faults).toEqual([text]);
    },
  );

  it('reads a text in quotes as one', () => {
    const { test } = parseQuery('name:"save all"');
    expect(test(anEvent({ name: 'save all' }), NOW)).toBe(true);
    expect(test(anEvent({ name: 'save' }), NOW)).toBe(false);
  });
});
