import { CLOSE, LIMITS } from '@djust/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialState, type SessionState, step } from './machine.ts';

const VISITORS = 10_000;
const SEEDED = { seed: 20, numRuns: 15 };

interface Outage {
  /** How the server went: the code that sockets close with, and what it advised. */
  code: number;
  afterMs?: number;
  /** When each visitor loses the connection, from 0 to 1, in milliseconds. */
  lostAt: (visitor: number) => number;
  /** When there is a server again. */
  backAt: number;
  random: () => number;
}

/** When each visitor is back, in milliseconds. */
function comeBack({ code, afterMs, lostAt, backAt, random }: Outage): number[] {
  const back: number[] = [];
  const live: SessionState = { ...initialState, phase: 'live', link: { offered: true, asked: 0 } };
  for (let visitor = 0; visitor < VISITORS; visitor++) {
    let at = lostAt(visitor);
    let lost = step(live, { kind: 'lost', code, afterMs, random: random() });
    for (;;) {
      const [waiting, effects] = lost;
      const wake = effects.find((effect) => effect.kind === 'wake');
      if (!wake || !('afterMs' in wake)) throw new Error('nobody comes back');
      at += wake.afterMs;
      if (at >= backAt) break;
      const [connecting] = step(waiting, { kind: 'wake' });
      lost = step(connecting, { kind: 'lost', code: CLOSE.abnormal, random: random() });
    }
    back.push(at);
  }
  return back;
}

/** The most in any second, whenever that second begins. */
function peakPerSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0;
  return sorted.reduce((most, time, at) => {
    while ((sorted[from] as number) <= time - 1_000) from++;
    return Math.max(most, at - from + 1);
  }, 0);
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const seconds = (ms: number): number => Math.max(1, ms / 1_000);

it('10,000 visitors of a server that was killed come back evenly, whenever there is one again', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 60_000 }), (seed, backAt) => {
      const back = comeBack({ code: CLOSE.abnormal, lostAt: () => 0, backAt, random: randomOf(seed) });
      // Each draws from twice the time that it has waited so far, and waits for half of what it draws from, on average.
      const window = Math.min(LIMITS.backoffMaxMs / 2, Math.max(2 * LIMITS.backoffMinMs, backAt));
      expect(peakPerSecond(back)).toBeLessThanOrEqual((1.5 * VISITORS) / seconds(window));
    }),
    SEEDED,
  );
});

it('10,000 visitors of a server that closes all at once come back within the time that it advises', () => {
  const advised = 20_000;
  const back = comeBack({
    ...{ code: CLOSE.restart, afterMs: advised, lostAt: () => 0, backAt: 0, random: randomOf(1) },
  });
  expect(Math.max(...back)).toBeLessThanOrEqual(advised);
  expect(peakPerSecond(back)).toBeLessThanOrEqual((1.5 * VISITORS) / seconds(advised));
});

it('10,000 visitors who are sent on over five seconds come back over five seconds', () => {
  const lostAt = (visitor: number): number => (visitor / VISITORS) * LIMITS.drainMs;
  const back = comeBack({
    ...{ code: CLOSE.restart, afterMs: LIMITS.comeBackMs, lostAt, backAt: 0, random: randomOf(2) },
  });
  expect(peakPerSecond(back)).toBeLessThanOrEqual((1.5 * VISITORS) / seconds(LIMITS.drainMs));
  const away = back.map((at, visitor) => at - lostAt(visitor));
  expect(Math.max(...away)).toBeLessThanOrEqual(LIMITS.comeBackMs);
});

it('control: without chance all come back in the same moment', () => {
  const back = comeBack({ code: CLOSE.abnormal, lostAt: () => 0, backAt: 5_000, random: () => 0.5 });
  expect(peakPerSecond(back)).toBe(VISITORS);
});

it('an advice beyond reason is not followed', () => {
  const back = comeBack({
    ...{ code: CLOSE.tryLater, afterMs: 1e12, lostAt: () => 0, backAt: 0, random: () => 0.99 },
  });
  expect(Math.max(...back)).toBeLessThanOrEqual(2 * LIMITS.backoffMaxMs);
});
