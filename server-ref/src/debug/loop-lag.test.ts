import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { LoopLag } from './loop-lag.ts';

it('knows how late the event loop was since the last look, and measures no longer than somebody asks', async () => {
  const clock = new FakeClock();
  const lag = new LoopLag(clock);
  expect(lag.isMeasuring).toBe(false);
  expect(lag.read()).toBeUndefined();
  // The first tick is where it counts from.
  await wait(60);
  const end = performance.now() + 120;
  while (performance.now() < end);
  await wait(60);
  const read = lag.read();
  expect(read?.max).toBeGreaterThan(60);
  expect(read?.p99).toBeLessThanOrEqual(read?.max ?? 0);
  await clock.advance(14_999);
  expect(lag.isMeasuring).toBe(true);
  await clock.advance(1);
  expect(lag.isMeasuring).toBe(false);
  lag.read();
  lag.stop();
  expect(lag.isMeasuring).toBe(false);
});
