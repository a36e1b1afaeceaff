import type { StoreStats } from './store.ts';

/** Keys whose size is asked for, and how long all of it may take. */
const SAMPLES = 100;
const BUDGET_MS = 50;
const PAGE = '1000';

type Send = (args: readonly string[]) => Promise<unknown>;

/**
 * Counts the keys of a pattern, and weighs some of them. A Redis may hold millions of keys that are none of ours, so it is
 * looked through for 50 ms; when that was not all of it, the rest is taken to be like what was seen.
 */
export async function redisStats(send: Send, pattern: string, now: () => number): Promise<StoreStats> {
  const startedAt = now();
  const total = Number(await send(['DBSIZE']));
  const samples: string[] = [];
  let [seen, ours, cursor] = [0, 0, '0'];
  do {
    const [next, keys] = (await send(['SCAN', cursor, 'MATCH', pattern, 'COUNT', PAGE])) as [unknown, unknown[]];
    cursor = String(next);
    seen += Number(PAGE);
    ours += keys.length;
    for (const key of keys) if (samples.length < SAMPLES) samples.push(String(key));
  } while (cursor !== '0' && now() - startedAt < BUDGET_MS);
  const isWhole = cursor === '0';
  const sessions = isWhole ? ours : Math.round((ours / Math.max(seen, 1)) * total);
  const weights = await Promise.all(samples.map((key) => send(['MEMORY', 'USAGE', key])));
  const sum = weights.reduce<number>((bytes, weight) => bytes + Number(weight ?? 0), 0);
  const bytes = samples.length === 0 ? 0 : Math.round((sum / samples.length) * sessions);
  return { kind: 'redis', sessions, bytes, counts: { sampled: samples.length, estimated: isWhole ? 0 : 1 } };
}
