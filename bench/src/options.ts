import { parseArgs } from 'node:util';
import { Refusal } from '../../scripts/command.ts';
import { CANDIDATES, type Candidate } from './candidates.ts';
import { WORKLOADS, type Workload } from './workloads/workloads.ts';

export interface Options {
  readonly rounds: number;
  readonly seed: number;
  readonly workloads: readonly Workload[];
  readonly candidates: readonly Candidate[];
  /** Bring the tables of the last report into the docs instead of measuring. */
  readonly isForDoc: boolean;
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      candidates: { type: 'string' },
      doc: { type: 'boolean', default: false },
    },
  });
  const ids = WORKLOADS.map(({ id }) => id);
  const only = chosen('only', values.only, ids);
  const candidates = chosen('candidates', values.candidates, CANDIDATES);
  return {
    rounds: count('rounds', values.rounds),
    seed: count('seed', values.seed),
    workloads: WORKLOADS.filter(({ id }) => only.includes(id)),
    // Nothing can be said without the limit.
    candidates: CANDIDATES.filter((name) => name === 'limit' || candidates.includes(name)),
    isForDoc: values.doc,
  };
}

function chosen<T extends string>(option: string, value: string | undefined, all: readonly T[]): readonly T[] {
  if (value === undefined) return all;
  const names = value.split(',');
  const unknown = names.find((name) => !all.includes(name as T));
  if (unknown !== undefined) throw new Refusal(`--${option}: there is no "${unknown}". There are: ${all.join(', ')}.`);
  return names as T[];
}

function count(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Refusal(`--${option} takes a whole number from 1.`);
  return number;
}
