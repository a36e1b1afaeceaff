import type { Clock } from '../src/clock.ts';

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

/** Servers that share a store must not give out the same id twice. */
let ids = 0;

/** Time that passes only when a test says so. Ids count up, so that each run is the same. */
export class FakeClock implements Clock {
  #now = 1_700_000_000_000;
  #timers = new Set<Timer>();
  #count = 0;

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, order: ++this.#count, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  id(): string {
    return (++ids).toString(16).padStart(32, '0');
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass. What a timer sets in motion is carried out before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#next(end);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
    await settled();
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end || (first && (timer.at > first.at || (timer.at === first.at && timer.order > first.order))))
        continue;
      first = timer;
    }
    return first;
  }
}

const underway = new Set<Promise<unknown>>();

/** Work that is done in another thread, like encryption: it takes real time, which `settled` waits for. */
export function tracked<T>(work: Promise<T>): Promise<T> {
  underway.add(work);
  const forget = (): boolean => underway.delete(work);
  work.then(forget, forget);
  return work;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Resolves when all that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  await turn();
  while (underway.size > 0) {
    await Promise.allSettled(underway);
    await turn();
  }
}
