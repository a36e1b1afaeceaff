import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.ts';
import { command, Refusal } from '../scripts/command.ts';
import { fromRoot } from '../scripts/root.ts';
import { measureFilter } from './src/devtools/filter.ts';
import { measureLargeState } from './src/devtools/large-state.ts';
import { compare, type Plan } from './src/devtools/ratios.ts';
import { startSite } from './src/devtools/site.ts';
import { measureTasks } from './src/devtools/tasks.ts';
import { describeMachine } from './src/report/machine.ts';

const REPORT = 'reports/devtools.json';

type Figures = Record<string, unknown>;
type Part = (browser: Browser, plan: Plan, isQuick: boolean) => Promise<Figures>;

/** Each is measured alone or with the others; what it finds takes the place of what the report had of it. */
const PARTS: Readonly<Record<string, Part>> = {
  closed: async (browser, plan, isQuick) => {
    const found = await compare(browser, plan, {
      kinds: ['absent', 'closed'],
      budgetMs: isQuick ? 20_000 : 80_000,
      events: 120,
      everyMs: 0,
    });
    return { closedRatioP95: found.patch.p95.ratio, closed: found };
  },
  open: async (browser, plan, isQuick) => {
    const found = await compare(browser, plan, {
      kinds: ['absent', 'open'],
      budgetMs: isQuick ? 15_000 : 45_000,
      events: 40,
      everyMs: 5,
    });
    return { openRatioP95: found.patch.p95.ratio, open: found };
  },
  tasks: async (browser, plan, isQuick) => {
    const { heldBytes, longest } = await measureTasks(browser, plan, {
      held: isQuick ? 1_500 : 5_000,
      events: isQuick ? 60 : 200,
    });
    const tabs = Object.entries(longest).filter(([tab]) => tab !== 'none');
    return { heldBytes, longestTaskMs: Math.max(...tabs.map(([, { cpuMs }]) => cpuMs)), longest };
  },
  state: async (browser, plan, isQuick) => ({
    openMs10MbState: await measureLargeState(browser, plan, isQuick ? 5 : 15),
  }),
  filter: async (_browser, { seed }) => ({ filterMs5000Events: measureFilter(seed) }),
};

/**
 * `npm run bench:devtools -- [--quick] [--seed S] [--only part,part]`: what the debug panel costs the page, closed and open,
 * and how fast it is itself. It measures what is built: `npm run build && npm run size` before.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = names.find((name) => !PARTS[name]);
  if (unknown !== undefined)
    throw new Refusal(`--only: there is no "${unknown}". There are: ${Object.keys(PARTS).join(', ')}.`);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 1) throw new Refusal('--seed takes a whole number from 1.');
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('Chromium is missing; `npm test -- --only browsers` says how to install it.');
  const report: Figures = values.only && existsSync(fromRoot(REPORT)) ? readReport() : {};
  const site = await startSite();
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    const plan: Plan = { origin: site.origin, seed, say: console.log };
    report.machine = describeMachine(browser.version());
    for (const name of names) {
      const from = performance.now();
      Object.assign(report, await PARTS[name]?.(browser, plan, values.quick));
      console.log(`${name}: ${((performance.now() - from) / 1_000).toFixed(1)} s`);
    }
  } finally {
    await browser.close();
    await site.close();
  }
  Object.assign(report, sizes());
  mkdirSync(fromRoot('reports'), { recursive: true });
  writeFileSync(fromRoot(REPORT), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`${JSON.stringify(report, null, 2)}\nWritten to ${REPORT}.`);
});

function readReport(): Figures {
  return JSON.parse(readFileSync(fromRoot(REPORT), 'utf8')) as Figures;
}

function sizes(): Figures {
  const { bundles } = JSON.parse(readFileSync(fromRoot('reports/size.json'), 'utf8')) as {
    bundles: { file: string; gzip: number }[];
  };
  const gzipOf = (name: string): number | undefined => bundles.find(({ file }) => file === name)?.gzip;
  return { coreGzip: gzipOf('djust-devtools.js'), allGzip: gzipOf('the panel with all tabs') };
}
