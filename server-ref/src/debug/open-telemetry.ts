import type { FinishedTrace, SpanNode } from './span.ts';

/** What the bridge needs of `@opentelemetry/api`; pass the package itself. */
export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options?: object, context?: unknown): OpenTelemetrySpan };
    setSpan(context: unknown, span: OpenTelemetrySpan): unknown;
  };
  readonly context: { active(): unknown };
}

interface OpenTelemetrySpan {
  end(endTime?: number): void;
}

/** Gives finished traces to OpenTelemetry, with their own times and nested as they were: `createServer({ onTrace })`. */
export function openTelemetry(api: OpenTelemetryApi, name = 'djust'): (trace: FinishedTrace) => void {
  const tracer = api.trace.getTracer(name);
  return (trace) => {
    const root = tracer.startSpan(
      trace.name,
      { startTime: trace.startedAt, attributes: trace.attributes },
      api.context.active(),
    );
    const add = (node: SpanNode, parent: unknown): void => {
      const startTime = trace.startedAt + node.at;
      const span = tracer.startSpan(node.name, { startTime }, parent);
      for (const child of node.children) add(child, api.trace.setSpan(parent, span));
      span.end(startTime + node.ms);
    };
    const parent = api.trace.setSpan(api.context.active(), root);
    for (const node of trace.spans) add(node, parent);
    root.end(trace.startedAt + trace.ms);
  };
}
