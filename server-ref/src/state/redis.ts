import { LIMITS } from '@djust/protocol';
import { type Clock, systemClock } from '../clock.ts';
import { jsonLogger, type Logger } from '../logger.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { largeStates } from './large-states.ts';
import { redisStats } from './redis-stats.ts';
import type { SessionRecord, StateStore } from './store.ts';

/** What is used of a client of the npm package `redis`; it must be connected. */
export interface RedisClient {
  sendCommand(args: readonly string[]): Promise<unknown>;
}

export interface RedisStoreOptions {
  readonly client: RedisClient;
  /** In front of every key. Default: `djust:`. */
  readonly prefix?: string;
  /** How often a command is tried again that failed with its connection. All of ours may run twice. Default: 5. */
  readonly retries?: number;
  /** How long a session is kept after its last change, in milliseconds; 0 keeps it. Default: an hour. */
  readonly ttlMs?: number;
  readonly clock?: Clock;
  /** Hears of large states. Default: JSON lines. */
  readonly log?: Logger;
}

// A hash per session: `f` the token of its owner, `r` the record.
const TAKE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
local token = redis.call('HINCRBY', KEYS[1], 'f', 1)
return {token, redis.call('HGET', KEYS[1], 'r')}`;

const COMMIT = `
local owner = tonumber(redis.call('HGET', KEYS[1], 'f') or '0')
if owner > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'f', ARGV[1], 'r', ARGV[2])
if tonumber(ARGV[3]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1`;

const IS_OWNER = `
local owner = redis.call('HGET', KEYS[1], 'f')
if owner and tonumber(owner) == tonumber(ARGV[1]) then return 1 end
return 0`;

const DELETE = `
local owner = tonumber(redis.call('HGET', KEYS[1], 'f') or '0')
if owner <= tonumber(ARGV[1]) then redis.call('DEL', KEYS[1]) end
return 0`;

/** Keeps records in Redis 7: they survive the process, and other nodes can take the sessions over. */
export function redisStore(options: RedisStoreOptions): StateStore {
  const { prefix = 'djust:', ttlMs = LIMITS.storeTtlMs, retries = 5, clock = systemClock } = options;
  const told = largeStates(options.log ?? jsonLogger);
  const client: RedisClient = {
    sendCommand: (args) => stubborn(() => options.client.sendCommand(args), retries, clock),
  };
  const keyOf = (id: string): string => `${prefix}session:${id}`;
  const run = (script: string, id: string, ...args: (string | number)[]): Promise<unknown> =>
    client.sendCommand(['EVAL', script, '1', keyOf(id), ...args.map(String)]);
  return {
    isShared: true,
    async load(id) {
      const stored = (await client.sendCommand(['HGET', keyOf(id), 'r'])) as string | null;
      return stored === null ? undefined : decodeRecord(stored);
    },
    async take(id) {
      const found = (await run(TAKE, id)) as [number, string] | null;
      const record = found ? await decodeRecord(found[1]) : undefined;
      return found && record ? { token: Number(found[0]), record } : undefined;
    },
    async commit(id: string, record: SessionRecord, token: number) {
      return (await run(COMMIT, id, token, await encodeRecord(record, told), ttlMs)) === 1;
    },
    async isOwner(id, token) {
      return (await run(IS_OWNER, id, token)) === 1;
    },
    async delete(id, token) {
      await run(DELETE, id, token);
    },
    stats: () =>
      redisStats(
        (args) => client.sendCommand(args),
        `${prefix}session:*`,
        () => clock.now(),
      ),
    async ping() {
      // Once: who asks wants to know how it is now.
      await options.client.sendCommand(['PING']);
    },
  };
}

/** An error that Redis itself answered would come again, unless it says that it is not ready; one of the connection need not. */
const isAnswer = (error: unknown): boolean =>
  error instanceof Error && /^(?!LOADING|BUSY|TRYAGAIN|MASTERDOWN)[A-Z]+ /.test(error.message);

/** Waits 50 ms, then twice as long each time: five tries outlast a Redis that restarts or a connection that was cut. */
async function stubborn<T>(run: () => Promise<T>, retries: number, clock: Clock): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (tries >= retries || isAnswer(error)) throw error;
      await new Promise<void>((go) => clock.after(50 * 2 ** tries, go));
    }
  }
}
