import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { HandlerDelay } from './handler-delay.ts';

it('a delay ends by itself after half an hour', async () => {
  const clock = new FakeClock();
  const delay = new HandlerDelay(clock);
  const run = (): Promise<void> => Promise.resolve();
  delay.set(50);
  await clock.advance(30 * 60_000 - 1);
  expect(delay.before(run)).not.toBe(run);
  await clock.advance(1);
  expect(delay.before(run)).toBe(run);
  // One that is asked for again begins again.
  delay.set(50);
  expect(delay.before(run)).not.toBe(run);
  expect(delay.set(-3)).toBe(0);
  expect(delay.before(run)).toBe(run);
});
