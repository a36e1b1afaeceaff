import { LIMITS } from '@djust/protocol';
import { atMost, type Clock } from '../clock.ts';

/** A connection as far as its end is concerned. */
export interface Guest {
  readonly principalId: string | null;
  /** Closes it: the login of its visitor has ended. */
  signedOut(): void;
  /** Closes it, and asks its visitor to come back somewhere else within this time. */
  sendOn(withinMs: number): void;
}

/** Who came back within this time has found the next process; who waits for a slow goodbye waits no longer. */
const GRACE_MS = 2_000;

/**
 * The connections of a process. When it is about to end, they are sent on one after the other, at an even pace: each
 * visitor is away for a moment, and the processes that take them over get them as they can.
 */
export class Doors {
  readonly #guests = new Set<Guest>();
  readonly #clock: Clock;
  #isDraining = false;
  #allGone: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  enter(guest: Guest): void {
    this.#guests.add(guest);
  }

  left(guest: Guest): void {
    this.#guests.delete(guest);
    if (this.#guests.size === 0) this.#allGone();
  }

  signOut(principalId: string): void {
    for (const guest of [...this.#guests]) if (guest.principalId === principalId) guest.signedOut();
  }

  /** Resolves when everybody has gone, or a little after the window at the latest. @param windowMs  from first to last */
  async drain(windowMs: number): Promise<void> {
    this.#isDraining = true;
    if (this.#guests.size === 0) return;
    const gone = new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
    let turn = 0;
    for (const guest of this.#guests) {
      this.#clock.after((turn++ / this.#guests.size) * windowMs, () => guest.sendOn(LIMITS.comeBackMs));
    }
    await atMost(this.#clock, windowMs + GRACE_MS, gone);
  }
}
