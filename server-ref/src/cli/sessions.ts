import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { silentLogger } from '../logger.ts';
import { redisStore } from '../state/redis.ts';
import { deleteIdleSessions, partsOf, readSession } from '../state/redis-sessions.ts';
import type { RedisConnection } from './redis.ts';

export const USAGE = `djust-server sessions --stats                                how many there are, and what they take up
djust-server sessions --show <id>                            what one is made of, part by part
djust-server sessions --cleanup --idle-seconds <n> [--dry-run]   deletes those that nobody used for so long

  --redis <url>     default: the environment variable REDIS_URL
  --prefix <text>   as in redisStore({ prefix }), default: djust:`;

/** What a command needs of the world. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
  warn(line: string): void;
  connect(url: string): Promise<RedisConnection>;
}

const OPTIONS = {
  stats: { type: 'boolean', default: false },
  cleanup: { type: 'boolean', default: false },
  show: { type: 'string' },
  'idle-seconds': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  redis: { type: 'string' },
  prefix: { type: 'string', default: 'djust:' },
} as const;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

/** @returns the exit code: 0 done, 1 Redis could not be used or there is no such session, 2 the command is not understood */
export async function run(args: readonly string[], { env, say, warn, connect }: Surroundings): Promise<0 | 1 | 2> {
  const read = understand(args, env);
  if ('mistake' in read) {
    warn(`${read.mistake}\n\n${USAGE}`);
    return 2;
  }
  let client: RedisConnection | undefined;
  try {
    client = await connect(read.url);
    const lines = await act(client, read.values);
    if (lines) for (const line of lines) say(line);
    else warn('There is no session of this name, or another version of the server wrote it.');
    return lines ? 0 : 1;
  } catch (error) {
    // Never the URL, which may hold a password.
    warn(`Redis could not be used: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    client?.close();
  }
}

function understand(
  args: readonly string[],
  env: Surroundings['env'],
): { values: Values; url: string } | { mistake: string } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  const url = values.redis ?? env.REDIS_URL;
  const asked = [values.stats, values.cleanup, values.show !== undefined].filter(Boolean).length;
  if (positionals.join() !== 'sessions') return { mistake: 'The command is: sessions.' };
  if (asked !== 1) return { mistake: 'Say one of --stats, --show and --cleanup.' };
  // There is no default: nobody should delete sessions without having said which.
  if (values.cleanup && !/^[1-9]\d*$/.test(values['idle-seconds'] ?? ''))
    return { mistake: '--cleanup needs --idle-seconds, a whole number.' };
  return url ? { values, url } : { mistake: 'Say where Redis is: --redis, or REDIS_URL.' };
}

async function act(client: RedisConnection, values: Values): Promise<string[] | undefined> {
  const { prefix, show } = values;
  if (show !== undefined) {
    const record = await readSession(client, prefix, show);
    return (
      record && [
        `view ${record.view}, version ${record.version}, last ref ${record.lastRef}`,
        ...partsOf(record).map(({ part, bytes }) => `${bytes}\t${part}`),
      ]
    );
  }
  if (values.cleanup) {
    const isDry = values['dry-run'];
    const { seen, deleted } = await deleteIdleSessions(client, {
      prefix,
      idleSeconds: Number(values['idle-seconds']),
      isDry,
    });
    return [`${deleted} of ${seen} sessions ${isDry ? 'would be' : 'were'} deleted.`];
  }
  const stats = await redisStore({ client, prefix, log: silentLogger, clock: systemClock }).stats?.();
  const isGuess = stats?.counts.estimated === 1;
  return [`${isGuess ? 'about ' : ''}${stats?.sessions} sessions, about ${stats?.bytes} bytes`];
}
