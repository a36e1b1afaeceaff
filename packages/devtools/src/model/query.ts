import type { DebugEvent } from './entries.ts';

/** Tests one event; `now` is the wall clock, for the age. */
export type Test = (event: DebugEvent, now: number) => boolean;

export interface Query {
  readonly test: Test;
  /** What could not be read, in the words of the user. */
  readonly faults: readonly string[];
}

const MOST_PATTERN = 200;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** From the gesture to the page, as far as it came. */
export const durationOf = (event: DebugEvent): number =>
  (event.appliedAt ?? event.answeredAt ?? Number.NaN) - event.createdAt;

/**
 * Reads `name:save status:error ms>5 t<10s`: terms that must all be true. A word without a field is part of the name;
 * `/…/` is a regular expression; `-` in front turns a term around.
 */
export function parseQuery(text: string): Query {
  const faults: string[] = [];
  const tests: Test[] = [];
  for (const term of termsOf(text)) {
    const isTurned = term.startsWith('-') && term.length > 1;
    const test = readTerm(isTurned ? term.slice(1) : term);
    if (!test) faults.push(term);
    else tests.push(isTurned ? (event, now) => !test(event, now) : test);
  }
  return { test: (event, now) => tests.every((test) => test(event, now)), faults };
}

/** The words of a query; a regular expression and a quoted text are one word. */
export const termsOf = (text: string): string[] =>
  [...text.matchAll(/\S*\/(?:[^/\\]|\\.)*\/|\S*"[^"]*"|\S+/g)].map(([term]) => term);

function readTerm(term: string): Test | undefined {
  const [, field, sign, value = ''] = /^([a-z]+)(>=|<=|:|=|>|<)(.*)$/.exec(term) ?? [];
  if (!field || !sign) return nameTest(term);
  const bare = value.replace(/^"(.*)"$/, '$1');
  if (bare === '') return undefined;
  if (sign === ':') return fieldTest(field, bare);
  if (sign === '=') return exactTest(field, bare);
  return amountTest(field, sign, bare);
}

function fieldTest(field: string, value: string): Test | undefined {
  switch (field) {
    case 'name':
      return nameTest(value);
    case 'status':
      return value === 'replayed' ? ({ replayed }) => replayed === true : ({ status }) => status === value;
    case 'view':
      return ({ view }) => view.includes(value);
    case 'has':
      return hasTest(value);
    case 'ref':
    case 'page':
      return /^\d+$/.test(value) ? (event) => event[field] === Number(value) : undefined;
    case 'since':
      return timeTest(value, (at, limit) => at >= limit);
    case 'until':
      return timeTest(value, (at, limit) => at <= limit);
    default:
      return undefined;
  }
}

/** The whole name, where `:` takes a part of it. */
function exactTest(field: string, value: string): Test | undefined {
  if (field === 'status') return fieldTest(field, value);
  return field === 'name' || field === 'view' ? (event) => event[field] === value : undefined;
}

function hasTest(value: string): Test | undefined {
  if (value === 'patch') return ({ applied }) => applied !== undefined;
  if (value === 'error') return ({ error }) => error !== undefined;
  if (value === 'server') return ({ server }) => server !== undefined;
  return undefined;
}

function timeTest(value: string, test: (at: number, limit: number) => boolean): Test | undefined {
  const limit = Number(value);
  return Number.isFinite(limit) ? ({ createdAt }) => test(createdAt, limit) : undefined;
}

function nameTest(value: string): Test | undefined {
  const [, pattern] = /^\/(.+)\/$/.exec(value) ?? [];
  if (pattern === undefined) {
    const wanted = value.toLowerCase();
    return ({ name }) => name.toLowerCase().includes(wanted);
  }
  if (pattern.length > MOST_PATTERN) return undefined;
  try {
    const regex = new RegExp(pattern, 'i');
    return ({ name }) => regex.test(name);
  } catch {
    return undefined;
  }
}

function amountTest(field: string, sign: string, value: string): Test | undefined {
  const [, digits, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|k)?$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  const read = amounts[field];
  if (!read) return undefined;
  const limit = Number(digits) * (unit === 'k' ? 1_000 : (UNITS[unit] ?? 1));
  const compare = comparisons[sign] as (amount: number, limit: number) => boolean;
  return (event, now) => compare(read(event, now), limit);
}

const amounts: Readonly<Record<string, (event: DebugEvent, now: number) => number>> = {
  ms: durationOf,
  /** Age: how long ago it was made. */
  t: ({ createdAt }, now) => now - createdAt,
  bytes: ({ applied }) => applied?.bytes ?? 0,
  ops: ({ applied }) => applied?.ops ?? 0,
  apply: ({ applied }) => applied?.tookMs ?? Number.NaN,
};

const comparisons: Readonly<Record<string, (amount: number, limit: number) => boolean>> = {
  '>': (amount, limit) => amount > limit,
  '<': (amount, limit) => amount < limit,
  '>=': (amount, limit) => amount >= limit,
  '<=': (amount, limit) => amount <= limit,
};
