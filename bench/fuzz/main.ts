import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browsers.ts';
import { command, Refusal } from '../../scripts/command.ts';
import { fromRoot } from '../../scripts/root.ts';
import { bundle } from '../src/browser/bundle.ts';
import type { FuzzPage, Kind, Round } from './page.ts';

declare const fuzz: FuzzPage;

const KINDS: readonly Kind[] = ['views', 'patches', 'ops', 'merges'];
/** Sequences between two lines of progress; small, so that a page that hangs is noticed. */
const ROUND = 100;
const MOST_FAILURES = 10;

/**
 * `npm run fuzz -- [--pairs N] [--seed S]` plays random sequences of pages in a real browser until N pairs of neighbours
 * were compared, and writes reports/fuzz.json. The same seed plays the same sequences.
 */
await command(import.meta.url, async () => {
  const { pairs, seed } = readOptions(process.argv.slice(2));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle(new URL('page.ts', import.meta.url)), type: 'module' });
    await page.waitForFunction(() => 'fuzz' in globalThis);
    const found = await play(page, pairs, seed);
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(fromRoot('reports/fuzz.json'), `${JSON.stringify({ ...found, seed }, null, 2)}\n`);
    console.log(`${found.pairs} pairs, ${found.failures} failures, seed ${seed}. Written to reports/fuzz.json.`);
    if (found.failures > 0) process.exitCode = 1;
  } finally {
    await browser.close();
  }
});

function readOptions(args: string[]): { pairs: number; seed: number } {
  const { values } = parseArgs({
    args,
    options: { pairs: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
  });
  const [pairs, seed] = [Number(values.pairs), Number(values.seed)];
  if (!Number.isInteger(pairs) || pairs < 1) throw new Refusal('--pairs takes a whole number from 1.');
  if (!Number.isInteger(seed)) throw new Refusal('--seed takes a whole number.');
  return { pairs, seed };
}

async function launch() {
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
}

async function play(page: Page, wanted: number, seed: number): Promise<{ pairs: number; failures: number }> {
  let pairs = 0;
  let failures = 0;
  for (let round = 0; pairs < wanted; round++) {
    const kind = KINDS[round % KINDS.length] as Kind;
    // Rounds of one run, and runs with neighbouring seeds, share no sequence.
    const roundSeed = (Math.imul(seed, 0x9e3779b1) + round) | 0;
    const done: Round = await page.evaluate(([kind, count, seed]) => fuzz.run(kind, count, seed), [
      kind,
      ROUND,
      roundSeed,
    ] as const);
    pairs += done.pairs;
    if (done.failure) {
      failures++;
      console.error(`${kind}, seed ${roundSeed}:\n${done.failure}`);
      if (failures >= MOST_FAILURES) break;
    }
    if (round % 30 === 29) console.log(`${pairs} of ${wanted} pairs`);
  }
  return { pairs, failures };
}
