import type { FinishedTrace, SpanNode } from './span.ts';

/** How long a step took, over all of its runs. Milliseconds. */
export interface SpanSummary {
  readonly name: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Sixteen buckets for each doubling: a value is known within 6 %. */
const FINE_BITS = 4;
const FINE = 1 << FINE_BITS;
/** From a microsecond to more than an hour. */
const DOUBLINGS = 32;
const MOST_NAMES = 64;

/** Counts by size, in a memory that does not grow however many come. */
export class Histogram {
  readonly #counts = new Uint32Array(DOUBLINGS * FINE);
  count = 0;
  max = 0;

  add(ms: number): void {
    this.count++;
    this.max = Math.max(this.max, ms);
    const at = bucketOf(ms * 1_000);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** The time within which this share stayed, as the upper end of its bucket. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.count);
    for (const [at, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.max, upperEnd(at) / 1_000);
    }
    return this.max;
  }
}

/** Small values have a bucket each; above, the highest bits choose it. */
function bucketOf(micros: number): number {
  const whole = Math.min(2 ** (DOUBLINGS - 2), Math.max(0, Math.floor(micros)));
  if (whole < FINE) return whole;
  const doubling = 31 - Math.clz32(whole);
  return (doubling - FINE_BITS + 1) * FINE + ((whole >>> (doubling - FINE_BITS)) - FINE);
}

function upperEnd(at: number): number {
  const doubling = Math.floor(at / FINE);
  if (doubling === 0) return at + 1;
  return ((at % FINE) + FINE + 1) * 2 ** (doubling - 1);
}

/** A histogram for each name of a span, of everything that this process traced. */
export class SpanHistograms {
  readonly #byName = new Map<string, Histogram>();

  take({ name, ms, spans }: FinishedTrace): void {
    this.#add(`event ${name}`, ms);
    for (const span of spans) this.#addAll(span);
  }

  /** The longest first. */
  get summaries(): SpanSummary[] {
    return [...this.#byName]
      .map(([name, histogram]) => ({
        name,
        count: histogram.count,
        p50: histogram.quantile(0.5),
        p95: histogram.quantile(0.95),
        p99: histogram.quantile(0.99),
        max: histogram.max,
      }))
      .sort((a, b) => b.p95 - a.p95);
  }

  #addAll({ name, ms, children }: SpanNode): void {
    this.#add(name, ms);
    for (const child of children) this.#addAll(child);
  }

  #add(name: string, ms: number): void {
    let histogram = this.#byName.get(name);
    if (!histogram) {
      // Names that are made up as they go must not take the memory.
      const key = this.#byName.size < MOST_NAMES - 1 ? name : 'others';
      histogram = this.#byName.get(key) ?? new Histogram();
      this.#byName.set(key, histogram);
    }
    histogram.add(ms);
  }
}
