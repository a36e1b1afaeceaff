import type { StandardSchema } from '../view/standard-schema.ts';
import { SyncFull, type SyncRecord, type SyncTransaction } from './sync-store.ts';

/** A change that a device made. */
export interface Mutation {
  readonly id: number;
  readonly model: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly base: number;
  readonly at: number;
}

export interface MutationResult {
  readonly id: number;
  readonly status: 'ok' | 'conflict' | 'rejected';
  readonly reason?: string;
  readonly value?: SyncRecord | null;
}

/** Both sides of a conflict: what the server holds, and what the device wants. */
export interface Conflict {
  readonly theirs: SyncRecord | undefined;
  readonly mutation: Mutation;
}

/**
 * Who wins when a record was changed in two places. `manual` and `server_wins` keep what the server has; the first asks the
 * user. A function answers what the record shall hold, or undefined for what it holds already.
 */
export type ConflictStrategy =
  | 'server_wins'
  | 'client_wins'
  | 'merge_by_timestamp'
  | 'manual'
  | ((conflict: Conflict) => Readonly<Record<string, unknown>> | undefined);

export interface SyncModel {
  /** The fields that a device may write, and what they may hold. */
  readonly schema: StandardSchema;
  readonly strategy?: ConflictStrategy;
}

/** Applies one mutation. What the author's schema throws is a rejection of this mutation and of no other. */
export async function applyMutation(
  mutation: Mutation,
  model: SyncModel | undefined,
  transaction: SyncTransaction,
): Promise<MutationResult> {
  const { id } = mutation;
  if (!model) return { id, status: 'rejected', reason: 'sync/unknown-model' };
  const theirs = transaction.get(mutation.model, mutation.key);
  const isConflict = (theirs?.version ?? 0) !== mutation.base;
  try {
    const data = mutation.action === 'delete' ? undefined : await checked(model.schema, mutation.data);
    if (data === 'invalid') return { id, status: 'rejected', reason: 'sync/invalid', value: theirs ?? null };
    if (!isConflict) return write(mutation, data, theirs, transaction);
    const decided = decide(model.strategy ?? 'server_wins', { theirs, mutation: { ...mutation, data: data ?? {} } });
    if (decided === 'theirs') return { id, status: 'conflict', value: theirs ?? null };
    return write(mutation, decided === 'mine' ? data : decided, theirs, transaction);
  } catch (error) {
    if (error instanceof SyncFull) return { id, status: 'rejected', reason: 'sync/full' };
    throw error;
  }
}

type Decision = 'mine' | 'theirs' | Readonly<Record<string, unknown>>;

function decide(strategy: ConflictStrategy, conflict: Conflict): Decision {
  if (typeof strategy === 'function') return strategy(conflict) ?? 'theirs';
  if (strategy === 'client_wins') return 'mine';
  if (strategy === 'merge_by_timestamp') return conflict.mutation.at > (conflict.theirs?.at ?? 0) ? 'mine' : 'theirs';
  return 'theirs';
}

function write(
  { id, model, key, at }: Mutation,
  data: Readonly<Record<string, unknown>> | undefined,
  theirs: SyncRecord | undefined,
  transaction: SyncTransaction,
): MutationResult {
  if (data === undefined) {
    transaction.delete(model, key);
    return { id, status: 'ok', value: null };
  }
  const value = { key, version: (theirs?.version ?? 0) + 1, data, at };
  transaction.put(model, value);
  return { id, status: 'ok', value };
}

async function checked(schema: StandardSchema, data: unknown): Promise<Readonly<Record<string, unknown>> | 'invalid'> {
  const result = await schema['~standard'].validate(data);
  if (result.issues || typeof result.value !== 'object' || result.value === null) return 'invalid';
  return result.value as Readonly<Record<string, unknown>>;
}
