import type { Clock } from '../src/clock.ts';

/** A clock whose hands a test turns. */
export class TestClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  idle(_run: (leftMs: () => number) => void): void {}

  frame(run: () => void): void {
    run();
  }

  /** Lets time pass; what is due runs in its order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      this.#timers = this.#timers.filter((one) => one !== due);
      due.run();
    }
    this.#now = end;
  }
}
