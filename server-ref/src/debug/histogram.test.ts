import { describe, expect, it } from 'vitest';
import { Histogram, SpanHistograms } from './histogram.ts';

const exact = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] as number;

describe('Histogram', () => {
  it('knows each quantile within a sixteenth, from microseconds to minutes', () => {
    const histogram = new Histogram();
    const values = Array.from({ length: 5_000 }, (_, at) => 0.02 * 1.003 ** at);
    for (const value of values) histogram.add(value);
    for (const share of [0.01, 0.25, 0.5, 0.95, 0.99, 1]) {
      const [found, is] = [histogram.quantile(share), exact(values, share)];
      expect(found / is, `${share}`).toBeGreaterThan(0.999);
      expect(found / is, `${share}`).toBeLessThan(1.07);
    }
  });

  it('takes nothing, hours and nonsense', () => {
    const histogram = new Histogram();
    expect(histogram.quantile(0.5)).toBe(0);
    for (const ms of [0, -1, 1e12]) histogram.add(ms);
    expect(histogram.quantile(0.3)).toBeLessThan(0.01);
    expect(histogram.count).toBe(3);
  });
});

describe('SpanHistograms', () => {
  it('counts spans by name, nested ones too, and holds a limited number of names', () => {
    const all = new SpanHistograms();
    for (let at = 0; at < 200; at++)
      all.take({
        name: 'save',
        startedAt: 0,
        ms: 10,
        attributes: {},
        spans: [{ name: 'handler', at: 0, ms: 8, children: [{ name: `row ${at}`, at: 0, ms: 1, children: [] }] }],
      });
    const { summaries } = all;
    expect(summaries.length).toBe(64);
    expect(summaries[0]).toMatchObject({ name: 'event save', count: 200, max: 10 });
    expect(summaries.find(({ name }) => name === 'handler')?.count).toBe(200);
    expect(summaries.reduce((sum, { count }) => sum + count, 0)).toBe(600);
  });
});
