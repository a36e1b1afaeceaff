import type { Json } from '@djust/protocol';
import { type IsSecret, isSecret } from './redaction.ts';

/** A field that differs, as short texts. */
export interface Delta {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const MOST = 50;
const DEEPEST = 5;
const MOST_CHARS = 200;

interface Found {
  readonly found: Delta[];
  readonly hides: IsSecret;
}

/** What differs between two states. Parts that are the same object are not looked into. */
export function deltaOf(before: Json, after: Json, hides: IsSecret = isSecret): Delta[] {
  const found: Delta[] = [];
  compare(before, after, [], { found, hides });
  return found;
}

function compare(before: Json | undefined, after: Json | undefined, path: readonly string[], to: Found): void {
  const { found, hides } = to;
  if (Object.is(before, after) || found.length >= MOST) return;
  const isOpen = isContainer(before) && isContainer(after) && path.length < DEEPEST;
  if (isOpen && Array.isArray(before) === Array.isArray(after)) {
    const [old, now] = [before as Record<string, Json>, after as Record<string, Json>];
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
      compare(old[key], now[key], [...path, key], to);
    return;
  }
  if (isContainer(before) && isContainer(after) && JSON.stringify(before) === JSON.stringify(after)) return;
  const text = (value: Json | undefined): string => (path.some(hides) ? '[redacted]' : short(value, hides));
  found.push({ path: path.join('.'), before: text(before), after: text(after) });
}

const isContainer = (value: Json | undefined): value is Record<string, Json> | Json[] =>
  typeof value === 'object' && value !== null;

function short(value: Json | undefined, hides: IsSecret): string {
  if (value === undefined) return '–';
  const text = JSON.stringify(value, (key, child) => (hides(key) ? '[redacted]' : child)) ?? '–';
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text;
}
