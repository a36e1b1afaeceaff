/** A change that was made on this device, on its way to the server. */
export interface Mutation {
  /** Counts up without gaps on this device. */
  readonly id: number;
  readonly model: string;
  readonly action: 'create' | 'update' | 'delete';
  /** Names the record; made on the device, so that a record can be changed before the server has seen it. */
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Version of the record that the user saw; 0 for a new one. */
  readonly base: number;
  /** When the user did it, by the clock of the device. */
  readonly at: number;
}

export type NewMutation = Omit<Mutation, 'id' | 'at'>;

/** What became of one mutation. */
export interface MutationResult {
  readonly id: number;
  readonly status: 'ok' | 'conflict' | 'rejected';
  readonly reason?: string;
  /** What the server holds, when it is not what was sent. */
  readonly value?: unknown;
}

/** Checked, because a proxy or a login page may have answered in place of the server. */
export function readAnswer(body: unknown): { lastId: number; results: MutationResult[] } | undefined {
  const { lastId, results } = (body ?? {}) as { lastId?: unknown; results?: unknown };
  if (!Number.isSafeInteger(lastId) || !Array.isArray(results)) return undefined;
  const isResult = (one: Partial<MutationResult> | null): boolean =>
    Number.isSafeInteger(one?.id) && ['ok', 'conflict', 'rejected'].includes(one?.status ?? '');
  return results.every(isResult) ? { lastId: lastId as number, results: results as MutationResult[] } : undefined;
}
