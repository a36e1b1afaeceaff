import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { sumOf, type Verdict } from './src/chaos/oracle.ts';
import { runSchedule } from './src/chaos/run.ts';
import { makeSchedule } from './src/chaos/schedule.ts';
import { openWorld } from './src/chaos/world.ts';
import { createRandom } from './src/random.ts';
import { describeMachine } from './src/report/machine.ts';

const REPORT = 'reports/chaos.json';

/**
 * `npm run chaos -- [--schedules N] [--events M] [--seed S] [--control N] [--store redis|hybrid|client]` plays schedules of faults against a real browser and
 * a real site, counts what was lost, done twice or out of order, and writes reports/chaos.json. Then the same with the outbox
 * off: that has to lose.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '20' },
      events: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      control: { type: 'string', default: '5' },
      store: { type: 'string', default: 'redis' },
    },
  });
  const [schedules, events, seed, control] = [values.schedules, values.events, values.seed, values.control].map(Number);
  if (![schedules, events, seed, control].every((given) => Number.isSafeInteger(given) && (given as number) >= 0))
    throw new Refusal('--schedules, --events, --seed and --control take whole numbers.');
  if (!['redis', 'hybrid', 'client'].includes(values.store))
    throw new Refusal('--store takes redis, hybrid or client.');
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: [...CHROMIUM_ARGS] });
  const world = await openWorld(browser, values.store);
  const play = async (count: number, hasOutbox: boolean): Promise<Verdict> => {
    const verdicts: Verdict[] = [];
    for (let at = 0; at < count; at++) {
      const steps = makeSchedule(events as number, createRandom((seed as number) + at), world.breakRedis !== undefined);
      const verdict = await runSchedule({ ...world, hasOutbox }, steps);
      verdicts.push(verdict);
      const isBad = verdict.lost + verdict.duplicated + verdict.reordered + verdict.divergedDom + verdict.silent > 0;
      if (hasOutbox && (isBad || verdict.rejected + verdict.wronglyRejected > 0))
        console.log(
          `seed ${(seed as number) + at}: ${JSON.stringify(verdict)}\n  ${steps.map(({ fault, events }) => `${fault}+${events}`).join(' ')}`,
        );
      else if ((at + 1) % 10 === 0) console.log(`${at + 1} of ${count} schedules`);
    }
    return sumOf(verdicts);
  };
  try {
    const result = {
      schedules,
      events: (schedules as number) * (events as number),
      ...(await play(schedules as number, true)),
    };
    const without = {
      schedules: control,
      events: (control as number) * (events as number),
      ...(await play(control as number, false)),
    };
    console.table({ outbox: result, 'control, without': without });
    mkdirSync(fromRoot('reports'), { recursive: true });
    const report = {
      ...result,
      seed,
      store: values.store,
      hasRedis: world.breakRedis !== undefined,
      control: without,
      machine: describeMachine(browser.version()),
    };
    writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
    console.log(`Wrote ${REPORT}.`);
    const { lost, duplicated, reordered, divergedDom, silent } = result;
    if (lost + duplicated + reordered + divergedDom + silent > 0) throw new Refusal('Something was lost, see above.');
    if ((control as number) > 0 && without.lost === 0)
      throw new Refusal('The control lost nothing: the faults do not bite.');
  } finally {
    await world.close();
    await browser.close();
  }
});
