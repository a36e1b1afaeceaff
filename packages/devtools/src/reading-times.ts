import type { Clock } from './clock.ts';

/** While nobody looks, a page that is busy is left alone so long: what is read between two patches slows the second. */
const REST_MS = 400;
const LATEST_MS = 2_000;

/**
 * When to read what was written down: at the next idle moment while somebody looks, else when the page has come to rest, or
 * after two seconds without any.
 */
export class ReadingTimes {
  /** Somebody looks. */
  isWatched = false;
  readonly #clock: Clock;
  readonly #read: (leftMs: () => number) => void;
  #isDue = false;
  #isHeld = false;
  #lastAt = 0;

  constructor(clock: Clock, read: (leftMs: () => number) => void) {
    this.#clock = clock;
    this.#read = read;
  }

  /** Something was written at this time. */
  wrote(at: number): void {
    this.#lastAt = at;
    if (this.#isDue) return;
    if (this.isWatched) return this.soon();
    this.#isDue = true;
    this.#whenResting(this.#clock.now());
  }

  soon(): void {
    this.#isDue = true;
    this.#clock.idle((leftMs) => {
      if (this.#isHeld) return;
      this.#isDue = false;
      this.#read(leftMs);
    });
  }

  /** Reads nothing before this is there. */
  holdUntil(ready: Promise<unknown>): void {
    this.#isHeld = true;
    void ready.finally(() => {
      this.#isHeld = false;
      this.soon();
    });
  }

  #whenResting(since: number): void {
    this.#clock.after(REST_MS, () => {
      const now = this.#clock.now();
      if (now < this.#lastAt + REST_MS && now < since + LATEST_MS) this.#whenResting(since);
      else this.soon();
    });
  }
}
