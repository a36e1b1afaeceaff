import { clientStore, hybridStore, memoryStore, redisStore, type StateStore, silentLogger } from '@djust/server';
import { RedisProcess } from '../../../server-ref/test/redis.ts';

export const LANES = ['memory', 'redis', 'hybrid', 'client'] as const;
export type Lane = (typeof LANES)[number];

export interface Stores {
  readonly redis: RedisProcess;
  /** A store that nobody has used. */
  make(lane: Lane): StateStore;
  /** Bytes that Redis uses for data. */
  usedBytes(): Promise<number>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const keys = [{ id: 'bench', secret: 'a secret of the bench, long enough for a key' }];

/** All stores, on a Redis of their own. */
export async function openStores(): Promise<Stores> {
  const redis = await RedisProcess.start();
  const client = await redis.client();
  const sender = { sendCommand: (args: readonly string[]) => client.sendCommand([...args]) };
  const overRedis = (): StateStore => redisStore({ client: sender, log: silentLogger });
  const makers: Record<Lane, () => StateStore> = {
    memory: () => memoryStore({ log: silentLogger }),
    redis: overRedis,
    hybrid: () => hybridStore({ behind: overRedis() }),
    client: () => clientStore({ keys }),
  };
  return {
    redis,
    make: (lane) => makers[lane](),
    usedBytes: async () => Number(/used_memory:(\d+)/.exec(String(await client.sendCommand(['INFO', 'memory'])))?.[1]),
    clear: async () => void (await client.sendCommand(['FLUSHALL'])),
    async close() {
      await client.close();
      await redis.kill();
    },
  };
}
