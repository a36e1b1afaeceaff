import { test as base, expect } from '@playwright/test';
import { sumOf, type Verdict } from '../../bench/src/chaos/oracle.ts';
import { runSchedule, type World } from '../../bench/src/chaos/run.ts';
import { makeSchedule } from '../../bench/src/chaos/schedule.ts';
import { openWorld } from '../../bench/src/chaos/world.ts';
import { createRandom } from '../../bench/src/random.ts';

const EVENTS = 20;
const SCHEDULES = 3;

const test = base.extend<{ world: World }>({
  world: async ({ browser }, use) => {
    const world = await openWorld(browser);
    await use(world);
    await world.close();
  },
});

// Faults take their time, and others may be at work on the machine.
test.describe.configure({ timeout: 300_000 });

async function play(world: World): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const steps = makeSchedule(EVENTS, createRandom(seed), world.breakRedis !== undefined);
    verdicts.push(await runSchedule(world, steps));
  }
  return sumOf(verdicts);
}

test('whatever goes wrong, each event is done once, in its order, and its end is told', async ({ world }) => {
  expect(await play(world)).toEqual({
    lost: 0,
    duplicated: 0,
    reordered: 0,
    divergedDom: 0,
    silent: 0,
    rejected: 0,
    wronglyRejected: 0,
  });
});

test('control: without the outbox the same faults lose events', async ({ world }) => {
  const { lost, silent } = await play({ ...world, hasOutbox: false });
  expect(lost + silent).toBeGreaterThan(0);
});
