import type { Rate } from '../context.ts';
import type { Clock } from '../lib/clock.ts';

interface Lane {
  readonly element: Element;
  readonly name: string;
  /** The last value that has not got through; none while a throttle only pauses. */
  run: (() => void) | undefined;
  cancel: () => void;
}

/**
 * Holds events back, one lane per element and kind. The rule comes with every call, so a changed attribute counts at
 * once. The last value always gets through: a throttle runs first and, if more came, once again at the end.
 */
export class RateLanes {
  readonly _clock: Clock;
  readonly _changed: () => void;
  _lanes: Lane[] = [];

  /** @param changed  told whenever something begins or stops to wait */
  constructor(clock: Clock, changed: () => void = () => {}) {
    this._clock = clock;
    this._changed = changed;
  }

  /** Something is being held back. */
  get isWaiting(): boolean {
    return this._lanes.some(({ run }) => run);
  }

  schedule(element: Element, name: string, { kind, ms }: Rate, run: () => void): void {
    const last = this._lanes.find((lane) => lane.element === element && lane.name === name);
    if (last && kind === 'throttle') last.run = run;
    else {
      if (last) this._drop(last);
      const lane: Lane = { element, name, run, cancel: () => {} };
      this._lanes.push(lane);
      const end = (): void => this._end(lane);
      if (kind === 'throttle') this._throttle(lane, ms);
      else lane.cancel = kind === 'blur' ? onceBlurred(element, end) : this._clock.after(ms, end);
    }
    this._changed();
  }

  /** Runs now what waits on this element or inside of it. */
  flush(within: Element): void {
    for (const lane of this._lanes) if (within.contains(lane.element)) this._end(lane);
  }

  /** Forgets everything that waits. */
  clear(): void {
    this._lanes.forEach(this._drop, this);
    this._changed();
  }

  /** Runs what has come and pauses; a lane where nothing came closes. */
  _throttle(lane: Lane, ms: number): void {
    const { run } = lane;
    if (!run) return this._drop(lane);
    lane.run = undefined;
    run();
    lane.cancel = this._clock.after(ms, () => {
      this._throttle(lane, ms);
      this._changed();
    });
  }

  _end(lane: Lane): void {
    this._drop(lane);
    lane.run?.();
    this._changed();
  }

  _drop(lane: Lane): void {
    lane.cancel();
    this._lanes = this._lanes.filter((other) => other !== lane);
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
