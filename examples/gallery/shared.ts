import { redisBus, redisPresence, redisStore, type ServerOptions, systemClock } from '@djust/server';
import { createClient } from 'redis';

/** What several processes of the gallery share when they are given the same Redis. */
export type Shared = Pick<ServerOptions, 'store' | 'bus' | 'presence'>;

/** @param url  like redis://localhost:6379 */
export async function sharedOver(url: string): Promise<Shared> {
  const client = createClient({ url });
  const onError = (error: unknown): void =>
    console.error(JSON.stringify({ level: 'error', message: 'redis', error: String(error) }));
  client.on('error', onError);
  await client.connect();
  const subscriber = client.duplicate();
  subscriber.on('error', onError);
  await subscriber.connect();
  const sender = { sendCommand: (args: readonly string[]) => client.sendCommand([...args]) };
  const bus = redisBus({ client: sender, subscriber, onError });
  return {
    bus,
    store: redisStore({ client: sender }),
    presence: redisPresence({ client: sender, bus, clock: systemClock, onError }),
  };
}
