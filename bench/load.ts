import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRedis } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { writeMeasured } from '../scripts/measured.ts';
import { fromRoot } from '../scripts/root.ts';
import { RedisProcess } from '../server-ref/test/redis.ts';
import { figures, line } from './src/load/figures.ts';
import { type LoadOptions, type LoadRow, measureLoad } from './src/load/measure.ts';
import { redisUsageOf } from './src/load/redis-usage.ts';
import { describeMachine } from './src/report/machine.ts';
import { bundleSite, SiteProcess } from './src/site-process.ts';

const REPORT = 'reports/load.json';
const DOCUMENT = 'docs/scaling.md';

/**
 * `npm run load -- [--sizes 100,1000,5000,10000] [--rate N] [--seconds N] [--seed S] [--doc]` fills one process of a site with
 * visitors who press a button, and writes reports/load.json: memory per connection, time per event, how long an answer
 * takes; where a redis-server is found, the largest size once more with sessions in Redis. `--doc` brings it to docs/scaling.md.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,5000,10000' },
      rate: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      doc: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const [eventsPerSecond = 0, seconds = 0, seed = 0] = [values.rate, values.seconds, values.seed].map(Number);
  if (![...sizes, eventsPerSecond, seconds, seed].every((given) => Number.isSafeInteger(given) && given > 0))
    throw new Refusal('--sizes, --rate, --seconds and --seed take whole numbers above 0.');
  const options = { eventsPerSecond, seconds, seed };
  const bundle = await bundleSite('bench/src/load/site.ts');
  const rows: LoadRow[] = [];
  try {
    for (const size of sizes) {
      rows.push(await inMemory(bundle.path, size, options));
      console.log(line(rows.at(-1) as LoadRow));
    }
    if (findRedis()) {
      rows.push(await inRedis(bundle.path, Math.max(...sizes), options));
      console.log(line(rows.at(-1) as LoadRow));
    } else console.log('No redis-server here, so nothing is measured with one.');
  } finally {
    await bundle.remove();
  }
  const report = { machine: describeMachine(), seed, rows };
  mkdirSync(fromRoot('reports'), { recursive: true });
  writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Wrote ${REPORT}.`);
  if (values.doc) writeMeasured(DOCUMENT, figures(report));
});

async function inMemory(path: string, connections: number, options: LoadOptions): Promise<LoadRow> {
  const site = await start(path);
  return measureLoad(site, connections, options).finally(() => site.kill());
}

async function inRedis(path: string, connections: number, options: LoadOptions): Promise<LoadRow> {
  const redis = await RedisProcess.start();
  try {
    const client = await redis.client();
    const site = await start(path, { REDIS_URL: redis.url });
    return await measureLoad(site, connections, options, () => redisUsageOf(client)).finally(() => {
      client.destroy();
      return site.kill();
    });
  } finally {
    await redis.kill();
  }
}

function start(path: string, env: Readonly<Record<string, string>> = {}): Promise<SiteProcess> {
  return new SiteProcess(path, { ...env, NODE_ENV: 'production' }, ['--expose-gc']).start();
}
