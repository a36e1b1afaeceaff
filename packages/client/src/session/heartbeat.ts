import { LIMITS } from '@djust/protocol';
import type { Clock } from '../lib/clock.ts';

/**
 * Finds out that a peer is gone although the socket says nothing: pings at an interval, and gives the peer up when it
 * stays silent for too long after that.
 * @returns `heard` on every frame, `stop` when the connection ends
 */
export function heartbeat(clock: Clock, ping: () => void, dead: () => void): { heard(): void; stop(): void } {
  let heardAt = clock.now();
  let cancel = (): void => {};
  const wait = (): void => {
    cancel = clock.after(LIMITS.pingIntervalMs, () => {
      const askedAt = clock.now();
      ping();
      cancel = clock.after(LIMITS.pongTimeoutMs, () => (heardAt < askedAt ? dead() : wait()));
    });
  };
  wait();
  return {
    heard: () => {
      heardAt = clock.now();
    },
    stop: () => cancel(),
  };
}
