import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anEvent, NOW, someEvents } from '../../test/events.ts';
import { FACETS, facetsOf, hasTerm, toggled } from './facets.ts';
import { parseQuery } from './query.ts';

const events = someEvents(5_000);

it('counts what its term finds, of the events that are shown', () => {
  const queries = ['', 'ms>100', 'status:error', '-name:save', 'view=shop.cart has:patch', 't<1m'];
  fc.assert(
    fc.property(fc.subarray(queries), (terms) => {
      const query = terms.join(' ');
      const { test } = parseQuery(query);
      const shown = events.filter((event) => test(event, NOW));
      for (const { term, count } of facetsOf(shown)) {
        const narrowed = parseQuery(hasTerm(query, term) ? query : toggled(query, term));
        expect(narrowed.faults).toEqual([]);
        expect(events.filter((event) => narrowed.test(event, NOW)).length).toBe(count);
      }
    }),
    { numRuns: 20 },
  );
});

it('puts the most frequent first, eight of a kind at most, and looks at each event once', () => {
  const many = Array.from({ length: 60 }, (_, at) => anEvent({ id: at, name: `h${Math.floor(Math.sqrt(at))}` }));
  const names = facetsOf(many).filter(({ name }) => name === 'name');
  expect(names.map(({ value, count }) => [value, count]).slice(0, 2)).toEqual([
    ['h6', 13],
    ['h5', 11],
  ]);
  expect(names).toHaveLength(8);
  let reads = 0;
  const watched = many.map(
    (event) =>
      new Proxy(event, {
        get: (target, key) => {
          reads++;
          return Reflect.get(target, key) as unknown;
        },
      }),
  );
  facetsOf(watched);
  expect(reads).toBe(many.length * FACETS.length);
});

it('writes a term into a query and takes it out again, and leaves the rest as it is', () => {
  for (const query of ['', 'save', 'nonsense:x /a b/ -"c d"']) {
    const more = toggled(query, 'status=ok');
    expect(hasTerm(more, 'status=ok')).toBe(true);
    expect(hasTerm(query, 'status=ok')).toBe(false);
    expect(toggled(more, 'status=ok')).toBe(query);
  }
  const [facet] = facetsOf([anEvent({ name: 'save all' })]).filter(({ name }) => name === 'name');
  expect(facet?.term).toBe('name="save all"');
  expect(parseQuery(facet?.term ?? '').test(anEvent({ name: 'save all' }), NOW)).toBe(true);
  expect(facetsOf([anEvent({ name: 'a"b', view: '' })]).map(({ name }) => name)).toEqual(['status']);
});
