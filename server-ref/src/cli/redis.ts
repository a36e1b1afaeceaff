import type { RedisClient } from '../state/redis.ts';

export interface RedisConnection extends RedisClient {
  close(): void;
}

/** How long Redis may take to answer the first time. */
const PATIENCE_MS = 10_000;

/**
 * A connection for a command that runs for a moment. The npm package `redis` is the one that the site uses as well.
 *
 * @param url  `redis://[user[:password]@]host[:port][/db]`, `rediss:` for TLS
 * @throws Error without the URL, which may hold a password
 */
export async function connectRedis(url: string): Promise<RedisConnection> {
  const { createClient } = await import('redis').catch(() => {
    throw new Error('the package redis is not there; npm install redis.');
  });
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: PATIENCE_MS } });
  // The command that it concerns is rejected with it.
  client.on('error', () => undefined);
  await client.connect();
  return { sendCommand: (args) => client.sendCommand([...args]), close: () => client.destroy() };
}
