import type { JsonObject } from '@djust/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findRedis } from '../../../scripts/browsers.ts';
import { FakeClock } from '../../test/fake-clock.ts';
import { RedisProcess } from '../../test/redis.ts';
import type { Bus } from './bus.ts';
import type { Presence } from './presence.ts';
import { redisBus } from './redis.ts';
import { redisPresence } from './redis-presence.ts';

/** Longer than a process waits to say that it is there. */
const BEAT_MS = 16_000;

type Client = Awaited<ReturnType<RedisProcess['client']>>;

/** A process of a site, with hands on its clock: one whose clock stands still is dead. */
interface Node {
  readonly bus: Bus;
  readonly presence: Presence;
  readonly clock: FakeClock;
  /** Called once, when the next command is on its way, and those that are sent with it. */
  meanwhile?: (() => void) | undefined;
}

describe.runIf(findRedis())('on Redis', () => {
  let redis: RedisProcess;
  const clients: Client[] = [];
  let prefix: string;
  let count = 0;
  const connect = async (): Promise<Client> => {
    const client = await redis.client();
    clients.push(client);
    return client;
  };
  const node = async (onError?: (error: unknown) => void): Promise<Node> => {
    const [client, subscriber] = [await connect(), await connect()];
    const clock = new FakeClock();
    const bus = redisBus({ client, subscriber, prefix, ...(onError && { onError }) });
    const watched = {
      sendCommand(args: readonly string[]) {
        const answer = client.sendCommand([...args]);
        const { meanwhile } = made;
        made.meanwhile = undefined;
        if (meanwhile) queueMicrotask(meanwhile);
        return answer;
      },
    };
    const made: Node = { bus, clock, presence: redisPresence({ client: watched, bus, clock, prefix }) };
    return made;
  };
  /** The last list that went out to a process. */
  const listen = ({ bus }: Node): (() => unknown) => {
    let last: unknown;
    bus.subscribe('presence:room', ({ present }: JsonObject) => {
      last = (present as JsonObject[]).map(({ session }) => session);
    });
    return () => last;
  };
  /** What Redis knows by names that begin like this. */
  const keys = async (): Promise<string[]> => (await connect()).keys(`${prefix}*`);

  beforeAll(async () => {
    redis = await RedisProcess.start();
  });
  beforeEach(() => {
    prefix = `t${count++}:`;
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await redis.kill();
  });

  it('lists the people of all processes, in the order in which they came, and lets each go', async () => {
    const [one, other] = [await node(), await node()];
    const [heard, heardThere] = [listen(one), listen(other)];
    const leave = one.presence.join('room', 'a', {});
    await expect.poll(heard).toEqual(['a']);
    await other.clock.advance(1);
    const leaveToo = other.presence.join('room', 'b', {});
    await expect.poll(heard).toEqual(['a', 'b']);
    await expect.poll(heardThere).toEqual(['a', 'b']);
    leave();
    await expect.poll(heardThere).toEqual(['b']);
    leaveToo();
    leaveToo();
    await expect.poll(keys).toEqual([]);
  });

  it('strikes out the people of a process that died, and tells who is left', async () => {
    const [alive, dead] = [await node(), await node()];
    const heard = listen(alive);
    dead.presence.join('room', 'ghost', {});
    await expect.poll(heard).toEqual(['ghost']);
    await alive.clock.advance(1);
    alive.presence.join('room', 'a', {});
    await expect.poll(heard).toEqual(['ghost', 'a']);
    // The time of Redis is no fake: what it does after ten seconds of silence is done here.
    const people = async (): Promise<string[]> => (await keys()).filter((key) => key.includes('people'));
    for (const key of await people()) if (await clients[0]?.hExists(key, 'ghost')) await clients[0]?.del(key);
    expect(await people()).toHaveLength(1);
    await alive.clock.advance(BEAT_MS);
    await expect.poll(heard).toEqual(['a']);
  });

  it('comes back when Redis has forgotten it', async () => {
    const one = await node();
    const heard = listen(one);
    one.presence.join('room', 'a', {});
    await expect.poll(heard).toEqual(['a']);
    await clients[0]?.flushAll();
    const later = await node();
    const heardLater = listen(later);
    await one.clock.advance(BEAT_MS);
    await expect.poll(heardLater).toEqual(['a']);
  });

  it('does not bring back whoever leaves while the process says that it is there', async () => {
    const one = await node();
    const heard = listen(one);
    const leave = one.presence.join('room', 'a', {});
    await expect.poll(heard).toEqual(['a']);
    one.meanwhile = leave;
    await one.clock.advance(BEAT_MS);
    await expect.poll(heard).toEqual([]);
    await one.clock.advance(BEAT_MS);
    await expect.poll(() => one.clock.waiting).toBe(0);
    await expect.poll(keys).toEqual([]);
  });

  it('survives a message that is none, and hears the next', async () => {
    const faults: unknown[] = [];
    const one = await node((error) => faults.push(error));
    const heard: unknown[] = [];
    one.bus.subscribe('news', (message) => heard.push(message));
    const other = await connect();
    // Subscribed once a message arrives.
    await expect.poll(() => other.publish(`${prefix}bus:news`, 'not json')).toBe(1);
    one.bus.publish('news', { n: 1 });
    await expect.poll(() => heard).toEqual([{ n: 1 }]);
    expect(faults).toHaveLength(1);
  });
});
