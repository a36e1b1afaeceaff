import { DjustError, faultOf, LIMITS } from '@djust/protocol';

/** Time, timers and chance. Everything that waits or draws takes one, so tests can turn the hands. */
export interface Clock {
  now(): number;
  /** Answers the function that cancels; it may be called twice. */
  after(ms: number, run: () => void): () => void;
  /** 128 random bits as hex: session tokens, error ids. */
  id(): string;
}

/** A timer that is to wait longer would not wait at all; this one comes after 24 days, and whoever set it looks again. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, LONGEST_MS));
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  id: () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

/**
 * Waits for a function of the app, but not for ever. A late result is dropped, a late failure too.
 * @throws what `run` throws, or `event/timeout`
 */
export async function inTime<T>(clock: Clock, at: string, run: (signal: AbortSignal) => T): Promise<Awaited<T>> {
  const abort = new AbortController();
  const result = run(abort.signal);
  if (!isThenable(result)) return result as Awaited<T>;
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(LIMITS.handlerMs, () => {
      abort.abort();
      reject(new DjustError(faultOf('event/timeout', at)));
    });
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    cancel();
  }
}

/** Resolves with the promise, or when the time is over. */
export async function atMost(clock: Clock, ms: number, done: Promise<void>): Promise<void> {
  let cancel = (): void => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  await Promise.race([done, over]);
  cancel();
}

export const isTimeout = (error: unknown): boolean => error instanceof DjustError && error.code === 'event/timeout';

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
