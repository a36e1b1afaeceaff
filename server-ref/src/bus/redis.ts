import type { JsonObject } from '@djust/protocol';
import type { RedisClient } from '../state/redis.ts';
import type { Bus, BusListener } from './bus.ts';

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
          try {
            const message = JSON.parse(text) as JsonObject;
            for (const one of [...listeners]) one(message);
          } catch (error) {
            // Thrown on into the client of Redis, it would take its connection down, or the process.
            onError(error);
          }
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
