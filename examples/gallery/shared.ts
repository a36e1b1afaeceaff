import {
  clientStore,
  hybridStore,
  redisBus,
  redisPresence,
  redisStore,
  type ServerOptions,
  systemClock,
} from '@djust/server';
import { createClient } from 'redis';

/** What several processes of the gallery share when they are given the same Redis. */
export type Shared = Pick<ServerOptions, 'store' | 'bus' | 'presence'>;

/**
 * Where the state is, as the environment says: REDIS_URL makes several processes one site, with STATE_STORE=hybrid it is
 * written behind the answers, after STATE_FLUSH_MS; STATE_SECRET leaves it to the browsers; without either it is in this
 * process.
 */
export async function sharedFrom(env: NodeJS.ProcessEnv): Promise<Partial<Shared>> {
  const { REDIS_URL, STATE_STORE, STATE_FLUSH_MS, STATE_SECRET } = env;
  const flush = STATE_FLUSH_MS ? { flushMs: Number(STATE_FLUSH_MS) } : {};
  const shared = REDIS_URL ? await sharedOver(REDIS_URL) : {};
  if (STATE_SECRET) return { ...shared, store: clientStore({ keys: [{ id: 'k1', secret: STATE_SECRET }] }) };
  if (STATE_STORE === 'hybrid' && shared.store)
    return { ...shared, store: hybridStore({ behind: shared.store, ...flush }) };
  return shared;
}

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
