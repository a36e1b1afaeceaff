/** Time, timers and chance: the client's only ones, so that tests can turn the hands. */
export interface Clock {
  now(): number;
  /** Answers the function that cancels; it may be called twice. */
  after(ms: number, run: () => void): () => void;
  /** 0 ≤ x < 1 */
  random(): number;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
