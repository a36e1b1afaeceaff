import type { Clock } from '../clock.ts';
import { span } from './span.ts';

const MOST_MS = 10_000;
/** As long as the simulator of the panel, which need not be there any more when it is over. */
const ENDS_MS = 30 * 60_000;

/** Lets the events of a session wait, as if its handlers were slow. It ends by itself after half an hour. */
export class HandlerDelay {
  readonly #clock: Clock;
  #ms = 0;
  #endsAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers what it is from now on, in milliseconds. */
  set(ms: number): number {
    this.#ms = Math.min(MOST_MS, Math.max(0, ms));
    this.#endsAt = this.#clock.now() + ENDS_MS;
    return this.#ms;
  }

  before(run: () => Promise<void>): () => Promise<void> {
    const ms = this.#ms;
    if (ms === 0 || this.#clock.now() >= this.#endsAt) return run;
    const wait = (): Promise<void> => new Promise((resolve) => void this.#clock.after(ms, resolve));
    return () => span('simulated delay', wait).then(run);
  }
}
