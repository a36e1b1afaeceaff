import type { JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { RedisClient } from '../state/redis.ts';
import type { Bus } from './bus.ts';
import { type Presence, presenceTopic } from './presence.ts';

export interface RedisPresenceOptions {
  readonly client: RedisClient;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly prefix?: string;
  readonly onError?: (error: unknown) => void;
}

/** How often a process says that it is still there, and how long its people count without that. */
const BEAT_MS = 3_000;
const GONE_MS = 10_000;

interface Entry {
  readonly session: string;
  readonly meta: JsonObject;
  readonly since: number;
}

/**
 * Who is present, over all processes. Each process keeps its people of a topic under a key of its own, which Redis lets go
 * when the process says nothing for 10 s; the others look after that, so those of a process that died are told to be gone
 * 13 s later at the most.
 */
export function redisPresence(options: RedisPresenceOptions): Presence {
  const { client, bus, clock, prefix = 'djust:', onError = () => {} } = options;
  const own = clock.id();
  /** The people of this process, by topic and session. */
  const topics = new Map<string, Map<string, Entry>>();
  const ask = (...args: string[]): Promise<unknown> => client.sendCommand(args);
  /** The processes that have people there. */
  const nodesKey = (topic: string): string => `${prefix}presence-nodes:${topic}`;
  const peopleKey = (topic: string, node = own): string => `${prefix}presence-people:${node}:${topic}`;

  const tell = async (topic: string): Promise<void> => {
    const nodes = (await ask('SMEMBERS', nodesKey(topic))) as string[];
    const lists = await Promise.all(nodes.map((node) => ask('HVALS', peopleKey(topic, node)) as Promise<string[]>));
    const entries = lists.flat().map((text) => JSON.parse(text) as Entry);
    entries.sort((one, other) => one.since - other.since);
    // A session that has moved may stand under the process that it left as well; the later entry counts.
    const people = new Map(entries.map(({ session, meta }) => [session, { ...meta, session }]));
    bus.publish(presenceTopic(topic), { present: [...people.values()] });
  };

  /** All commands are on their way before the first answer, so what is sent after this call comes after them. */
  const write = (topic: string, entries: readonly Entry[]): Promise<unknown[]> =>
    Promise.all([
      ask('HSET', peopleKey(topic), ...entries.flatMap((entry) => [entry.session, JSON.stringify(entry)])),
      ...touch(topic),
    ]);
  const touch = (topic: string): Promise<unknown>[] => [
    ask('PEXPIRE', peopleKey(topic), String(GONE_MS)),
    ask('SADD', nodesKey(topic), own),
    ask('PEXPIRE', nodesKey(topic), String(GONE_MS)),
  ];

  /** Was this the process that struck out one that is gone? */
  const isStruck = async (topic: string, node: string): Promise<boolean> =>
    node !== own &&
    (await ask('EXISTS', peopleKey(topic, node))) === 0 &&
    (await ask('SREM', nodesKey(topic), node)) === 1;

  const beatIn = async (topic: string): Promise<void> => {
    const [isKept, isNew] = await Promise.all(touch(topic));
    const people = topics.get(topic);
    // Redis has lost us: it was away, or this process stood still for too long.
    if (!isKept && people) await write(topic, [...people.values()]);
    const nodes = (await ask('SMEMBERS', nodesKey(topic))) as string[];
    const struck = await Promise.all(nodes.map((node) => isStruck(topic, node)));
    if (!isKept || isNew || struck.includes(true)) await tell(topic);
  };

  let isBeating = false;
  const beat = (): void => {
    isBeating = topics.size > 0;
    if (!isBeating) return;
    clock.after(BEAT_MS, () => {
      void Promise.all([...topics.keys()].map((topic) => beatIn(topic).catch(onError))).then(beat);
    });
  };

  return {
    join(topic, session, meta) {
      const entry: Entry = { session, meta, since: clock.now() };
      const people = topics.get(topic) ?? new Map<string, Entry>();
      topics.set(topic, people);
      people.set(session, entry);
      write(topic, [entry])
        .then(() => tell(topic))
        .catch(onError);
      if (!isBeating) beat();
      return () => {
        if (people.get(session) !== entry) return;
        people.delete(session);
        const commands = [ask('HDEL', peopleKey(topic), session)];
        if (people.size === 0) {
          topics.delete(topic);
          commands.push(ask('SREM', nodesKey(topic), own));
        }
        Promise.all(commands)
          .then(() => tell(topic))
          .catch(onError);
      };
    },
  };
}
