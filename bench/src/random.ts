/** Chance that comes out the same for the same seed, so that two runs measure the same changes. */
export interface Random {
  /** At least 0, below `limit`. */
  int(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** A new array in a random order. */
  shuffled<T>(from: readonly T[]): T[];
}

/** mulberry32: small, and even enough to shuffle rows with. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  return {
    int,
    pick: (from) => from[int(from.length)] as (typeof from)[number],
    shuffled: (from) => {
      const list = [...from];
      for (let last = list.length - 1; last > 0; last--) {
        const other = int(last + 1);
        [list[last], list[other]] = [list[other] as (typeof list)[number], list[last] as (typeof list)[number]];
      }
      return list;
    },
  };
}
