import type { DebugEvent } from './entries.ts';
import { termsOf } from './query.ts';

/** What events are counted by. */
export const FACETS = ['status', 'name', 'view'] as const;
export type FacetName = (typeof FACETS)[number];

/** A value that some of the shown events have. */
export interface Facet {
  readonly name: FacetName;
  readonly value: string;
  readonly count: number;
  /** As it stands in a query. */
  readonly term: string;
}

/** Of each kind; there may be hundreds of handlers. */
const MOST = 8;

/** Counts the events that a filter shows, the most frequent first; one walk over them. */
export function facetsOf(events: readonly DebugEvent[]): Facet[] {
  const counts = FACETS.map(() => new Map<string, number>());
  for (const event of events)
    for (let at = 0; at < FACETS.length; at++) {
      const value = event[FACETS[at] as FacetName];
      const map = counts[at] as Map<string, number>;
      map.set(value, (map.get(value) ?? 0) + 1);
    }
  return FACETS.flatMap((name, at) =>
    [...(counts[at] as Map<string, number>)]
      .filter(([value]) => value !== '' && !value.includes('"'))
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MOST)
      .map(([value, count]) => ({ name, value, count, term: termOf(name, value) })),
  );
}

const termOf = (name: FacetName, value: string): string =>
  /^[\w.-]+$/.test(value) ? `${name}=${value}` : `${name}="${value}"`;

/** Whether the query asks for it already. */
export const hasTerm = (query: string, term: string): boolean => termsOf(query).includes(term);

/** The query with the term, or without it when it was there. What cannot be read in it stays as it is. */
export function toggled(query: string, term: string): string {
  const terms = termsOf(query);
  if (terms.includes(term)) return terms.filter((one) => one !== term).join(' ');
  return [...terms, term].join(' ');
}
