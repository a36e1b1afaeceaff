import { isDev } from '../lib/dev.ts';
import type { Link, Transport, TransportEvents } from '../lib/transport.ts';
import { tapped } from '../tap.ts';

/** WebSocket as a transport. The URL is a function, so each attempt may use a fresh one. */
export const webSocketTransport = (url: () => string): Transport => ({ open: (events) => open(events, url()) });

/** In development the debug panel may sit between the client and its socket. */
const open: typeof openSocket = isDev ? tapped(openSocket) : openSocket;

const ABNORMAL = 1006;

function openSocket(events: TransportEvents, url: string): Link {
  const socket = new WebSocket(url);
  let isOver = false;
  const over = (code: number, reason: string): void => {
    if (isOver) return;
    isOver = true;
    events.closed(code, reason);
  };
  socket.addEventListener('open', () => !isOver && events.opened());
  socket.addEventListener('message', ({ data }) => !isOver && typeof data === 'string' && events.message(data));
  socket.addEventListener('close', ({ code, reason }) => over(code, reason));
  return {
    send(data) {
      if (isOver || socket.readyState !== socket.OPEN) return false;
      socket.send(data);
      return true;
    },
    // A half-open socket never says that it is closed; nobody waits for it. One that is still connecting is closed too,
    // or it would live on as a ghost.
    close(code, reason) {
      socket.close(code, reason);
      over(code ?? ABNORMAL, reason ?? '');
    },
  };
}

/** `/ws/live/` → `wss://host/ws/live/`, by the page's own scheme. */
export const socketUrl = (path: string, page: string): string => new URL(path, page).href.replace(/^http/, 'ws');
