import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { parseQuery } from '../packages/devtools/src/model/query.ts';
import { someEvents } from '../packages/devtools/test/events.ts';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { measureLargeState } from './src/devtools/large-state.ts';
import { measureRatios } from './src/devtools/ratios.ts';
import { startSite } from './src/devtools/site.ts';
import { measureTasks } from './src/devtools/tasks.ts';
import { describeMachine } from './src/report/machine.ts';
import { quantile } from './src/stats.ts';

const REPORT = 'reports/devtools.json';

/**
 * `npm run bench:devtools -- [--quick]`: what the debug panel costs the page, closed and open, and how fast
 * it is itself. It measures what is built: `npm run build && npm run size` before.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  const site = await startSite();
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    const plan = {
      origin: site.origin,
      rounds: values.quick ? 25 : 250,
      events: 40,
      say: console.log,
    };
    const { closed, open, control, perEvent, heldBytes } = await measureRatios(browser, plan);
    const longest = await measureTasks(browser, { ...plan, events: values.quick ? 60 : 250 });
    const tabs = Object.entries(longest).filter(([tab]) => tab !== 'none');
    const cost = {
      closedRatioP95: closed.p95.ratio,
      openRatioP95: open.p95.ratio,
      heldBytes,
      longestTaskMs: Math.max(...tabs.map(([, { cpuMs }]) => cpuMs)),
      openMs10MbState: await measureLargeState(browser, { ...plan, rounds: values.quick ? 5 : 40 }),
      filterMs5000Events: filterMs(),
      ranges: { closed, open, control },
      perEvent,
      longest,
    };
    const sizes = JSON.parse(readFileSync(fromRoot('reports/size.json'), 'utf8')) as {
      bundles: { file: string; gzip: number }[];
    };
    const gzipOf = (name: string): number | undefined => sizes.bundles.find(({ file }) => file === name)?.gzip;
    const report = {
      machine: describeMachine(browser.version()),
      ...cost,
      coreGzip: gzipOf('djust-devtools.js'),
      allGzip: gzipOf('the panel with all tabs'),
    };
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
    console.log(`${JSON.stringify(report, null, 2)}\nWritten to ${REPORT}.`);
  } finally {
    await browser.close();
    await site.close();
  }
});

/** A query of five terms over 5,000 events, the slower of two halves of the runs. */
function filterMs(): number {
  const events = someEvents(5_000);
  const now = Date.now();
  const times = Array.from({ length: 30 }, () => {
    const from = performance.now();
    const { test } = parseQuery('/^(save|add)/ -status:dropped ms>5 has:patch t<10000h');
    events.filter((event) => test(event, now));
    return performance.now() - from;
  });
  return quantile(times, 0.95);
}
