import type { Candidate } from '../candidates.ts';

/** One candidate on one workload, with forced layout or without. */
export interface Result {
  readonly candidate: Candidate;
  readonly layout: boolean;
  readonly medianUs: number;
  readonly p95Us: number;
  /** Median of the ratios of each round. */
  readonly ratioToLimit: number;
  /** Of the whole message; null for candidates whose application is in the page. */
  readonly wireBytes: number | null;
  /** Deflated as `permessage-deflate` would: raw deflate, zlib level 6, no shared context. */
  readonly wireBytesGzip: number | null;
}

export interface ServerResult {
  readonly id: string;
  readonly candidate: string;
  readonly p50Us: number;
  readonly ratioToFullRender: number;
}

/** The longest task that one message makes, rendering included; 0 when no task took over 50 ms. */
export interface LongTask {
  readonly id: string;
  readonly candidate: Candidate;
  readonly longestMs: number;
}

/** What a reader of the table must know: a lane that is not timed because its document is wrong, or what the user loses. */
export interface Note {
  readonly id: string;
  readonly candidate: Candidate;
  readonly wrong?: string;
  readonly lost?: string;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly os: string;
  readonly node: string;
  readonly chromium?: string;
}

/** `reports/bench.json`. */
export interface Report {
  readonly machine: Machine;
  readonly rounds: number;
  readonly seed: number;
  readonly workloads: readonly { readonly id: string; readonly results: readonly Result[] }[];
  readonly serverDiff: readonly ServerResult[];
  readonly longTasks: readonly LongTask[];
  readonly notes: readonly Note[];
}
