import type { Candidate } from '../candidates.ts';
import type { Sample } from '../page/sample.ts';
import { median, pairedRatio, quantile } from '../stats.ts';
import type { Result } from './report.ts';
import type { WireSize } from './wire.ts';

/** Samples → the rows of one workload, script alone and with layout. */
export function resultsOf(
  samples: ReadonlyMap<Candidate, readonly Sample[]>,
  sizeOf: (candidate: Candidate) => WireSize,
): Result[] {
  return [true, false].flatMap((layout) => {
    const times = (list: readonly Sample[] = []): number[] =>
      list.map((sample) => (layout ? sample.layout : sample.script));
    const limit = times(samples.get('limit'));
    return [...samples].map(([candidate, list]) => {
      const own = times(list);
      return {
        candidate,
        layout,
        medianUs: rounded(median(own)),
        p95Us: rounded(quantile(own, 0.95)),
        ratioToLimit: rounded(pairedRatio(own, limit)),
        ...sizeOf(candidate),
      };
    });
  });
}

/** Four digits are more than the measurement knows. */
export const rounded = (number: number): number => Number(number.toPrecision(4));
