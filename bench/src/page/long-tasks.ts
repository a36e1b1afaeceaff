import type { Step } from './lane.ts';

const WATCH_MS = 200;

/**
 * Runs a message in a task of its own, like one from a socket, and lets the browser render. Answers the longest task in
 * milliseconds that it made, rendering included; 0 when none took over 50 ms, which is where the browser begins to count.
 */
export async function longestTask(step: Step): Promise<number> {
  gc?.();
  const found: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => found.push(...list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  // The task that collected the garbage ends here and does not count.
  await sleep(WATCH_MS);
  const start = performance.now();
  await new Promise<void>((done) =>
    setTimeout(() => {
      step();
      done();
    }, 0),
  );
  await sleep(WATCH_MS);
  found.push(...observer.takeRecords());
  observer.disconnect();
  // The browser rounds the start of a task down.
  const ours = found.filter(({ startTime }) => startTime >= start - 2);
  return Math.max(0, ...ours.map(({ duration }) => duration));
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
