import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRedis } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { writeMeasured } from '../scripts/measured.ts';
import { fromRoot } from '../scripts/root.ts';
import { createRandom } from './src/random.ts';
import { describeMachine } from './src/report/machine.ts';
import { measureAnswers } from './src/stores/answers.ts';
import { measureCrashes } from './src/stores/crash.ts';
import { measureDerived } from './src/stores/derived.ts';
import { openStores } from './src/stores/lanes.ts';
import { measureMemory } from './src/stores/memory.ts';
import { measureParts } from './src/stores/parts.ts';
import { type StoresReport, storesText } from './src/stores/print.ts';
import { measureTakeovers } from './src/stores/takeover.ts';

const REPORT = 'reports/stores.json';
const DOC = 'docs/state.md';

/**
 * `npm run bench:stores -- [--rounds N] [--kills N] [--seed S]`: what each state store costs, and what a crash costs with it.
 * Writes reports/stores.json. `--doc` brings the last report into docs/state.md.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '30' },
      kills: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      doc: { type: 'boolean', default: false },
    },
  });
  if (values.doc) {
    if (!existsSync(fromRoot(REPORT))) throw new Refusal('There is no report yet. `npm run bench:stores` makes one.');
    writeMeasured(DOC, storesText(JSON.parse(readFileSync(fromRoot(REPORT), 'utf8')) as StoresReport));
    console.log(`${DOC} has the figures.`);
    return;
  }
  const [rounds, kills, seed] = [values.rounds, values.kills, values.seed].map(Number) as [number, number, number];
  if (![rounds, kills, seed].every((given) => Number.isSafeInteger(given) && given > 0))
    throw new Refusal('--rounds, --kills and --seed take whole numbers above 0.');
  if (!findRedis()) throw new Refusal('redis-server is missing: `apt-get install redis-server` brings it.');
  const stores = await openStores();
  try {
    const report: StoresReport = {
      machine: describeMachine(),
      seed,
      // First: what it weighs must not be what the others left.
      memory: await measureMemory(stores, [100, 10_000, 50_000], seed),
      answers: await measureAnswers(stores, { sizes: [100, 1_000, 10_000, 100_000], rounds, seed }),
      parts: await measureParts(stores, {
        sizes: [1_000, 5_000, 10_000, 50_000, 100_000, 500_000],
        rounds: rounds * 10,
        seed,
      }),
      takeovers: await measureTakeovers(stores, { sizes: [100, 1_000, 10_000, 100_000], rounds: rounds * 5, seed }),
      crashes: await measureCrashes(stores, kills, createRandom(seed)),
      derived: await measureDerived([50, 1_000, 5_000], seed),
    };
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
    console.log(`${storesText(report)}\n\nWrote ${REPORT}.`);
  } finally {
    await stores.close();
  }
});
