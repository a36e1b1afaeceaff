import type { JsonObject } from '@djust/protocol';
import type { Bus } from './bus.ts';

/** Who is present at a topic. One entry per visit; the list goes out on `presence:TOPIC` when it changes. */
export interface Presence {
  join(topic: string, sessionId: string, meta: JsonObject): () => void;
}

export const presenceTopic = (topic: string): string => `presence:${topic}`;

export function memoryPresence(bus: Bus): Presence & { list(topic: string): JsonObject[] } {
  const topics = new Map<string, Map<string, JsonObject>>();
  const list = (topic: string): JsonObject[] =>
    [...(topics.get(topic) ?? [])].map(([session, meta]) => ({ ...meta, session }));
  const tell = (topic: string): void => bus.publish(presenceTopic(topic), { present: list(topic) });
  return {
    list,
    join(topic, sessionId, meta) {
      const people = topics.get(topic) ?? new Map<string, JsonObject>();
      topics.set(topic, people);
      people.set(sessionId, meta);
      tell(topic);
      return () => {
        if (!people.delete(sessionId)) return;
        if (people.size === 0) topics.delete(topic);
        tell(topic);
      };
    },
  };
}
