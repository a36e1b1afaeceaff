/** For each place whether it belongs to a longest run of rising numbers; what does not must move. O(n log n). */
export function longestRise(numbers: readonly number[]): boolean[] {
  const tails: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = at;
  });
  const rises = numbers.map(() => false);
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) rises[at] = true;
  return rises;
}
