import type { JsonObject } from '@djust/protocol';

export type BusListener = (message: JsonObject) => void;

/** Carries broadcasts between views. Delivery is in order per topic and never within the call to `publish`. */
export interface Bus {
  publish(topic: string, message: JsonObject): void;
  /** Answers the function that ends the subscription; it may be called twice. */
  subscribe(topic: string, listener: BusListener): () => void;
}

/** The bus of a single process. */
export function memoryBus(): Bus {
  const topics = new Map<string, Set<BusListener>>();
  return {
    publish(topic, message) {
      const listeners = topics.get(topic);
      if (!listeners) return;
      for (const listener of [...listeners]) queueMicrotask(() => listener(message));
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
}
