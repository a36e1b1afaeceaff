import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { type LoadRow, measureLoad } from './src/load/measure.ts';
import { describeMachine } from './src/report/machine.ts';
import { bundleSite, SiteProcess } from './src/site-process.ts';

const line = ({ connections, rssKiBPerConnection, latencyMs: { p50, p99 }, cpuUsPerEvent, wrong }: LoadRow): string =>
  `${connections} connections: ${rssKiBPerConnection.toFixed(1)} KiB each; an answer takes ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ` +
  `${cpuUsPerEvent.toFixed(0)} µs of processor time per event; ${wrong} wrong`;

const REPORT = 'reports/load.json';

/**
 * `npm run load -- [--sizes 100,1000,5000,10000] [--rate N] [--seconds N] [--seed S]` fills one process of a site with visitors,
 * lets them press a button, and writes reports/load.json: memory per connection, time per event, how long an answer takes.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,5000,10000' },
      rate: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const [eventsPerSecond, seconds, seed] = [values.rate, values.seconds, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  if (![...sizes, eventsPerSecond, seconds, seed].every((given) => Number.isSafeInteger(given) && given > 0))
    throw new Refusal('--sizes, --rate, --seconds and --seed take whole numbers above 0.');
  const bundle = await bundleSite('bench/src/load/site.ts');
  const rows: LoadRow[] = [];
  try {
    for (const size of sizes) {
      const site = await new SiteProcess(bundle.path, { NODE_ENV: 'production' }, ['--expose-gc']).start();
      rows.push(await measureLoad(site, size, { eventsPerSecond, seconds, seed }).finally(() => site.kill()));
      console.log(line(rows.at(-1) as LoadRow));
    }
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(fromRoot(REPORT), `${JSON.stringify({ machine: describeMachine('none'), seed, rows }, null, 2)}\n`);
    console.log(`Wrote ${REPORT}.`);
  } finally {
    await bundle.remove();
  }
});
