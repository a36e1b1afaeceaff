import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { writeMeasured } from '../scripts/measured.ts';
import { fromRoot } from '../scripts/root.ts';
import { describeMachine } from './src/report/machine.ts';
import { DELAY_MS, PARTS } from './src/sw/measure.ts';
import { FIELDS, type SwReport, tablesOf } from './src/sw/tables.ts';

const REPORT = 'reports/sw.json';
const DOC = 'docs/service-worker.md';

/**
 * `npm run bench:sw -- [--seed S] [--quick] [--only shell,faults] [--doc]` measures the service worker and writes
 * reports/sw.json. With `--only` the other parts of the report stay as they are; `--doc` brings them all into the docs.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      doc: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Refusal('--seed takes a whole number.');
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined)
    throw new Refusal(`--only: there is no "${unknown}". There are: ${Object.keys(PARTS).join(', ')}.`);
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    for (const name of names) await measure(browser, name, { seed, isQuick: values.quick });
    console.log(`\nWritten to ${REPORT}.`);
    if (values.doc) bringToDoc();
  } finally {
    await browser.close();
  }
});

function bringToDoc(): void {
  const report = JSON.parse(readFileSync(fromRoot(REPORT), 'utf8')) as SwReport;
  const missing = FIELDS.filter((field) => !(field in report));
  if (missing.length > 0) throw new Refusal(`${REPORT} has no ${missing.join(', ')} yet: measure the other parts too.`);
  writeMeasured(DOC, tablesOf(report));
  console.log(`Brought to ${DOC}.`);
}

async function measure(browser: Browser, name: string, options: { seed: number; isQuick: boolean }): Promise<void> {
  const say = (line: string): void => console.log(line);
  const part = (await PARTS[name]?.(browser, { ...options, say })) ?? {};
  say(`${name}: ${JSON.stringify(part)}`);
  // After each part: a run that is broken off has not been for nothing.
  const path = fromRoot(REPORT);
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as object) : {};
  const head = { machine: describeMachine(browser.version()), seed: options.seed, delayMs: DELAY_MS };
  mkdirSync(fromRoot('reports'), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...known, ...head, ...part }, null, 2)}\n`);
}
