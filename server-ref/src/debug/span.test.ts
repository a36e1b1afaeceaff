import { setTimeout as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type OpenTelemetryApi, openTelemetry } from './open-telemetry.ts';
import { serverTiming } from './server-timing.ts';
import { type FinishedTrace, type SpanNode, span, traced } from './span.ts';

const names = (nodes: readonly SpanNode[]): unknown[] =>
  nodes.map(({ name, children }) => (children.length > 0 ? [name, names(children)] : name));

describe('a span', () => {
  it('calls its function as it is where nobody traces', () => {
    const result = {};
    expect(span('free', () => result)).toBe(result);
    expect(() =>
      span('free', () => {
        throw new Error('as it is');
      }),
    ).toThrow('as it is');
  });

  it('nests across await, with fifty events at once', async () => {
    const traces: FinishedTrace[] = [];
    const event = (at: number): Promise<void> =>
      traced(
        `event ${at}`,
        async () => {
          await span('guard', () => later(at % 3));
          await span('handler', async () => {
            await later((at * 7) % 5);
            span(`sum ${at}`, () => at + 1);
            await span('query', () => later(1));
          });
          span('render', () => 'html');
        },
        (trace) => traces.push(trace),
      );
    await Promise.all(Array.from({ length: 50 }, (_, at) => event(at)));
    expect(traces).toHaveLength(50);
    for (const { name, spans, ms } of traces) {
      expect(names(spans)).toEqual(['guard', ['handler', [`sum ${name.slice(6)}`, 'query']], 'render']);
      for (const { at, ms: took } of spans) expect(at + took).toBeLessThanOrEqual(ms + 0.5);
    }
  });

  it('ends when its function fails, and the trace is told all the same', async () => {
    let told: FinishedTrace | undefined;
    const failing = traced(
      'event',
      () => span('handler', () => Promise.reject(new Error('it failed'))),
      (trace) => {
        told = trace;
      },
    );
    await expect(failing).rejects.toThrow('it failed');
    expect(told?.spans).toMatchObject([{ name: 'handler', ms: expect.any(Number) }]);
  });

  it('writes down so many at most', async () => {
    let told: FinishedTrace | undefined;
    await traced(
      'event',
      () => {
        for (let at = 0; at < 1_000; at++) span('query', () => at);
      },
      (trace) => {
        told = trace;
      },
    );
    expect(told?.spans).toHaveLength(200);
  });
});

describe('a trace', () => {
  const trace: FinishedTrace = {
    name: 'save',
    startedAt: 1_000,
    ms: 9,
    attributes: { view: 'shop.cart' },
    spans: [{ name: 'my handler', at: 1, ms: 4, children: [{ name: 'query', at: 2, ms: 2, children: [] }] }],
  };

  it('is a header', () => {
    expect(serverTiming(trace)).toBe('my_handler;dur=4.0, total;dur=9.0');
  });

  it('becomes spans of OpenTelemetry with the same times, one within the other', () => {
    type Made = { name: string; startTime: number; parent: unknown; endTime?: number | undefined };
    const made: Made[] = [];
    const api: OpenTelemetryApi = {
      trace: {
        getTracer: () => ({
          startSpan: (name, options, parent) => {
            const entry: Made = { name, startTime: (options as { startTime: number }).startTime, parent };
            made.push(entry);
            return {
              end: (endTime) => {
                entry.endTime = endTime;
              },
            };
          },
        }),
        setSpan: (_context, started) => made.at(-1) && { within: started },
      },
      context: { active: () => 'outside' },
    };
    openTelemetry(api)(trace);
    expect(made.map(({ name, startTime, endTime }) => [name, startTime, endTime])).toEqual([
      ['save', 1_000, 1_009],
      ['my handler', 1_001, 1_005],
      ['query', 1_002, 1_004],
    ]);
    expect(made[0]?.parent).toBe('outside');
    expect(made[2]?.parent).toMatchObject({ within: expect.anything() });
  });
});
