import { describe, expect, it } from 'vitest';
import { TestClock } from '../test/clock.ts';
import { FAIR, PRESETS, Simulator } from './simulator.ts';

/** Sends numbered frames into it, 10 ms apart, and says what came out. */
function run(
  weather: Partial<typeof FAIR>,
  seed: number,
  count = 200,
): { out: number[]; simulator: Simulator; clock: TestClock } {
  const clock = new TestClock();
  const simulator = new Simulator(clock);
  simulator.start({ ...FAIR, ...weather }, seed);
  const out: number[] = [];
  for (let at = 0; at < count; at++) {
    simulator.in(String(at), (text, mark) => mark !== 'dropped' && out.push(Number(text)));
    clock.pass(10);
  }
  clock.pass(60_000);
  return { out, simulator, clock };
}

describe('the network simulator', () => {
  it('does nothing in fair weather', () => {
    expect(run({}, 1).out).toEqual(Array.from({ length: 200 }, (_, at) => at));
  });

  it('does the same for the same seed, and something else for another', () => {
    const weather = { lossPct: 20, duplicatePct: 5, reorderPct: 10, delayMs: 20, jitterMs: 50 };
    const [first, again, other] = [run(weather, 7), run(weather, 7), run(weather, 8)];
    expect(again.simulator.decisions).toEqual(first.simulator.decisions);
    expect(again.out).toEqual(first.out);
    expect(other.simulator.decisions).not.toEqual(first.simulator.decisions);
  });

  it('loses about as many as it is told to', () => {
    const lost = run({ lossPct: 20 }, 3, 2_000).simulator.decisions.filter((line) => line.includes('dropped')).length;
    expect(lost).toBeGreaterThan(300);
    expect(lost).toBeLessThan(500);
  });

  it('keeps the order whatever the jitter, unless it shall not', () => {
    const { out } = run({ delayMs: 50, jitterMs: 300 }, 5);
    expect(out).toEqual([...out].sort((a, b) => a - b));
    const mixed = run({ delayMs: 50, reorderPct: 20 }, 5).out;
    expect(mixed).not.toEqual([...mixed].sort((a, b) => a - b));
    expect(new Set(mixed).size).toBe(200);
  });

  it('lets nothing through when it is half open', () => {
    expect(run(PRESETS['Captive portal'] ?? {}, 1).out).toEqual([]);
  });

  it('takes longer for more bytes', () => {
    const clock = new TestClock();
    const simulator = new Simulator(clock);
    simulator.start({ ...FAIR, kbps: 8 }, 1);
    let came = 0;
    for (const size of [1_000, 1_000]) simulator.in('x'.repeat(size), () => came++);
    clock.pass(1_001);
    expect(came).toBe(1);
    clock.pass(1_001);
    expect(came).toBe(2);
  });

  it('ends by itself after half an hour, and gives what it holds', () => {
    const clock = new TestClock();
    const simulator = new Simulator(clock);
    let isOff = false;
    simulator.onOff = () => {
      isOff = true;
    };
    simulator.start({ ...FAIR, delayMs: 10 ** 9 }, 1);
    let came = 0;
    simulator.in('x', () => came++);
    clock.pass(30 * 60_000 + 1);
    expect([simulator.isOn, isOff, came]).toEqual([false, true, 1]);
  });
});
