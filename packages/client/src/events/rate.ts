import type { Rate } from '../context.ts';
import type { Clock } from '../lib/clock.ts';

interface Waiting {
  run: () => void;
  cancel: () => void;
  /** A throttle that has run lately. */
  isQuiet: boolean;
}

/**
 * Holds events back, one lane per element and kind. The rule comes with every call, so a changed attribute counts at
 * once. The last value always gets through: a throttle runs first and, if more came, once again at the end.
 */
export class RateLanes {
  readonly _clock: Clock;
  readonly _lanes: Map<Element, Map<string, Waiting>> = new Map();
  readonly _changed: () => void;

  /** @param changed  told whenever something begins or stops to wait */
  constructor(clock: Clock, changed: () => void = () => {}) {
    this._clock = clock;
    this._changed = changed;
  }

  /** Something is being held back. */
  get isWaiting(): boolean {
    for (const lanes of this._lanes.values()) for (const lane of lanes.values()) if (!lane.isQuiet) return true;
    return false;
  }

  schedule(element: Element, lane: string, rule: Rate, run: () => void): void {
    const lanes = this._lanes.get(element) ?? new Map<string, Waiting>();
    this._lanes.set(element, lanes);
    const waiting = lanes.get(lane);
    if (rule.kind === 'throttle') {
      if (!waiting) {
        run();
        this._quiet(lanes, element, lane, rule.ms);
      } else {
        waiting.run = run;
        waiting.isQuiet = false;
      }
    } else {
      waiting?.cancel();
      const cancel =
        rule.kind === 'blur'
          ? onceBlurred(element, () => this._end(element, lane))
          : this._clock.after(rule.ms, () => this._end(element, lane));
      lanes.set(lane, { run, cancel, isQuiet: false });
    }
    this._changed();
  }

  /** Runs now what waits on this element or inside of it. */
  flush(within: Node): void {
    for (const [element, lanes] of [...this._lanes]) {
      if (within.contains(element)) for (const lane of [...lanes.keys()]) this._end(element, lane);
    }
  }

  /** Forgets everything that waits. */
  clear(): void {
    for (const lanes of this._lanes.values()) for (const waiting of lanes.values()) waiting.cancel();
    this._lanes.clear();
    this._changed();
  }

  _quiet(lanes: Map<string, Waiting>, element: Element, lane: string, ms: number): void {
    const cancel = this._clock.after(ms, () => {
      const waiting = lanes.get(lane);
      if (!waiting || waiting.isQuiet) return this._drop(element, lane);
      waiting.run();
      this._quiet(lanes, element, lane, ms);
      this._changed();
    });
    lanes.set(lane, { run: () => {}, cancel, isQuiet: true });
  }

  _end(element: Element, lane: string): void {
    const waiting = this._lanes.get(element)?.get(lane);
    if (!waiting) return;
    waiting.cancel();
    this._drop(element, lane);
    if (!waiting.isQuiet) waiting.run();
    this._changed();
  }

  _drop(element: Element, lane: string): void {
    const lanes = this._lanes.get(element);
    lanes?.delete(lane);
    if (lanes?.size === 0) this._lanes.delete(element);
  }
}

function onceBlurred(element: Element, run: () => void): () => void {
  element.addEventListener('focusout', run, { once: true });
  return () => element.removeEventListener('focusout', run);
}

/** What the element itself asks for: `dj-debounce="300"`, `dj-debounce="blur"`, `dj-throttle="100"`; 0 means at once. */
export function ownRate(element: Element): Rate | undefined {
  const debounce = element.getAttribute('dj-debounce');
  if (debounce === 'blur') return { kind: 'blur', ms: 0 };
  if (debounce !== null) return { kind: 'debounce', ms: Number.parseInt(debounce, 10) || 0 };
  const throttle = element.getAttribute('dj-throttle');
  return throttle === null ? undefined : { kind: 'throttle', ms: Number.parseInt(throttle, 10) || 0 };
}
