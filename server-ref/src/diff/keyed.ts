/**
 * Which entries of a sequence may stay where they are: the longest run of rising numbers (patience sorting).
 * @param places  for each new place the old one, or -1 for a newcomer
 * @returns for each new place whether its row stays; O(n log n)
 */
export function staying(places: readonly number[]): boolean[] {
  const stays = new Array<boolean>(places.length).fill(false);
  /** tails[k] is where the best run of length k + 1 ends. */
  const tails: number[] = [];
  const before = new Array<number>(places.length);
  for (let index = 0; index < places.length; index++) {
    const place = places[index] as number;
    if (place < 0) continue;
    let low = 0;
    let high = tails.length;
    // Most come in their old order, behind all others.
    if (high > 0 && (places[tails[high - 1] as number] as number) < place) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[tails[middle] as number] as number) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  }
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) stays[at] = true;
  return stays;
}
