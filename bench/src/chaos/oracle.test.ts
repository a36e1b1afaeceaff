import { expect, it } from 'vitest';
import { judge, type Observed } from './oracle.ts';

const acked = (...names: string[]): Map<string, string[]> => new Map(names.map((name) => [name, ['acked']]));
const good: Observed = {
  made: ['a-1', 'a-2', 'b-1'],
  told: acked('a-1', 'a-2', 'b-1'),
  sessions: [['a-1', 'a-2'], ['b-1']],
  shown: ['a-1', 'a-2'],
};

it('finds nothing where all is well', () => {
  expect(Object.values(judge(good)).every((count) => count === 0)).toBe(true);
});

it('finds each kind of failure', () => {
  expect(judge({ ...good, sessions: [['a-1'], ['b-1']], shown: ['a-1'] })).toMatchObject({ lost: 1 });
  expect(judge({ ...good, sessions: [['a-1', 'a-2', 'a-2'], ['b-1']] })).toMatchObject({ duplicated: 1 });
  expect(judge({ ...good, sessions: [['a-2', 'a-1'], ['b-1']], shown: ['b-1'] })).toMatchObject({ reordered: 1 });
  expect(judge({ ...good, shown: ['a-1'] })).toMatchObject({ divergedDom: 1 });
  expect(judge({ ...good, told: acked('a-1', 'b-1') })).toMatchObject({ silent: 1, lost: 0 });
});

it('tells what was refused from what was lost, and from what was done all the same', () => {
  const told = acked('a-1', 'b-1').set('a-2', ['rejected session/lost']);
  expect(judge({ ...good, told, sessions: [['a-1'], ['b-1']], shown: ['a-1'] })).toMatchObject({
    lost: 0,
    rejected: 1,
  });
  expect(judge({ ...good, told })).toMatchObject({ rejected: 0, wronglyRejected: 1 });
});
