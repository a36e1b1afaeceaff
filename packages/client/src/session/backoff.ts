import { LIMITS } from '@djust/protocol';

/**
 * How long to wait before try number `tries` (from 0): anywhere between nothing and a doubling limit. Full jitter from the
 * very first try, so that the visitors of a server that restarts do not come back all at once.
 * @param random  0 ≤ x < 1   @returns milliseconds
 */
export function backoffMs(tries: number, random: number): number {
  const limit = Math.min(LIMITS.backoffMaxMs, LIMITS.backoffMinMs * 2 ** Math.min(tries + 1, 16));
  return Math.round(random * limit);
}

/** Spread over the first seconds after a restart that the server announced; it may advise another time. */
export const SPREAD_MS = 5_000;
