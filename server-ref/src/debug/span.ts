import { AsyncLocalStorage } from 'node:async_hooks';

/** A step of the server's work: when it began within its trace, how long it took, the steps within it. Milliseconds. */
export interface SpanNode {
  readonly name: string;
  readonly at: number;
  ms: number;
  readonly children: SpanNode[];
}

/** What one event, or one page, took. */
export interface FinishedTrace {
  readonly name: string;
  /** Wall clock, milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly spans: readonly SpanNode[];
  readonly attributes: Readonly<Record<string, string | number>>;
}

const MOST_SPANS = 200;

interface Open {
  readonly startedAt: number;
  readonly children: SpanNode[];
  readonly left: { count: number };
}

const storage = new AsyncLocalStorage<Open>();

/** Traces that run now. While there is none, a span is one comparison. */
let running = 0;

/**
 * Measures a step, in handlers and templates too. Steps nest across `await`. Where nobody traces, `run` is called as it is.
 */
export function span<T>(name: string, run: () => T): T {
  if (running === 0) return run();
  const parent = storage.getStore();
  return parent && parent.left.count > 0 ? measured(parent, name, run) : run();
}

function measured<T>(parent: Open, name: string, run: () => T): T {
  parent.left.count--;
  const from = performance.now();
  const node: SpanNode = { name, at: from - parent.startedAt, ms: 0, children: [] };
  parent.children.push(node);
  const end = (): void => {
    node.ms = performance.now() - from;
  };
  let result: T;
  try {
    result = storage.run({ ...parent, children: node.children }, run);
  } catch (error) {
    end();
    throw error;
  }
  if (!(result instanceof Promise)) {
    end();
    return result;
  }
  return result.finally(end) as T;
}

/** Runs something and measures all the spans in it. The trace is told when it is over, whether it failed or not. */
export async function traced<T>(
  name: string,
  run: () => Promise<T> | T,
  tell: (trace: FinishedTrace) => void,
  attributes: FinishedTrace['attributes'] = {},
): Promise<T> {
  running++;
  const startedAt = performance.now();
  const spans: SpanNode[] = [];
  try {
    return await storage.run({ startedAt, children: spans, left: { count: MOST_SPANS } }, run);
  } finally {
    running--;
    tell({ name, startedAt: performance.timeOrigin + startedAt, ms: performance.now() - startedAt, spans, attributes });
  }
}
