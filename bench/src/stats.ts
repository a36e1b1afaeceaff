import { createRandom } from './random.ts';

/** The value below which a share `q` of the numbers lies, interpolated; NaN when there are none. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const from = sorted[low] as number;
  const to = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return from + (to - from) * (at - low);
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/**
 * How much longer one took than the other, as the median of what each round says. A round is short, so both halves of a
 * pair had the same machine; the ratio of two medians would mix a busy minute of one with a calm minute of the other.
 */
export function pairedRatio(numbers: readonly number[], base: readonly number[]): number {
  const pairs = Math.min(numbers.length, base.length);
  const ratios: number[] = [];
  for (let round = 0; round < pairs; round++) ratios.push((numbers[round] as number) / (base[round] as number));
  return median(ratios);
}

/** A ratio, and the range in which 95 of 100 such measurements would find it. */
export interface RatioRange {
  readonly ratio: number;
  readonly from: number;
  readonly to: number;
}

const RESAMPLES = 1_000;

/** The mean of the lower nine tenths: finer than a clock that ticks, and blind to what others do on the machine. */
export function calmMean(numbers: readonly number[]): number {
  const calm = [...numbers].sort((a, b) => a - b).slice(0, Math.ceil(0.9 * numbers.length));
  return calm.reduce((sum, number) => sum + number, 0) / calm.length;
}

/**
 * The ratio of what a round says of one and of the other, as the median over rounds. How far it can be trusted comes from
 * drawing the rounds anew a thousand times.
 * @param of  sums a round up: a quantile, a mean
 */
export function rangedRatio(
  over: readonly number[][],
  base: readonly number[][],
  of: (numbers: readonly number[]) => number,
): RatioRange {
  const ratios = over.map((numbers, round) => of(numbers) / of(base[round] ?? []));
  const random = createRandom(1);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    median(ratios.map(() => ratios[random.int(ratios.length)] as number)),
  );
  return { ratio: median(ratios), from: quantile(drawn, 0.025), to: quantile(drawn, 0.975) };
}
