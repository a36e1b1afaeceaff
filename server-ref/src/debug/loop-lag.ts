import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../clock.ts';

const EVERY_MS = 20;
/** Nobody has asked for so long: nobody looks. */
const IDLE_MS = 15_000;

/** By how much the event loop of this process is late, in milliseconds. */
export interface Lag {
  readonly p99: number;
  readonly max: number;
}

/** Measures while somebody asks: a process whose panels are closed has no timer for it. */
export class LoopLag {
  readonly #clock: Clock;
  #histogram: IntervalHistogram | undefined;
  #cancel: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Since the last look; nothing at the first, or when there was no time to measure. */
  read(): Lag | undefined {
    this.#cancel();
    this.#cancel = this.#clock.after(IDLE_MS, () => this.stop());
    if (!this.#histogram) {
      this.#histogram = monitorEventLoopDelay({ resolution: EVERY_MS });
      this.#histogram.enable();
      return undefined;
    }
    const { count, max } = this.#histogram;
    const p99 = this.#histogram.percentile(99);
    this.#histogram.reset();
    return count > 0 ? { p99: late(p99), max: late(max) } : undefined;
  }

  get isMeasuring(): boolean {
    return this.#histogram !== undefined;
  }

  stop(): void {
    this.#cancel();
    this.#histogram?.disable();
    this.#histogram = undefined;
  }
}

/** From nanoseconds between two ticks, which are so far apart already when nothing is late. */
const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - EVERY_MS);
