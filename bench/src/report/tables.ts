import { CANDIDATES, type Candidate } from '../candidates.ts';
import type { Report, Result } from './report.ts';

/** A title, a head and rows of equal length; how it looks is the printer's business. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** What the report says, for people. Candidates are columns, workloads are rows. */
export function tablesOf(report: Report): Table[] {
  const names = CANDIDATES.filter((name) =>
    report.workloads.some((one) => one.results.some((r) => r.candidate === name)),
  );
  const peers = names.filter((name) => name !== 'limit');
  const table = (
    title: string,
    layout: boolean,
    columns: readonly Candidate[],
    cell: (r: Result) => string,
  ): Table => ({
    title,
    rows: [
      ['workload', ...columns],
      ...report.workloads.map(({ id, results }) => [
        id,
        ...columns.map((name) => {
          const result = results.find((one) => one.candidate === name && one.layout === layout);
          return result ? cell(result) + mark(report, id, name) : isWrong(report, id, name) ? '✗' : '–';
        }),
      ]),
    ],
  });
  const ratio = (title: string, layout: boolean): Table =>
    table(title, layout, names, ({ candidate, medianUs, ratioToLimit }) =>
      candidate === 'limit' ? duration(medianUs) : significant(ratioToLimit),
    );
  return [
    ratio('Ratio to the limit, forced layout included', true),
    ratio('Ratio to the limit, script alone', false),
    table('Median of the script alone', false, names, ({ medianUs }) => duration(medianUs)),
    table('95th percentile, forced layout included', true, names, ({ p95Us }) => duration(p95Us)),
    table(
      'Bytes per message, raw / deflated',
      true,
      peers.filter((name) => name !== 'preact' && name !== 'lit'),
      ({ wireBytes, wireBytesGzip }) => `${bytes(wireBytes)} / ${bytes(wireBytesGzip)}`,
    ),
    serverTable(report),
    longTaskTable(report, names),
  ].filter(({ rows }) => rows.length > 1);
}

function serverTable({ serverDiff }: Report): Table {
  return {
    title: 'Server: finding the difference',
    rows: [
      ['view', 'candidate', 'p50', 'of a full render'],
      ...serverDiff.map(({ id, candidate, p50Us, ratioToFullRender }) => [
        id,
        candidate,
        duration(p50Us),
        `${significant(ratioToFullRender * 100)} %`,
      ]),
    ],
  };
}

function longTaskTable({ longTasks }: Report, names: readonly Candidate[]): Table {
  const ids = [...new Set(longTasks.map(({ id }) => id))];
  return {
    title: 'Longest task on the main thread, rendering included (ms; – is at most 50)',
    rows: [
      ['workload', ...names],
      ...ids.map((id) => [
        id,
        ...names.map((name) => {
          const task = longTasks.find((one) => one.id === id && one.candidate === name);
          return task?.longestMs ? String(Math.round(task.longestMs)) : '–';
        }),
      ]),
    ],
  };
}

const isWrong = ({ notes }: Report, id: string, candidate: Candidate): boolean =>
  notes.some((note) => note.id === id && note.candidate === candidate && note.wrong);

/** † : the user loses something. */
const mark = ({ notes }: Report, id: string, candidate: Candidate): string =>
  notes.some((note) => note.id === id && note.candidate === candidate && note.lost) ? '†' : '';

export function duration(us: number): string {
  if (us < 1_000) return `${significant(us)} µs`;
  return `${significant(us / 1_000)} ms`;
}

export function significant(number: number): string {
  if (number >= 100) return Math.round(number).toLocaleString('en');
  return number.toFixed(number >= 10 ? 1 : 2);
}

function bytes(count: number | null): string {
  if (count === null) return '–';
  if (count < 1_000) return String(count);
  return `${significant(count / 1_000)}k`;
}
