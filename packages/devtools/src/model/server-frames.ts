import type { Delta, ServerSide, Span } from './entries.ts';

/** What a development server tells without being asked: the inside of an event, by its ref. */
export function readServerFrame(frame: Record<string, unknown>): { ref: number; server: ServerSide } | undefined {
  if (typeof frame.ref !== 'number') return undefined;
  const server = {
    startedAt: numberOf(frame.startedAt),
    spans: readSpans(frame.spans),
    delta: listOf(frame.delta).map(readDelta),
    stateBytes: numberOf(frame.stateBytes),
    ...(typeof frame.node === 'number' && { node: frame.node }),
  };
  return { ref: frame.ref, server };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

const readSpans = (value: unknown, depth = 0): Span[] =>
  depth > 8
    ? []
    : listOf(value).map(({ name, at, ms, children }) => ({
        name: String(name),
        at: numberOf(at),
        ms: numberOf(ms),
        children: readSpans(children, depth + 1),
      }));

const readDelta = ({ path, before, after }: Record<string, unknown>): Delta => ({
  path: String(path),
  before: String(before),
  after: String(after),
});
