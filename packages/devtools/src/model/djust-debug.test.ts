import { describe, expect, it } from 'vitest';
import { djustServerSide, djustVariables } from './djust-debug.ts';

const timing = {
  name: 'event',
  duration_ms: 12,
  metadata: {},
  warnings: [],
  children: [
    { name: 'handler', duration_ms: 5, children: [{ name: 'query', duration_ms: 2 }] },
    { name: 'render', duration_ms: 4 },
  ],
};

describe('what a djust server in DEBUG tells', () => {
  it('of times becomes spans, one behind the other', () => {
    const side = djustServerSide({
      type: 'patch',
      performance: { timing, total_ms: 12, context_size_bytes: 840, patch_count: 1 },
    });
    expect(side).toMatchObject({
      stateBytes: 840,
      spans: [
        {
          name: 'event',
          at: 0,
          ms: 12,
          children: [
            { name: 'handler', at: 0, ms: 5 },
            { name: 'render', at: 5, ms: 4 },
          ],
        },
      ],
    });
  });

  it('is found in the short form and in the debug payload too', () => {
    expect(djustServerSide({ timing: { render: 3.2 } })).toMatchObject({ spans: [{ name: 'render', ms: 3.2 }] });
    expect(djustServerSide({ _debug: { performance: { timing }, variables: {} } })?.spans).toHaveLength(1);
    expect(djustServerSide({ _debug: { state_sizes: { items: { memory: 100 }, total: 20 } } })).toMatchObject({
      stateBytes: 120,
    });
  });

  it('of variables is handed on, and nonsense is nothing', () => {
    expect(djustVariables({ _debug: { variables: { count: { value: '3' } } } })).toEqual({ count: { value: '3' } });
    for (const frame of [{}, { performance: {} }, { _debug: 5, timing: 'x' }, { performance: { timing: [] } }]) {
      expect(djustServerSide(frame as Record<string, unknown>)).toBeUndefined();
      expect(djustVariables(frame as Record<string, unknown>)).toBeUndefined();
    }
  });
});
