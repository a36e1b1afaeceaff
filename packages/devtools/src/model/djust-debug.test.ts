import { describe, expect, it } from 'vitest';
import { djustServerSide, djustStep } from './djust-debug.ts';
import { djustHandlers, djustVariables } from './djust-view.ts';

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

  it('of its history becomes a step and what it changed', () => {
    const entry = {
      event_name: 'add',
      params: {},
      ref: 3,
      ts: 1_700_000_000.5,
      state_before: { count: 0, names: ['a'], gone: 1 },
      state_after: { count: 5, names: ['a'] },
      error: null,
    };
    expect(djustStep({ type: 'time_travel_event', entry, history_len: 4, branch_id: 'branch-1' })).toEqual({
      step: { index: 3, name: 'add', ref: 3, at: 1_700_000_000_500, branch: 'branch-1', error: undefined },
      delta: [
        { path: 'count', before: '0', after: '5' },
        { path: 'gone', before: '1', after: '–' },
      ],
    });
  });

  it('may be nonsense, and then says nothing', () => {
    expect(djustStep({ type: 'patch', entry: {} })).toBeUndefined();
    expect(djustStep({ type: 'time_travel_event', entry: 'x' })).toBeUndefined();
    expect(djustStep({ type: 'time_travel_event', entry: { ref: '1', state_before: [] } })?.delta).toEqual([]);
    for (const info of [undefined, null, 'x', { handlers: [] }, { handlers: { a: null } }])
      expect(djustHandlers(info)).toEqual([]);
  });

  it('of its handlers becomes names with their parameters', () => {
    const params = [
      { name: 'by', type: 'int', required: false, default: '1' },
      { name: 'to', type: 'str', required: true },
    ];
    expect(djustHandlers({ handlers: { add: { name: 'add', params, description: 'Counts.' } } })).toEqual([
      { name: 'add', description: 'Counts.', params: ['by: int = 1', 'to: str'] },
    ]);
  });
});
