import { DjustError, type Fault, faultOf, LIMITS } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { Change } from '../view/define-view.ts';

export type Outcome<S> = { ok: true; change: Partial<S> | undefined } | { ok: false; fault: Fault; error: unknown };

/** Runs a function of the app: bounded in time, its failure an answer. A late result is dropped. */
export async function runHandler<S>(
  run: (signal: AbortSignal) => Change<S>,
  options: { clock: Clock; at: string; failure: 'event/failed' | 'view/mount-failed' },
): Promise<Outcome<S>> {
  const abort = new AbortController();
  let cancel = (): void => {};
  try {
    const result = run(abort.signal);
    if (!(result instanceof Promise)) return { ok: true, change: result ?? undefined };
    const late = new Promise<never>((_, reject) => {
      cancel = options.clock.after(LIMITS.handlerMs, () => {
        abort.abort();
        reject(new DjustError(faultOf('event/timeout', options.at)));
      });
    });
    return { ok: true, change: (await Promise.race([result, late])) ?? undefined };
  } catch (error) {
    const isTimeout = error instanceof DjustError && error.code === 'event/timeout';
    return { ok: false, fault: faultOf(isTimeout ? 'event/timeout' : options.failure, options.at), error };
  } finally {
    cancel();
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
