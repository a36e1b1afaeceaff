import type { Browser } from 'playwright-core';
import { become, heldBytes, makeEvents, openPage } from './page.ts';
import type { Plan } from './ratios.ts';

/** Longest task of the main thread in milliseconds: by the clock, and by what the processor worked on it. */
export interface Longest {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const FILL_MS = 30_000;

const TABS = [
  'overview',
  'events',
  'network',
  'patches',
  'state',
  'performance',
  'handlers',
  'tree',
  'time',
  'offline',
  'a11y',
  'settings',
];

/**
 * With each tab open, and with none, at 200 events a second, when `held` are held already. On a machine that others
 * use too a task takes as long as they let it: the processor's own time does not know of them.
 */
export async function measureTasks(
  browser: Browser,
  plan: Plan,
  { held, events }: { readonly held: number; readonly events: number },
): Promise<{ longest: Record<string, Longest>; heldBytes: number }> {
  const page = await openPage(browser, `${plan.origin}/table`);
  await become(page, 'closed');
  const until = performance.now() + FILL_MS;
  // In portions that the client's queue takes; a busy machine makes fewer.
  for (let made = 0; made < held && performance.now() < until; made += 50) await makeEvents(page, 50, 0);
  const found: Record<string, Longest> = {};
  for (const tab of ['none', ...TABS]) {
    await become(page, tab === 'none' ? 'closed' : 'open', tab);
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'], screenshots: false });
    await makeEvents(page, events);
    found[tab] = longestIn(JSON.parse((await browser.stopTracing()).toString()) as Trace);
    plan.say(`longest task with ${tab}: ${found[tab].wallMs.toFixed(1)} ms, ${found[tab].cpuMs.toFixed(1)} of work`);
  }
  const bytes = await heldBytes(page);
  await page.context().close();
  return { longest: found, heldBytes: bytes };
}

interface Trace {
  readonly traceEvents: readonly {
    name: string;
    ph: string;
    pid: number;
    tid: number;
    dur?: number;
    tdur?: number;
    args?: { name?: string };
  }[];
}

/** Of the main threads of pages. */
function longestIn({ traceEvents }: Trace): Longest {
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && threads.has(`${pid} ${tid}`),
  );
  const most = (of: (task: (typeof tasks)[number]) => number | undefined): number =>
    tasks.reduce((longest, task) => Math.max(longest, (of(task) ?? 0) / 1_000), 0);
  return { wallMs: most(({ dur }) => dur), cpuMs: most(({ tdur }) => tdur) };
}
