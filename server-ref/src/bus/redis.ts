import type { JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { RedisClient } from '../state/redis.ts';
import type { Bus, BusListener } from './bus.ts';
import { type Presence, presenceTopic } from './presence.ts';

/** A second connection of the npm package `redis`, for what others publish; it must be connected. */
export interface RedisSubscriber {
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
}

export interface RedisBusOptions {
  readonly client: RedisClient;
  readonly subscriber: RedisSubscriber;
  /** In front of every channel and key. Default: `djust:`. */
  readonly prefix?: string;
  /** Told when something could not be sent; it is lost then, as broadcasts may be. */
  readonly onError?: (error: unknown) => void;
}

/** Carries broadcasts between processes. Redis keeps the order of a channel; a process hears itself that way too. */
export function redisBus({ client, subscriber, prefix = 'djust:', onError = () => {} }: RedisBusOptions): Bus {
  const topics = new Map<string, Set<BusListener>>();
  const channelOf = (topic: string): string => `${prefix}bus:${topic}`;
  return {
    publish(topic, message) {
      client.sendCommand(['PUBLISH', channelOf(topic), JSON.stringify(message)]).catch(onError);
    },
    subscribe(topic, listener) {
      const known = topics.get(topic);
      const listeners = known ?? new Set();
      listeners.add(listener);
      if (!known) {
        topics.set(topic, listeners);
        const heard = (text: string): void => {
          const message = JSON.parse(text) as JsonObject;
          for (const one of [...listeners]) one(message);
        };
        subscriber.subscribe(channelOf(topic), heard).catch(onError);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || topics.get(topic) !== listeners) return;
        topics.delete(topic);
        subscriber.unsubscribe(channelOf(topic)).catch(onError);
      };
    },
  };
}

export interface RedisPresenceOptions {
  readonly client: RedisClient;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly prefix?: string;
  readonly onError?: (error: unknown) => void;
}

/** How often a process says that its people are still there, and how long they count without that. */
const BEAT_MS = 15_000;
const GONE_MS = 45_000;

/** Who is present, over all processes. Those of a process that died are gone when they have not been seen for 45 s. */
export function redisPresence(options: RedisPresenceOptions): Presence {
  const { client, bus, clock, prefix = 'djust:', onError = () => {} } = options;
  const keyOf = (topic: string): string => `${prefix}presence:${topic}`;
  const tell = async (topic: string): Promise<void> => {
    const entries = (await client.sendCommand(['HVALS', keyOf(topic)])) as string[];
    const people = entries.map((entry) => JSON.parse(entry) as { meta: JsonObject; session: string; seen: number });
    const present = people
      .filter(({ seen }) => clock.now() - seen < GONE_MS)
      .map(({ meta, session }) => ({ ...meta, session }));
    bus.publish(presenceTopic(topic), { present });
  };
  return {
    join(topic, session, meta) {
      let cancel = (): void => {};
      const beat = async (): Promise<void> => {
        const entry = JSON.stringify({ meta, session, seen: clock.now() });
        await client.sendCommand(['HSET', keyOf(topic), session, entry]);
        await client.sendCommand(['PEXPIRE', keyOf(topic), String(GONE_MS)]);
      };
      const wait = (): void => {
        cancel = clock.after(BEAT_MS, () => void beat().catch(onError).then(wait));
      };
      beat()
        .then(() => tell(topic))
        .catch(onError);
      wait();
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        cancel();
        client
          .sendCommand(['HDEL', keyOf(topic), session])
          .then(() => tell(topic))
          .catch(onError);
      };
    },
  };
}
