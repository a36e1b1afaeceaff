import { describe, expect, it } from 'vitest';
import { fullDiff, updateDiff } from './diff.ts';
import { comprehension, heex, type Rendered } from './rendered.ts';

/** The expected messages are those that the server of LiveView 1.2 sends for such templates. */
const rows = (...list: [key: number, text: string, note?: string][]): Rendered =>
  heex`<ul>${comprehension(
    list,
    ([key]) => key,
    ([, text, note]) => heex`<li>${text}${note === undefined ? '' : heex`<b>${note}</b>`}</li>`,
  )}</ul>`;

describe('fullDiff', () => {
  it('sends statics once and the dynamics of each row', () => {
    expect(fullDiff(rows([1, 'a'], [2, 'b']))).toEqual({
      0: { s: ['<li>', '', '</li>'], k: { 0: { 0: 'a', 1: '' }, 1: { 0: 'b', 1: '' }, kc: 2 } },
      s: ['<ul>', '</ul>'],
      r: 1,
    });
  });
});

describe('updateDiff', () => {
  const before = rows([1, 'a'], [2, 'b'], [3, 'c']);

  it('sends the dynamic that changed', () => {
    expect(updateDiff(before, rows([1, 'a'], [2, 'B'], [3, 'c']))).toEqual({ 0: { k: { 1: { 0: 'B' }, kc: 3 } } });
  });

  it('sends nothing when nothing changed', () => {
    expect(updateDiff(before, rows([1, 'a'], [2, 'b'], [3, 'c']))).toEqual({});
  });

  it('names the old place of a row that moved, with its change if it has one', () => {
    expect(updateDiff(before, rows([3, 'c'], [2, 'b'], [1, 'A']))).toEqual({
      0: { k: { 0: 2, 2: [0, { 0: 'A' }], km: true, kc: 3 } },
    });
  });

  it('counts what is left after a removal', () => {
    expect(updateDiff(before, rows([2, 'b'], [3, 'c']))).toEqual({ 0: { k: { 0: 1, 1: 2, km: true, kc: 2 } } });
  });

  it('sends a new row in full', () => {
    expect(updateDiff(before, rows([1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']))).toEqual({
      0: { k: { 3: { 0: 'd', 1: '' }, kc: 4 } },
    });
  });

  it('shares the statics of what appears in the rows', () => {
    expect(updateDiff(before, rows([1, 'a', 'x'], [2, 'b', 'y'], [3, 'c']))).toEqual({
      0: {
        k: { 0: { 1: { 0: 'x', s: 0, r: 1 } }, 1: { 1: { 0: 'y', s: 0, r: 1 } }, kc: 3 },
        p: { 0: ['<b>', '</b>'] },
      },
    });
  });
});
