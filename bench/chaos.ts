import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { harm, play } from './src/chaos/play.ts';
import { openWorld } from './src/chaos/world.ts';
import { describeMachine } from './src/report/machine.ts';

const REPORT = 'reports/chaos.json';

/**
 * `npm run chaos -- [--schedules N] [--events M] [--seed S] [--control N] [--store redis|hybrid|client] [--workers N]` plays
 * schedules of faults against a real browser and a real site, counts what was lost, done twice or out of order, and writes
 * reports/chaos.json. Then the same with the outbox off: that has to lose.
 */
await command(import.meta.url, async () => {
  const { schedules, events, seed, control, workers, store } = readOptions();
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: [...CHROMIUM_ARGS] });
  const worlds = await Promise.all(Array.from({ length: workers }, () => openWorld(browser, store)));
  try {
    const plan = { events, seed, say: console.log };
    const result = await play(worlds, { ...plan, schedules, hasOutbox: true });
    const without = await play(worlds, { ...plan, schedules: control, hasOutbox: false });
    console.table({ outbox: result, 'control, without': without });
    mkdirSync(fromRoot('reports'), { recursive: true });
    const report = {
      ...result,
      seed,
      store,
      hasRedis: worlds.every(({ breakRedis }) => breakRedis !== undefined),
      control: without,
      machine: describeMachine(browser.version()),
    };
    writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
    console.log(`Wrote ${REPORT}.`);
    if (harm(result) > 0) throw new Refusal('Something was lost, see above.');
    if (control > 0 && without.lost === 0) throw new Refusal('The control lost nothing: the faults do not bite.');
  } finally {
    await Promise.all(worlds.map((world) => world.close()));
    await browser.close();
  }
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '20' },
      events: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      control: { type: 'string', default: '5' },
      store: { type: 'string', default: 'redis' },
      workers: { type: 'string', default: '2' },
    },
  });
  const whole = (name: 'schedules' | 'events' | 'seed' | 'control' | 'workers'): number => {
    const given = Number(values[name]);
    if (!Number.isSafeInteger(given) || given < 0) throw new Refusal(`--${name} takes a whole number.`);
    return given;
  };
  if (!['redis', 'hybrid', 'client'].includes(values.store))
    throw new Refusal('--store takes redis, hybrid or client.');
  return {
    ...{ schedules: whole('schedules'), events: whole('events'), seed: whole('seed'), control: whole('control') },
    workers: Math.max(1, whole('workers')),
    store: values.store,
  };
}
