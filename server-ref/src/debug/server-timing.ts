import type { FinishedTrace } from './span.ts';

/** The `Server-Timing` header of a trace: its outermost spans, and the whole. Names are tokens, so others are rewritten. */
export function serverTiming({ spans, ms }: FinishedTrace): string {
  const entries = spans
    .slice(0, 20)
    .map(({ name, ms: took }) => `${name.replace(/[^\w-]/g, '_')};dur=${took.toFixed(1)}`);
  return [...entries, `total;dur=${ms.toFixed(1)}`].join(', ');
}
