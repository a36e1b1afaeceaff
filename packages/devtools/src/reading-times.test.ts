import { beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from '../test/clock.ts';
import { ReadingTimes } from './reading-times.ts';

/** Idle as soon as it is asked. */
class IdleClock extends TestClock {
  override idle(run: (leftMs: () => number) => void): void {
    this.after(1, () => run(() => 10));
  }
}

let clock: IdleClock;
let reads: number[];
let times: ReadingTimes;

beforeEach(() => {
  clock = new IdleClock();
  reads = [];
  const begun = clock.now();
  times = new ReadingTimes(clock, () => reads.push(clock.now() - begun));
});

/** Writes every ten milliseconds. */
function write(forMs: number): void {
  for (let at = 0; at < forMs; at += 10) {
    times.wrote(clock.now());
    clock.pass(10);
  }
}

describe('while nobody looks', () => {
  it('reads when the page has rested, not between two events', () => {
    write(300);
    expect(reads).toEqual([]);
    clock.pass(1_000);
    expect(reads).toEqual([801]);
  });

  it('reads after two seconds of a page that never rests, and again two seconds later', () => {
    write(5_000);
    expect(reads).toEqual([2_001, 4_011]);
  });
});

it('reads at the next idle moment while somebody looks, and at once when somebody begins to', () => {
  times.wrote(clock.now());
  times.isWatched = true;
  times.soon();
  clock.pass(1);
  expect(reads).toEqual([1]);
  write(30);
  expect(reads.length).toBe(4);
});

it('reads nothing before what it is to wait for is there, whoever looks', async () => {
  let ready = (): void => {};
  times.holdUntil(
    new Promise<void>((resolve) => {
      ready = resolve;
    }),
  );
  times.isWatched = true;
  times.soon();
  write(100);
  expect(reads).toEqual([]);
  ready();
  await new Promise((resolve) => setImmediate(resolve));
  clock.pass(5);
  expect(reads).toHaveLength(1);
});
