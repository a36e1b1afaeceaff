/** Time, timers and chance. Everything that waits or draws takes one, so tests can turn the hands. */
export interface Clock {
  now(): number;
  /** Answers the function that cancels; it may be called twice. */
  after(ms: number, run: () => void): () => void;
  /** 128 random bits as hex: session tokens, error ids. */
  id(): string;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  id: () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};
