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
