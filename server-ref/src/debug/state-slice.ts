import type { Json, JsonObject } from '@djust/protocol';
import { type IsSecret, isSecret } from './redaction.ts';

/** A piece of the state as the panel gets it: two or three levels, the rest on demand. */
export interface StateSlice {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'redacted';
  /** As JSON, UTF-8. */
  readonly bytes: number;
  readonly text?: string;
  readonly count?: number;
  readonly entries?: readonly (readonly [string, StateSlice])[];
}

const LEVELS = 3;
const MOST_LEVELS = 12;
const MOST_ENTRIES = 200;
const MOST_CHARS = 2_048;
/** Further down, where there may be many. */
const FEW_CHARS = 160;
/** Of one answer; deeper levels are left out when it would be more. */
const MOST_NODES = 3_000;

/** States are never modified, so the size of an object stays what it was. */
const sizes = new WeakMap<object, number>();

export function sizeOf(value: Json, levels: number = LEVELS): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value) ?? 'null');
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const size = levels > 0 ? sumOf(value, levels) : Buffer.byteLength(JSON.stringify(value));
  sizes.set(value, size);
  return size;
}

/** From its parts, which are wanted too: to write the whole once for each level would take as many times as long. */
function sumOf(value: object, levels: number): number {
  const isList = Array.isArray(value);
  const parts = Object.entries(value).filter(([, child]) => child !== undefined);
  const names = isList ? 0 : parts.reduce((sum, [key]) => sum + Buffer.byteLength(JSON.stringify(key)) + 1, 0);
  const within = parts.reduce((sum, [, child]) => sum + sizeOf(child as Json, levels - 1), 0);
  return 2 + Math.max(0, parts.length - 1) + names + within;
}

export function sliceState(value: Json, levels: number = LEVELS, hides: IsSecret = isSecret): StateSlice {
  return slice(value, '', { levels: Math.min(levels, MOST_LEVELS), left: { nodes: MOST_NODES }, hides });
}

interface Slicing {
  readonly levels: number;
  readonly left: { nodes: number };
  readonly hides: IsSecret;
}

function slice(value: Json, name: string, { levels, left, hides }: Slicing): StateSlice {
  left.nodes--;
  if (name !== '' && hides(name)) return { kind: 'redacted', bytes: sizeOf(value), text: '[redacted]' };
  if (value === null) return { kind: 'null', bytes: 4, text: 'null' };
  if (typeof value === 'object') {
    const isList = Array.isArray(value);
    const all = Object.entries(value) as [string, Json][];
    const head = { kind: isList ? 'array' : 'object', bytes: sizeOf(value), count: all.length } as const;
    if (levels === 0 || left.nodes <= 0) return head;
    const below = { levels: levels - 1, left, hides };
    return {
      ...head,
      entries: all.slice(0, MOST_ENTRIES).map(([key, child]) => [key, slice(child, key, below)] as const),
    };
  }
  const text = String(value);
  const most = levels >= LEVELS - 1 ? MOST_CHARS : FEW_CHARS;
  const shown = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
  return { kind: typeof value as 'string' | 'number' | 'boolean', bytes: sizeOf(value), text: shown };
}

/** By how many bytes each field has grown; those that stayed the same are left out without being measured. */
export function growthOf(before: JsonObject, now: JsonObject): Record<string, number> {
  const changed = Object.keys(now).filter((key) => !Object.is(before[key], now[key]));
  const sizeAt = (state: JsonObject, key: string): number =>
    Object.hasOwn(state, key) ? sizeOf(state[key] as Json) : 0;
  return Object.fromEntries(changed.map((key) => [key, sizeAt(now, key) - sizeAt(before, key)]));
}

/** The part that a path leads to; undefined when there is none, or when it leads through a secret. */
export function partOf(state: Json, path: readonly string[], hides: IsSecret = isSecret): Json | undefined {
  let part: Json | undefined = state;
  for (const key of path) {
    if (hides(key) || typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined;
    part = (part as Record<string, Json>)[key];
  }
  return part;
}

/** A copy in which the path leads to another value; what is not on the path stays the same objects. */
export function withPart(state: Json, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(state)) return state.map((item, at) => (String(at) === key ? withPart(item, rest, value) : item));
  const fields = state as Record<string, Json>;
  return { ...fields, [key]: withPart(fields[key] ?? null, rest, value) };
}
