import type { Ring } from './ring.ts';

/**
 * Filters what a ring holds and looks at each entry once: what a draw costs is what came since the last, not all that is held.
 * Only for entries that never change in what the test asks.
 */
export class Sieve<T> {
  #key: string | undefined;
  #generation = -1;
  /** Places count from the first entry that the ring ever had. */
  #next = 0;
  #places: number[] = [];
  #passed: T[] = [];

  /** @param key  stays the same as long as the test does */
  filter({ items, dropped, generation }: Ring<T>, key: string, test: (item: T) => boolean): readonly T[] {
    if (key !== this.#key || generation !== this.#generation) this.#begin(key, generation);
    const gone = this.#places.findIndex((place) => place >= dropped);
    const cut = gone < 0 ? this.#places.length : gone;
    if (cut > 0) {
      this.#places = this.#places.slice(cut);
      this.#passed = this.#passed.slice(cut);
    }
    for (let at = Math.max(0, this.#next - dropped); at < items.length; at++) {
      const item = items[at] as T;
      if (!test(item)) continue;
      this.#places.push(dropped + at);
      this.#passed.push(item);
    }
    this.#next = dropped + items.length;
    return this.#passed;
  }

  #begin(key: string, generation: number): void {
    this.#key = key;
    this.#generation = generation;
    this.#next = 0;
    this.#places = [];
    this.#passed = [];
  }
}
