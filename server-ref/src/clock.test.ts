import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { inTime, systemClock } from './clock.ts';

it('waits for as long as a timer can, not for no time at all, when it is told to wait for longer', async () => {
  let isOver = false;
  const cancel = systemClock.after(30 * 86_400_000, () => {
    isOver = true;
  });
  // What overflows is a timer of one millisecond.
  await new Promise((resolve) => setTimeout(resolve, 20));
  cancel();
  expect(isOver).toBe(false);
});

describe('waiting in time', () => {
  it('answers what a function answers, now or later', async () => {
    const clock = new FakeClock();
    expect(await inTime(clock, 'x', () => 1)).toBe(1);
    expect(await inTime(clock, 'x', async () => 2)).toBe(2);
    // Query builders are thenables, not promises.
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested
    expect(await inTime(clock, 'x', () => ({ then: (resolve: (value: number) => void) => resolve(3) }))).toBe(3);
    expect(clock.waiting).toBe(0);
  });

  it('passes on what is thrown', async () => {
    const clock = new FakeClock();
    const boom = (): never => {
      throw new Error('boom');
    };
    await expect(inTime(clock, 'x', boom)).rejects.toThrow('boom');
    await expect(inTime(clock, 'x', async () => boom())).rejects.toThrow('boom');
    expect(clock.waiting).toBe(0);
  });

  it('gives up after 30 s, and a failure that comes later disturbs nobody', async () => {
    const clock = new FakeClock();
    let failLate = (_: Error): void => {};
    const waiting = inTime(
      clock,
      'save',
      () =>
        new Promise((_, reject) => {
          failLate = reject;
        }),
    );
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'event/timeout', at: 'save' });
    await clock.advance(30_000);
    await outcome;
    failLate(new Error('late'));
    await clock.advance(0);
  });
});

it('ids of the system clock are 128 random bits', () => {
  const ids = new Set(Array.from({ length: 100 }, () => systemClock.id()));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

it('a timer of the system clock can be cancelled twice', () => {
  const cancel = systemClock.after(10_000, () => {});
  cancel();
  cancel();
});
