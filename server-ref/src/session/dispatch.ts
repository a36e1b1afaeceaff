import { type Fault, faultOf } from '@djust/protocol';
import { type Clock, inTime, isTimeout } from '../clock.ts';
import type { Change } from '../view/define-view.ts';

export type Outcome<S> = { ok: true; change: Partial<S> | undefined } | { ok: false; fault: Fault; error: unknown };

/** Runs a handler: bounded in time, its failure an answer. */
export async function runHandler<S>(
  run: (signal: AbortSignal) => Change<S>,
  options: { clock: Clock; at: string; failure: 'event/failed' | 'view/mount-failed' },
): Promise<Outcome<S>> {
  try {
    return { ok: true, change: (await inTime(options.clock, options.at, run)) ?? undefined };
  } catch (error) {
    return { ok: false, fault: faultOf(isTimeout(error) ? 'event/timeout' : options.failure, options.at), error };
  }
}

/** The state with the fields of `change` in it; `state` itself when none of them differs. */
export function nextState<S extends object>(state: S, change: Partial<S> | undefined): S {
  if (!change) return state;
  const differs = Object.entries(change).some(([key, value]) => !Object.is(value, state[key as keyof S]));
  return differs ? { ...state, ...change } : state;
}

/** In development a handler that modifies its state fails at once instead of confusing the next render. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) freezeDeep(child);
  return value;
}
