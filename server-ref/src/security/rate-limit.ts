import { LIMITS } from '@djust/protocol';

/** A token bucket that forgives. Pure but for its own numbers: time comes in with each call. */
export class RateLimit {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  #strikes = 0;
  #struckAt = 0;

  constructor(now: number, rate: number = LIMITS.messagesPerSecond, burst: number = LIMITS.messageBurst) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /** Takes `cost` tokens. A refusal says when to try again, and whether the connection has used up its patience. */
  take(now: number, cost = 1): { ok: true } | { ok: false; retryAfterMs: number; isOver: boolean } {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.#rate);
    this.#filledAt = now;
    if (this.#tokens >= cost) {
      this.#tokens -= cost;
      return { ok: true };
    }
    const forgiven = Math.floor((now - this.#struckAt) / LIMITS.strikeForgivenMs);
    this.#strikes = Math.max(0, this.#strikes - forgiven) + 1;
    this.#struckAt = now;
    const retryAfterMs = Math.ceil(((cost - this.#tokens) / this.#rate) * 1000);
    return { ok: false, retryAfterMs, isOver: this.#strikes >= LIMITS.maxStrikes };
  }
}

/** Counts what was granted per address; each grant is given back once. */
export class ConnectionCount {
  readonly #perAddress = new Map<string, number>();
  #all = 0;

  /** The function that gives the place back, or undefined when there is none left. */
  grant(address: string, limit: number = LIMITS.connectionsPerIp): (() => void) | undefined {
    const count = this.#perAddress.get(address) ?? 0;
    if (count >= limit || this.#all >= LIMITS.connectionsPerProcess) return undefined;
    this.#perAddress.set(address, count + 1);
    this.#all++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#all--;
      const left = (this.#perAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#perAddress.set(address, left);
      else this.#perAddress.delete(address);
    };
  }
}

/** One visitor's address for counting: IPv6 visitors own a whole /64. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const full = plain.includes('::') ? [...left, ...Array(8 - left.length - right.length).fill('0'), ...right] : left;
  return `${full
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
