/** Time, timers and chance: the panel's only ones. Times are those of the wall, so that they compare across pages. */
export interface Clock {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** Answers the function that cancels; it may be called twice. */
  after(ms: number, run: () => void): () => void;
  /** Runs when the page has nothing better to do, with the milliseconds that there are. */
  idle(run: (leftMs: () => number) => void): void;
  /** Runs just before the browser draws, where what is written is laid out once; soon where nobody sees the page. */
  frame(run: () => void): void;
}

export const browserClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  idle(run) {
    // A page that never rests must not starve whoever watches it.
    if ('requestIdleCallback' in globalThis)
      requestIdleCallback((deadline) => run(() => deadline.timeRemaining()), { timeout: 250 });
    else setTimeout(() => run(() => 4), 50);
  },
  frame(run) {
    if (document.visibilityState === 'visible') requestAnimationFrame(run);
    else setTimeout(run);
  },
};
