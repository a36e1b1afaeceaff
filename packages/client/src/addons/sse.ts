import type { Feature } from '../context.ts';
import { isDev } from '../lib/dev.ts';
import type { Way } from '../lib/way.ts';
import { tapped } from '../tap.ts';
import { openStream } from './sse/stream.ts';

/** In development the debug panel may sit between the client and its stream. */
const open: typeof openStream = isDev ? tapped(openStream, 'sse') : openStream;

/** So many tries of a socket between two of a stream that was refused as well. */
const ENOUGH = 3;

/**
 * Server-sent events and POSTs, for a plain djust server behind something that lets no WebSocket pass, or one that is
 * configured without (`use_websocket: False`). Once a socket was open it is the way, however often it breaks.
 */
export const sse: Feature = {
  name: 'sse',
  install({ features }) {
    const way = features.get('way') as Way | undefined;
    if (!way) return;
    const socket = way.open;
    // Who loads this has seen enough.
    let refused = ENOUGH;
    way.open = (events) => {
      const isStream = refused >= ENOUGH;
      // The greeting of a stream is our own.
      let unsaid = isStream ? 2 : 1;
      return (isStream ? open : socket)({
        ...events,
        message(text) {
          unsaid--;
          events.message(text);
        },
        closed(code, reason) {
          if (!isStream) refused = unsaid > 0 ? refused + 1 : -Infinity;
          // No better than the socket: then that has its turn again.
          else if (unsaid > 0) refused = 0;
          events.closed(code, reason);
        },
      });
    };
  },
};
