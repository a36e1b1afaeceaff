import { decodeRecord } from './codec.ts';
import type { RedisClient } from './redis.ts';
import type { SessionRecord } from './store.ts';

/** What is looked at in one go, so that Redis serves others in between. */
const PAGE = 500;

// Looked at and deleted at once: what changes in between is not idle any more.
const DELETE_IDLE = `
local idle = redis.call('OBJECT', 'IDLETIME', KEYS[1])
if not idle or idle < tonumber(ARGV[1]) then return 0 end
if ARGV[2] == 'count' then return 1 end
return redis.call('DEL', KEYS[1])`;

/** Keys of all sessions under a prefix, some at a time. A key can come twice, when Redis moves its table meanwhile. */
export async function* sessionKeys(client: RedisClient, prefix: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const pattern = `${escapeGlob(prefix)}session:*`;
    const asked = ['SCAN', cursor, 'MATCH', pattern, 'COUNT', String(PAGE)];
    const [next, keys] = (await client.sendCommand(asked)) as [string, string[]];
    cursor = next;
    yield keys;
  } while (cursor !== '0');
}

const escapeGlob = (text: string): string => text.replace(/[\\*?[\]]/g, '\\$&');

/**
 * Deletes sessions that nobody has read or changed for so long. A page that is open and does nothing for that time writes its
 * record again with the next change.
 * @param isDry  only counts them
 */
export async function deleteIdleSessions(
  client: RedisClient,
  { prefix, idleSeconds, isDry }: { prefix: string; idleSeconds: number; isDry: boolean },
): Promise<{ seen: number; deleted: number }> {
  let [seen, deleted] = [0, 0];
  for await (const keys of sessionKeys(client, prefix)) {
    seen += keys.length;
    const how = [String(idleSeconds), isDry ? 'count' : 'delete'];
    const done = await Promise.all(keys.map((key) => client.sendCommand(['EVAL', DELETE_IDLE, '1', key, ...how])));
    deleted += done.reduce<number>((sum, one) => sum + Number(one), 0);
  }
  return { seen, deleted };
}

/** Nothing when there is none of this name, or when another version of the server wrote it. */
export async function readSession(client: RedisClient, prefix: string, id: string): Promise<SessionRecord | undefined> {
  const stored = (await client.sendCommand(['HGET', `${prefix}session:${id}`, 'r'])) as string | null;
  return stored === null ? undefined : decodeRecord(stored);
}

/** What a record is made of: characters of the JSON of each part, `state` field by field. The sum is that of the record. */
export function partsOf(record: SessionRecord): { part: string; bytes: number }[] {
  const { state, ...rest } = record;
  const parts = [
    ...Object.entries(rest).map(([part, value]) => ({ part, bytes: sizeOf(part, value) })),
    ...Object.entries(state).map(([field, value]) => ({ part: `state.${field}`, bytes: sizeOf(field, value) })),
  ];
  const whole = JSON.stringify(record).length;
  const named = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...parts, { part: 'braces and commas', bytes: whole - named }].sort((a, b) => b.bytes - a.bytes);
}

const sizeOf = (key: string, value: unknown): number => `${JSON.stringify(key)}:${JSON.stringify(value)}`.length;
