import fc from 'fast-check';
import { SEQUENCES } from '../../packages/client/test/sequences.ts';

export type Kind = keyof typeof SEQUENCES;

/** What the page answers for one round of sequences. */
export interface Round {
  readonly pairs: number;
  /** The shrunk counterexample with its seed and path, ready to be kept as a case. */
  readonly failure: string | undefined;
}

/** The fuzzer inside the page: one round is `sequences` random sequences of one kind. */
export interface FuzzPage {
  run(kind: Kind, sequences: number, seed: number): Round;
}

const fuzz: FuzzPage = {
  run(kind, sequences, seed) {
    const { checked, property } = SEQUENCES[kind];
    const before = checked();
    const details = fc.check(property, { numRuns: sequences, seed });
    const failure = details.failed ? fc.defaultReportMessage(details) : undefined;
    return { pairs: checked() - before, failure };
  },
};

Object.assign(globalThis, { fuzz });
