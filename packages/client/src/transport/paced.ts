import { LIMITS } from '@djust/protocol';
import type { Clock } from '../lib/clock.ts';
import type { Link, Transport } from '../lib/transport.ts';

type Data = Parameters<Link['send']>[0];

/**
 * Keeps within the rate of a plain djust server, which drops a frame too many and, after three, the connection. Frames that
 * come too fast wait for their turn, in order. A server with our extensions takes more, and gets them at once.
 * @see wire spec 7.3
 */
export function paced(transport: Transport, clock: Clock): Transport {
  return {
    open(events) {
      const waiting: Data[] = [];
      let free: number = LIMITS.baseBurst;
      let at = clock.now();
      let isPlain = true;
      let cancel: (() => void) | undefined;
      const link = transport.open({
        ...events,
        message(text) {
          // The greeting tells; nothing is sent before it.
          if (text.startsWith('{"type":"connect"') && text.includes('"ext"')) isPlain = false;
          events.message(text);
        },
      });
      const go = (): void => {
        cancel = undefined;
        const now = clock.now();
        free = Math.min(LIMITS.baseBurst, free + (now - at) / LIMITS.baseIntervalMs);
        at = now;
        for (let data = waiting[0]; data !== undefined; data = waiting[0]) {
          // Bytes of an upload are counted elsewhere; they only keep their place.
          if (typeof data === 'string' && isPlain) {
            if (free < 1) {
              cancel = clock.after(LIMITS.baseIntervalMs, go);
              return;
            }
            free--;
          }
          link.send(data);
          waiting.shift();
        }
      };
      return {
        send(data) {
          waiting.push(data);
          if (!cancel) go();
          return true;
        },
        close(code, reason) {
          cancel?.();
          link.close(code, reason);
        },
      };
    },
  };
}
