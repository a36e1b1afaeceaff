import type { ServerSide, Span } from './entries.ts';

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

/** The variables of the view as the last answer that told them has them. */
export function djustVariables(frame: Record<string, unknown>): Record<string, unknown> | undefined {
  const { _debug: debug } = frame;
  return isObject(debug) && isObject(debug.variables) ? debug.variables : undefined;
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
