import type { Machine } from '../report/report.ts';
import type { AnswerRow } from './answers.ts';
import type { CrashRow } from './crash.ts';
import type { DerivedRow } from './derived.ts';
import { LANES } from './lanes.ts';
import type { MemoryRow } from './memory.ts';
import type { PartsRow } from './parts.ts';
import { MOVING, type TakeoverRow } from './takeover.ts';

/** `reports/stores.json`. */
export interface StoresReport {
  readonly machine: Machine;
  readonly seed: number;
  readonly answers: readonly AnswerRow[];
  readonly parts: readonly PartsRow[];
  readonly takeovers: readonly TakeoverRow[];
  readonly crashes: readonly CrashRow[];
  readonly memory: readonly MemoryRow[];
  readonly derived: readonly DerivedRow[];
}

const kb = (bytes: number): string =>
  bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
const us = (value: number): string => (value < 1_000 ? `${Math.round(value)} µs` : `${(value / 1_000).toFixed(1)} ms`);
const count = (value: number): string => Math.round(value).toLocaleString('en');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** The tables of docs/state.md. */
export function storesText(report: StoresReport): string {
  const { machine, answers, parts, takeovers, crashes, memory, derived } = report;
  const sizesOf = (rows: readonly { stateBytes: number }[]): number[] => [
    ...new Set(rows.map((row) => row.stateBytes)),
  ];
  const answer = (size: number, store: string): AnswerRow | undefined =>
    answers.find((row) => row.stateBytes === size && row.store === store);
  const told = (row: (TakeoverRow & { isRefused?: true }) | undefined): string =>
    !row || row.isRefused ? 'too large' : `${us(row.p50Us)} (${us(row.p95Us)})`;
  const heap = (size: number, store: string): MemoryRow | undefined =>
    memory.find((row) => row.stateBytes === size && row.store === store);
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Redis on the same machine.`,
    'From an event to its answer in the server, without a network: p50 (p95).',
    table(
      ['state', ...LANES, 'sent with `client`'],
      sizesOf(answers).map((size) => {
        const sealed = answer(size, 'client');
        const sent = !sealed || sealed.isRefused ? '–' : kb(sealed.sentBytes);
        return [kb(size), ...LANES.map((store) => told(answer(size, store))), sent];
      }),
    ),
    'What writing a record is made of, p50; the last two columns are the way into Redis and back.',
    table(
      ['state', 'stringify', 'parse', 'deflate', 'inflate', 'packed to', 'plain', 'packed'],
      parts.map((row) => [
        kb(row.stateBytes),
        ...[row.stringifyUs, row.parseUs, row.packUs, row.unpackUs].map(us),
        `${Math.round(row.packedShare * 100)} %`,
        us(row.plainRoundTripUs),
        us(row.packedRoundTripUs),
      ]),
    ),
    'Until a process goes on with a session that another one opened: p50 (p95).',
    table(
      ['state', ...MOVING],
      sizesOf(takeovers).map((size) => {
        const row = (store: string) => takeovers.find((one) => one.stateBytes === size && one.store === store);
        return [kb(size), ...MOVING.map((store) => told(row(store)))];
      }),
    ),
    'SIGKILL while a session changes as fast as its store answers.',
    table(
      ['store', 'kills', 'answered', 'lost', 'oldest answer that was lost'],
      crashes.map((row) => [row.store, `${row.kills}`, count(row.answered), count(row.lost), `${row.longestMs} ms`]),
    ),
    'What one session takes up: in the process while its page is open, and in Redis.',
    table(
      ['state', ...LANES.map((store) => `process, ${store}`), 'Redis', 'sessions per GiB of Redis'],
      sizesOf(memory).map((size) => {
        const redisBytes = heap(size, 'redis')?.redisBytes ?? 0;
        const cells = LANES.map((store) => heap(size, store)).map((row) => (row ? kb(row.heapBytes) : 'too large'));
        return [kb(size), ...cells, kb(redisBytes), redisBytes > 0 ? count(2 ** 30 / redisBytes) : '–'];
      }),
    ),
    'What is stored of a table, when its rows are in the state and when they are derived.',
    table(
      ['rows', 'in the state', 'derived', 'less'],
      derived.map((row) => [
        count(row.rows),
        kb(row.storedBytes),
        kb(row.derivedBytes),
        `${(100 * (1 - row.derivedBytes / row.storedBytes)).toFixed(1)} %`,
      ]),
    ),
  ].join('\n\n');
}
