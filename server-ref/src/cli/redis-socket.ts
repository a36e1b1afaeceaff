import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RedisClient } from '../state/redis.ts';

/** A connection to Redis for commands that run for a moment; servers bring a client that reconnects. */
export interface RedisSocket extends RedisClient {
  close(): void;
}

type Reply = string | number | null | Error | Reply[];

/** How long Redis may say nothing. */
const SILENCE_MS = 10_000;

/**
 * @param url  `redis://[user[:password]@]host[:port][/db]`, `rediss:` for TLS
 * @throws Error without the URL, which may hold a password
 */
export async function connectRedis(url: string): Promise<RedisSocket> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  if (protocol !== 'redis:' && protocol !== 'rediss:') throw new Error('The URL has to begin with redis: or rediss:.');
  const to = { host: hostname, port: Number(port) || 6_379 };
  const redis = new Lines(protocol === 'rediss:' ? connectTls({ ...to, servername: hostname }) : connect(to));
  try {
    const words = [username, password].filter(Boolean).map(decodeURIComponent);
    if (password) await redis.sendCommand(['AUTH', ...words]);
    if (pathname.length > 1) await redis.sendCommand(['SELECT', pathname.slice(1)]);
    return redis;
  } catch (error) {
    redis.close();
    throw error;
  }
}

/** RESP2, commands one behind the other. */
class Lines implements RedisSocket {
  readonly #socket: Socket;
  readonly #waiting: { resolve(reply: unknown): void; reject(error: Error): void }[] = [];
  #buffer: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('Redis does not answer.')));
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('Redis closed the connection.')));
  }

  sendCommand(args: readonly string[]): Promise<unknown> {
    const parts = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
    this.#socket.write(`*${args.length}\r\n${parts.join('')}`);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, piece]);
    for (;;) {
      const read = readReply(this.#buffer, 0);
      if (!read) return;
      this.#buffer = this.#buffer.subarray(read.end);
      const next = this.#waiting.shift();
      if (read.reply instanceof Error) next?.reject(read.reply);
      else next?.resolve(read.reply);
    }
  }

  #end(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** The reply that begins at `at`; nothing while it is not there as a whole. */
export function readReply(from: Buffer, at: number): { reply: Reply; end: number } | undefined {
  const lineEnd = from.indexOf('\r\n', at);
  if (lineEnd < 0) return undefined;
  const line = from.toString('utf8', at + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(from[at] ?? 0)) {
    case '+':
      return { reply: line, end };
    case '-':
      return { reply: new Error(line), end };
    case ':':
      return { reply: Number(line), end };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, end };
      if (from.length < end + length + 2) return undefined;
      return { reply: from.toString('utf8', end, end + length), end: end + length + 2 };
    }
    case '*': {
      const items: Reply[] = [];
      let next = end;
      for (let left = Number(line); left > 0; left--) {
        const item = readReply(from, next);
        if (!item) return undefined;
        items.push(item.reply);
        next = item.end;
      }
      return { reply: Number(line) < 0 ? null : items, end: next };
    }
    default:
      return { reply: new Error('This is no Redis.'), end: from.length };
  }
}
