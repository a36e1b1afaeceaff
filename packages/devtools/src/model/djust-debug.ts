import type { Delta, ServerSide, Span } from './entries.ts';

/**
 * What a djust 1.x server tells in its answers when it runs with DEBUG: a tree of times in `performance`, the view's
 * variables in `_debug`. It tells durations and no beginnings, so steps stand one behind the other.
 * @see wire spec 11.2, 11.3
 */
export function djustServerSide(frame: Record<string, unknown>): ServerSide | undefined {
  const debug = isObject(frame._debug) ? frame._debug : {};
  const performance = [frame.performance, debug.performance].find(isObject);
  const timing = isObject(performance?.timing) ? performance.timing : undefined;
  const plain = isObject(frame.timing) ? frame.timing : {};
  const spans = timing ? [spanOf(timing, 0)] : plainSpans(plain);
  const sizes = isObject(debug.state_sizes) ? Object.values(debug.state_sizes) : [];
  const stateBytes =
    numberOf(performance?.context_size_bytes) || sizes.reduce<number>((sum, size) => sum + sizeIn(size), 0);
  if (spans.length === 0 && stateBytes === 0) return undefined;
  return { startedAt: 0, spans, delta: [], stateBytes };
}

/** A step of the history that a djust server keeps of a view with `time_travel_enabled`. @see wire spec 11.4 */
export interface DjustStep {
  /** Its place in the server's history. */
  readonly index: number;
  readonly name: string;
  readonly ref?: number | undefined;
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number;
  readonly branch: string;
  readonly error?: string | undefined;
}

/** What a `time_travel_event` says of an event: its place in the history, and the fields that it changed. */
export function djustStep(frame: Record<string, unknown>): { step: DjustStep; delta: Delta[] } | undefined {
  const { entry } = frame;
  if (frame.type !== 'time_travel_event' || !isObject(entry)) return undefined;
  const { event_name: name, ref, ts, error, state_before: before, state_after: after } = entry;
  const seconds = numberOf(ts);
  const step = {
    index: Math.max(0, numberOf(frame.history_len) - 1),
    name: String(name ?? ''),
    ref: typeof ref === 'number' ? ref : undefined,
    at: seconds < 1e11 ? seconds * 1_000 : seconds,
    branch: String(frame.branch_id ?? 'main'),
    error: typeof error === 'string' && error !== '' ? error : undefined,
  };
  return { step, delta: isObject(before) && isObject(after) ? changes(before, after) : [] };
}

const MOST_FIELDS = 50;
const MOST_CHARS = 200;

function changes(before: Record<string, unknown>, after: Record<string, unknown>): Delta[] {
  const text = (value: unknown): string => (JSON.stringify(value) ?? '–').slice(0, MOST_CHARS);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .slice(0, MOST_FIELDS)
    .map((path) => ({ path, before: text(before[path]), after: text(after[path]) }));
}

const DEEPEST = 8;

function spanOf(node: Record<string, unknown>, at: number, depth = 0): Span {
  let next = at;
  const children: Span[] = [];
  for (const child of Array.isArray(node.children) && depth < DEEPEST ? node.children : []) {
    if (!isObject(child)) continue;
    const span = spanOf(child, next, depth + 1);
    children.push(span);
    next += span.ms;
  }
  return { name: String(node.name ?? 'step'), at, ms: numberOf(node.duration_ms), children };
}

/** `{"render": 3.2}` */
function plainSpans(timing: Record<string, unknown>): Span[] {
  let at = 0;
  return Object.entries(timing).map(([name, value]) => {
    const span = { name, at, ms: numberOf(value) };
    at += span.ms;
    return span;
  });
}

const sizeIn = (size: unknown): number =>
  isObject(size) ? numberOf(size.memory) || numberOf(size.serialized) : numberOf(size);
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
