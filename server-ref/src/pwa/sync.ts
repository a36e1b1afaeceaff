import { type Clock, systemClock } from '../clock.ts';
import { RateLimit } from '../security/rate-limit.ts';
import { PRIVATE, problem, readJson, refuseForeign } from './endpoint.ts';
import { applyMutation, type Mutation, type MutationResult, type SyncModel } from './sync-apply.ts';
import type { SyncStore } from './sync-store.ts';

export interface SyncOptions {
  readonly store: SyncStore;
  readonly models: Readonly<Record<string, SyncModel>>;
  /** Who is signed in; null for nobody. The user is never taken from the body. */
  readonly principal: (request: Request) => string | null | Promise<string | null>;
  /** Names the user to the device, which keeps it; not a secret, and the same whenever this user comes back. */
  readonly ownerOf: (principal: string) => string;
  readonly path?: string;
  readonly allowedOrigins?: readonly string[];
  /** Requests of one user. */
  readonly perSecond?: number;
  readonly burst?: number;
  readonly clock?: Clock;
  /** Hears when something has changed, to tell the user's open pages. */
  readonly changed?: (principal: string) => void;
}

const MAX_BYTES = 262_144;
const MAX_MUTATIONS = 100;
const MAX_BUCKETS = 10_000;
const ID = /^[\w-]{1,64}$/;

/**
 * Takes the changes that devices made without a network. Those of one device are applied in order and once: a repeat is
 * acknowledged and does nothing, a gap is refused with the number that is expected.
 */
export function syncEndpoint(options: SyncOptions): (request: Request) => Promise<Response | undefined> {
  const { path = '/djust/sync', allowedOrigins = [], clock = systemClock } = options;
  const buckets = new Map<string, RateLimit>();
  const isLimited = (principal: string): boolean => {
    const bucket = buckets.get(principal) ?? new RateLimit(clock.now(), options.perSecond ?? 2, options.burst ?? 20);
    buckets.delete(principal);
    buckets.set(principal, bucket);
    for (const first of buckets.keys()) if (buckets.size > MAX_BUCKETS) buckets.delete(first);
    return !bucket.take(clock.now()).ok;
  };
  return async (request) => {
    if (new URL(request.url).pathname !== path) return undefined;
    const refusal = refuseForeign(request, 'x-djust-sync', allowedOrigins);
    if (refusal) return refusal;
    const principal = await options.principal(request);
    if (principal === null) return problem(401, 'sync/nobody');
    if (isLimited(principal)) return problem(429, 'rate/limited');
    const body = await readJson(request, MAX_BYTES);
    if (body instanceof Response) return body;
    const asked = readRequest(body.value);
    if (!asked) return problem(400, 'sync/invalid');
    if (asked.mutations.length > MAX_MUTATIONS) return problem(413, 'sync/too-many');
    if (asked.owner !== options.ownerOf(principal)) return problem(403, 'sync/other-user');
    const answer = await apply(options, principal, asked);
    if ('results' in answer) options.changed?.(principal);
    return 'results' in answer
      ? Response.json(answer, { headers: PRIVATE })
      : problem(409, 'sync/out-of-order', answer);
  };
}

interface Asked {
  readonly owner: string;
  readonly client: string;
  readonly mutations: readonly Mutation[];
}

type Answer = { lastId: number; results: MutationResult[] } | { expected: number };

function apply({ store, models }: SyncOptions, principal: string, { client, mutations }: Asked): Promise<Answer> {
  return store.transact(principal, async (transaction) => {
    const results: MutationResult[] = [];
    for (const mutation of mutations) {
      const expected = transaction.lastId(client) + 1;
      // Seen before: the answer was lost on its way.
      if (mutation.id < expected) continue;
      if (mutation.id > expected) return results.length > 0 ? { lastId: expected - 1, results } : { expected };
      const model = Object.hasOwn(models, mutation.model) ? models[mutation.model] : undefined;
      results.push(await applyMutation(mutation, model, transaction));
      transaction.setLastId(client, mutation.id);
    }
    return { lastId: transaction.lastId(client), results };
  });
}

function readRequest(value: unknown): Asked | undefined {
  const { owner, client, mutations } = (value ?? {}) as Partial<Record<keyof Asked, unknown>>;
  if (typeof owner !== 'string' || owner.length > 200 || typeof client !== 'string' || !ID.test(client))
    return undefined;
  if (!Array.isArray(mutations) || !mutations.every(isMutation)) return undefined;
  return { owner, client, mutations };
}

function isMutation(value: unknown): value is Mutation {
  const { id, model, action, key, data, base, at } = (value ?? {}) as Partial<Record<keyof Mutation, unknown>>;
  const isCount = (number: unknown): boolean => Number.isSafeInteger(number) && (number as number) >= 0;
  return (
    isCount(id) &&
    (id as number) > 0 &&
    typeof model === 'string' &&
    ID.test(model) &&
    typeof key === 'string' &&
    ID.test(key) &&
    (action === 'create' || action === 'update' || action === 'delete') &&
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data) &&
    isCount(base) &&
    isCount(at)
  );
}
