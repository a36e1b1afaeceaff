import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { measureWorker } from './src/sw/measure.ts';

const REPORT = 'reports/sw.json';

/** `npm run bench:sw -- [--seed S] [--quick]` measures the service worker and writes reports/sw.json. */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, quick: { type: 'boolean', default: false } },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Refusal('--seed takes a whole number.');
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    const report = await measureWorker(browser, { seed, isQuick: values.quick, say: (line) => console.log(line) });
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\nWritten to ${REPORT}.`);
  } finally {
    await browser.close();
  }
});
