import type { TapData } from '@djust/protocol';
import type { Clock } from './clock.ts';
import type { Mark } from './model/entries.ts';
import type { Shaper } from './recorder.ts';

/** How bad the network shall be; shares are percentages of frames. */
export interface Weather {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly lossPct: number;
  readonly duplicatePct: number;
  readonly reorderPct: number;
  /** Frames wait for the bytes before them. 0 is without a limit. */
  readonly kbps: number;
  /** Half open: the socket stays, nothing comes through. */
  readonly isBlackhole: boolean;
}

export const FAIR: Weather = {
  delayMs: 0,
  jitterMs: 0,
  lossPct: 0,
  duplicatePct: 0,
  reorderPct: 0,
  kbps: 0,
  isBlackhole: false,
};

export const PRESETS: Readonly<Record<string, Weather>> = {
  'Good 4G': { ...FAIR, delayMs: 25, jitterMs: 10 },
  '3G': { ...FAIR, delayMs: 150, jitterMs: 60, kbps: 750 },
  Train: { ...FAIR, delayMs: 250, jitterMs: 400, lossPct: 5, reorderPct: 5 },
  'Lossy Wi-Fi': { ...FAIR, delayMs: 15, jitterMs: 40, lossPct: 20, duplicatePct: 5, reorderPct: 10 },
  'Captive portal': { ...FAIR, isBlackhole: true },
};

const OFF_AFTER_MS = 30 * 60_000;
const MOST_WAITING = 500;

/** The same numbers for the same seed, whatever the machine. mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A bad network between the client and its own socket. Each direction draws from a stream of its own, so the same seed
 * does the same to the nth frame of a direction. It switches itself off after half an hour.
 */
export class Simulator implements Shaper {
  weather: Weather = FAIR;
  seed = 1;
  /** What was done so far: `out 3 dropped`. */
  readonly decisions: string[] = [];
  readonly #clock: Clock;
  #lanes: { out: Lane; in: Lane };
  #cancelOff: () => void = () => {};
  /** A change of the weather makes what still waits of the old one go at once. */
  onOff: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lanes = this.#newLanes();
  }

  get isOn(): boolean {
    return this.weather !== FAIR;
  }

  start(weather: Weather, seed: number): void {
    this.#lanes.out.flush();
    this.#lanes.in.flush();
    this.weather = weather;
    this.seed = seed;
    this.decisions.length = 0;
    this.#lanes = this.#newLanes();
    this.#cancelOff();
    this.#cancelOff = this.#clock.after(OFF_AFTER_MS, () => this.stop());
  }

  stop(): void {
    this.#cancelOff();
    this.weather = FAIR;
    this.#lanes.out.flush();
    this.#lanes.in.flush();
    this.onOff();
  }

  out(data: TapData, pass: (data: TapData, mark?: Mark) => boolean): boolean {
    this.#lanes.out.take(this.weather, data.length, (mark) => void pass(data, mark));
    return true;
  }

  in(text: string, pass: (text: string, mark?: Mark) => void): void {
    this.#lanes.in.take(this.weather, text.length, (mark) => pass(text, mark));
  }

  #newLanes(): { out: Lane; in: Lane } {
    const note = (name: string) => (decision: string) => {
      if (this.decisions.length < 1_000) this.decisions.push(`${name} ${decision}`);
    };
    return {
      out: new Lane(this.#clock, seeded(this.seed), note('out')),
      in: new Lane(this.#clock, seeded(this.seed ^ 0x9e3779b9), note('in')),
    };
  }
}

type Go = (mark?: Mark) => void;

/** One direction. Without reordering what goes in first comes out first, however long each would take alone. */
class Lane {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #note: (decision: string) => void;
  readonly #waiting = new Set<Waiting>();
  #count = 0;
  #lastAt = 0;
  #busyUntil = 0;

  constructor(clock: Clock, random: () => number, note: (decision: string) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#note = note;
  }

  take(weather: Weather, bytes: number, go: Go): void {
    // Always four draws, so that a share of one kind does not shift the others.
    const [loss, duplicate, reorder, jitter] = [this.#random(), this.#random(), this.#random(), this.#random()];
    const place = ++this.#count;
    if (weather.isBlackhole || 100 * loss < weather.lossPct) {
      this.#note(`${place} dropped`);
      return go('dropped');
    }
    const now = this.#clock.now();
    this.#busyUntil = Math.max(now, this.#busyUntil) + (weather.kbps > 0 ? (8 * bytes) / weather.kbps : 0);
    const alone = this.#busyUntil + weather.delayMs + jitter * weather.jitterMs;
    const isReordered = 100 * reorder < weather.reorderPct;
    const at = isReordered ? alone + 2 * weather.delayMs + 50 : Math.max(alone, this.#lastAt);
    if (!isReordered) this.#lastAt = at;
    if (isReordered) this.#note(`${place} reordered`);
    this.#later(at - now, !isReordered, () => go(isReordered ? 'reordered' : at - now > 1 ? 'delayed' : undefined));
    if (100 * duplicate >= weather.duplicatePct) return;
    this.#note(`${place} duplicated`);
    this.#later(at - now + 1, false, () => go('duplicated'));
  }

  flush(): void {
    for (const entry of [...this.#waiting]) this.#release(entry);
  }

  #later(ms: number, isInOrder: boolean, go: () => void): void {
    if (ms <= 0 && this.#waiting.size === 0) return go();
    const [oldest] = this.#waiting;
    if (oldest && this.#waiting.size >= MOST_WAITING) this.#release(oldest);
    const entry: Waiting = { isInOrder, go, cancel: () => {} };
    this.#waiting.add(entry);
    entry.cancel = this.#clock.after(Math.max(0, ms), () => {
      // Timers of the same moment may fire in any order.
      if (isInOrder)
        for (const earlier of [...this.#waiting])
          if (earlier === entry) break;
          else if (earlier.isInOrder) this.#release(earlier);
      this.#release(entry);
    });
  }

  #release(entry: Waiting): void {
    entry.cancel();
    if (this.#waiting.delete(entry)) entry.go();
  }
}

interface Waiting {
  readonly isInOrder: boolean;
  readonly go: () => void;
  cancel: () => void;
}
