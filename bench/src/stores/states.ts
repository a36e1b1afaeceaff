import type { SessionRecord } from '@djust/server';
import type { Random } from '../random.ts';

const WORDS = 'order invoice customer delivery address payment note open closed today later weekly north south'.split(
  ' ',
);

/** A list of tasks as applications keep them, of about so many characters of JSON. */
export function stateOf(bytes: number, random: Random): SessionRecord['state'] {
  const rows: { id: number; title: string; isDone: boolean; due: string }[] = [];
  const words = (count: number): string => Array.from({ length: count }, () => random.pick(WORDS)).join(' ');
  let size = 2;
  while (size < bytes - 60) {
    const row = {
      id: random.int(1e6),
      title: words(4 + random.int(6)),
      isDone: random.int(2) === 1,
      due: `2026-0${1 + random.int(9)}`,
    };
    size += JSON.stringify(row).length + 1;
    rows.push(row);
  }
  return { count: 0, rows };
}

export const recordOf = (state: SessionRecord['state'], version = 1): SessionRecord => ({
  view: 'bench.tasks',
  url: '/',
  params: {},
  principalId: 'user-17',
  clientId: 'client-one',
  state,
  version,
  lastRef: version,
  answers: [],
  topics: [],
  presences: [],
});
