import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { LIMITS } from '@djust/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { jsonLogger, type Logger } from '../logger.ts';
import type { DjustServer } from '../server.ts';
import type { Peer } from './peer.ts';

/** A reader that takes nothing for so long is given up. */
const DRAIN_MS = 60_000;

export interface ListenOptions {
  port: number;
  host?: string;
  /** Answers what is no page of the server: files, an API. Undefined becomes a 404. */
  fallback?: (request: Request) => Promise<Response | undefined>;
  /** Hears of a fallback that throws. */
  log?: Logger;
}

export interface Listening {
  readonly port: number;
  readonly origin: string;
  readonly http: Server;
  /** For a deploy: visitors are sent on within `windowMs`, what they did is stored, then everything ends. @see DjustServer.drain */
  drain(windowMs?: number): Promise<void>;
  /** Ends sessions, sockets and the listener at once. */
  close(): Promise<void>;
}

/** Serves pages and sockets with node:http and ws. Rejects when the port is taken. */
export async function listen(server: DjustServer, options: ListenOptions): Promise<Listening> {
  const host = options.host ?? 'localhost';
  const http = createHttpServer((request, response) => void answer(server, options, request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.maxMessageBytes, perMessageDeflate: false });
  http.on('upgrade', (request, socket, head) => upgrade(server, sockets, request, socket, head));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close();
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      http.close(() => resolve());
    });
  return {
    port,
    origin: `http://${host}:${port}`,
    http,
    drain: (windowMs) => server.drain(windowMs).finally(close),
    close,
  };
}

async function answer(
  server: DjustServer,
  options: ListenOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let request: Request;
  try {
    request = toRequest(incoming);
  } catch {
    outgoing.writeHead(400).end();
    return;
  }
  try {
    const response = (await server.fetch(request)) ?? (await options.fallback?.(request));
    await write(response ?? new Response('Not found', { status: 404 }), outgoing, incoming.method === 'HEAD');
  } catch (error) {
    (options.log ?? jsonLogger)({
      level: 'error',
      message: 'request failed',
      path: new URL(request.url).pathname,
      error,
    });
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const { url: target = '/' } = incoming;
  // Joined as text: resolved as a reference, a target like //other.example/ would choose the host that we then trust.
  const path = target.startsWith('/') ? target : new URL(target).pathname;
  const url = new URL(`${scheme}://${incoming.headers.host ?? 'localhost'}${path}`);
  const { method = 'GET' } = incoming;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  // Read by whoever answers, and no further than that one wants.
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(url, { method, headers, body, duplex: 'half' });
}

async function write(response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> {
  outgoing.statusCode = response.status;
  // Not as one object: a response may set several cookies.
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  if (isHead || !response.body) {
    outgoing.end();
    return;
  }
  const isGone = new AbortController();
  outgoing.once('close', () => isGone.abort());
  const { signal } = isGone;
  // Piece by piece: a slow part of an answer does not hold up the others.
  for await (const part of response.body as ReadableStream<Uint8Array>) {
    if (outgoing.destroyed) return;
    if (outgoing.write(part)) continue;
    const isDrained = once(outgoing, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(DRAIN_MS)]) });
    // Whoever leaves is no failure; the rest of the answer is not made.
    await isDrained.catch((error) => {
      if (!signal.aborted) throw error;
    });
  }
  outgoing.end();
}

function upgrade(
  server: DjustServer,
  sockets: WebSocketServer,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  let request: Request;
  try {
    request = toRequest(incoming);
  } catch {
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    return;
  }
  if (new URL(request.url).pathname !== server.socketPath) {
    socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(incoming, socket, head, (ws) => void serve(server, ws, request, incoming.socket.remoteAddress));
}

async function serve(server: DjustServer, ws: WebSocket, request: Request, address = ''): Promise<void> {
  const early: string[] = [];
  const peer: Peer = {
    address,
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    send: (text) => ws.send(text),
    close: (code, reason) => ws.close(code, reason),
  };
  let receive = (text: string): void => void (early.length < LIMITS.messageBurst && early.push(text));
  // A message that is too large makes ws close with 1009 by itself; the error event only has to be heard.
  ws.on('error', () => {});
  ws.on('message', (data, isBinary) => {
    if (!isBinary) receive(String(data));
  });
  const handler = await server.connect(peer, request);
  ws.on('close', () => handler.closed());
  if (ws.readyState === ws.CLOSED) handler.closed();
  receive = (text) => handler.text(text);
  for (const text of early) handler.text(text);
}
