import { describe, expect, it } from 'vitest';
import { deltaOf } from './delta.ts';
import { partOf, type StateSlice, sizeOf, sliceState, withPart } from './state-slice.ts';

const state = { user: { name: 'ada', password: 'hunter2', deep: { a: { b: { c: 1 } } } }, list: [1, 2, 3], text: 'é' };
const entry = (slice: StateSlice, ...path: string[]): StateSlice | undefined =>
  path.reduce<StateSlice | undefined>((at, key) => at?.entries?.find(([name]) => name === key)?.[1], slice);

describe('a slice of the state', () => {
  it('has three levels, and says how much there is below', () => {
    const slice = sliceState(state);
    expect(entry(slice, 'user', 'name')).toEqual({ kind: 'string', bytes: 5, text: 'ada' });
    expect(entry(slice, 'user', 'deep')).toMatchObject({ kind: 'object', count: 1 });
    expect(entry(slice, 'user', 'deep', 'a')).toEqual({ kind: 'object', bytes: 13, count: 1 });
    expect(slice.bytes).toBe(Buffer.byteLength(JSON.stringify(state)));
  });

  it('knows the size to the byte, however it is put together', () => {
    for (const value of [state, [state, null, [], {}], { 'k"é': [1, 'a"', true] }, [[[[['deep']]]]], {}, []])
      expect(sizeOf(value)).toBe(Buffer.byteLength(JSON.stringify(value)));
  });

  it('has no secret in it, nor does a change or a path', () => {
    expect(JSON.stringify(sliceState(state))).not.toContain('hunter2');
    const changed = { ...state, user: { ...state.user, password: 'other-one' } };
    const delta = JSON.stringify(deltaOf(state, changed));
    expect(delta).toContain('user.password');
    expect(delta).not.toMatch(/hunter2|other-one/);
    expect(JSON.stringify(deltaOf({}, state))).not.toContain('hunter2');
    expect(partOf(state, ['user', 'password'])).toBeUndefined();
    expect(partOf(state, ['user', 'name'])).toBe('ada');
  });

  it('of 10 MB is small, and its sizes add up to those of the fields', () => {
    const large = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`key${at}`, 'x'.repeat(50_000 + at)]));
    const slice = sliceState(large);
    expect(slice.bytes).toBeGreaterThan(10_000_000);
    const sum = (slice.entries ?? []).reduce((all, [, { bytes }]) => all + bytes, 0);
    expect(Math.abs(sum - sizeOf(large)) / sizeOf(large)).toBeLessThan(0.01);
    expect(JSON.stringify(slice).length).toBeLessThan(600_000);
  });

  it('stays within its count of nodes however wide the state is', () => {
    const wide = Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => [1, 2, 3]));
    let nodes = 0;
    const count = ({ entries = [] }: StateSlice): void => {
      nodes++;
      for (const [, child] of entries) count(child);
    };
    count(sliceState(wide, 12));
    expect(nodes).toBeLessThan(5_000);
  });
});

describe('a change', () => {
  it('names what differs, and does not look into what is the same', () => {
    const after = { ...state, list: [1, 9, 3] };
    expect(deltaOf(state, after)).toEqual([{ path: 'list.1', before: '2', after: '9' }]);
  });

  it('of one part leaves all others the same objects', () => {
    const after = withPart(state, ['list', '1'], 9) as typeof state;
    expect(after.list).toEqual([1, 9, 3]);
    expect(after.user).toBe(state.user);
  });
});
