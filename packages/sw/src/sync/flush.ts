import { readAnswer } from './mutation.ts';
import type { Conflict, MutationQueue } from './queue.ts';

export const SYNC_URL = '/djust/sync';
const AT_ONCE = 100;
const ANSWER_MS = 30_000;
/** Fresh starts with a server that has lost its memory; more in one go mean that it never keeps one. */
const MAX_RENAMES = 1;

/** `done`: nothing is left. `later`: the network or the server is not there. `stopped`: it will not do; somebody has to act. */
export type FlushOutcome =
  | { readonly state: 'done' | 'later'; readonly conflicts: readonly Conflict[] }
  | { readonly state: 'stopped'; readonly status: number; readonly conflicts: readonly Conflict[] };

export interface FlushOptions {
  readonly url?: string | undefined;
  /** How many are sent at once; 100 at most. */
  readonly batch?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Sends what waits, oldest first, until nothing is left. Nothing is deleted before the server has said that it is
 * decided, so whoever dies in between has lost nothing; the server knows what it has seen, so nothing happens twice. One
 * sender at a time on a device: the lock is given back by the browser when its holder dies.
 */
export function flush(owner: string, queue: MutationQueue, options: FlushOptions = {}): Promise<FlushOutcome> {
  const { batch = AT_ONCE, ...how } = options;
  return navigator.locks.request(`djust-sync:${owner}`, async () => {
    const conflicts: Conflict[] = [];
    for (let renames = 0; ; ) {
      const { client, mutations } = await queue.head(Math.min(batch, AT_ONCE));
      if (mutations.length === 0) return { state: 'done', conflicts };
      const response = await post({ owner, client, mutations }, how);
      if (!response || response.status >= 500 || response.status === 429) return { state: 'later', conflicts };
      const body: unknown = await response.json().catch(() => undefined);
      const answer = readAnswer(body);
      if (response.ok && answer) {
        conflicts.push(...(await queue.settle(answer.lastId, answer.results)));
        continue;
      }
      const expected = response.status === 409 ? (body as { expected?: unknown } | undefined)?.expected : undefined;
      if (typeof expected !== 'number') return { state: 'stopped', status: response.status, conflicts };
      const first = mutations[0]?.id ?? 0;
      // It has decided more than we know of: an answer was lost.
      if (expected > first) conflicts.push(...(await queue.settle(expected - 1, [])));
      else if (renames++ < MAX_RENAMES) await queue.rename();
      else return { state: 'stopped', status: response.status, conflicts };
    }
  });
}

async function post(
  body: object,
  { url = SYNC_URL, timeoutMs = ANSWER_MS }: FlushOptions,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-djust-sync': '1' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    return undefined;
  }
}
