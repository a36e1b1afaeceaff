import type { Link, TransportEvents } from '../../lib/transport.ts';
import { routeArguments } from './route-arguments.ts';

interface Frame {
  type: string;
  [field: string]: unknown;
}

const [ABNORMAL, DENIED] = [1006, 4403];

/**
 * A stream of the server as a connection. The stream is opened by the mount, which is its first request; what the session
 * asks that only a socket has is answered here. After any fault a new stream with a new name begins: one that takes itself
 * up again would find what is left of its earlier self (trap W33). @see wire spec 8.1
 */
export function openStream(events: TransportEvents): Link {
  let source: EventSource | undefined;
  let base = '';
  let version = 0;
  let isOver = false;
  let posts = Promise.resolve();

  const over = (code = ABNORMAL, reason = ''): void => {
    if (isOver) return;
    isOver = true;
    source?.close();
    events.closed(code, reason);
  };
  // Not before the session knows its link.
  const say = (frame: Frame): void => queueMicrotask(() => isOver || events.message(JSON.stringify(frame)));

  const receive = (text: string): void => {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      // Who reads frames says what is wrong with it.
      return events.message(text);
    }
    if (frame.type === 'sse_connect') return;
    // The numbers of a stream count renders, also those that are not sent. Nothing is lost in it, so they are counted here.
    if (frame.type === 'mount') version = Number(frame.version);
    else if ('version' in frame) frame.version = ++version;
    events.message(JSON.stringify(frame));
    if (frame.code === DENIED) over(DENIED);
  };

  const mount = ({ view, url, params }: Frame): void => {
    source?.close();
    base = `${prefix()}sse/${uuid()}/`;
    // The server sees the address of the stream and not of the page: its arguments go with the query (trap W32).
    const query = { ...routeArguments(`${url}`), ...(params as Record<string, string>), view: `${view}` };
    const stream = new EventSource(`${base}?${new URLSearchParams(query)}`);
    source = stream;
    stream.onmessage = ({ data }) => stream === source && !isOver && receive(data as string);
    stream.onerror = () => stream === source && over();
  };

  /** One after the other: the server takes them as they come. */
  const post = (body: string): void => {
    const to = source;
    const url = `${base}message/`;
    posts = posts.then(async () => {
      if (isOver || to !== source) return;
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      // Nobody knows whether it arrived; the session says so when it has mounted anew.
      if (!answer?.ok && to === source) over();
    });
  };

  const send = (data: string | Uint8Array): boolean => {
    if (isOver || typeof data !== 'string') return false;
    const frame = JSON.parse(data) as Frame;
    const { type, ref } = frame;
    if (/mount$/.test(type)) mount(frame);
    else if (type === 'event' || type === 'url_change') post(data);
    // There is no page to be had but that of a new mount.
    else if (type === 'request_html') over();
    else if (type === 'ping' && source?.readyState === EventSource.OPEN) say({ type: 'pong' });
    else if (ref) say({ type: 'upload_progress', ref, progress: 0, status: 'error', error: 'No WebSocket.' });
    return true;
  };

  events.opened();
  say({ type: 'connect' });
  return { send, close: over };
}

const prefix = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name=djust-sse-prefix]')?.content || '/djust/';

/** In the form that the server writes it; `randomUUID` is not there on pages without TLS. */
const uuid = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
