import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import { createRandom } from '../random.ts';
import type { ServerResult } from '../report/report.ts';
import { median, pairedRatio } from '../stats.ts';
import { applyChange } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { tell, WORKLOADS, type Workload } from '../workloads/workloads.ts';
import { DIFFERS, type Differ } from './differs.ts';
import { view } from './views.ts';

/** Rounds × messages are capped, for a view of 100,000 rows takes its time. */
const MIN_MS = 300;
const MIN_RUNS = 15;

/** What is measured besides the workloads of the page. */
const ONE_IN_10000: Workload = {
  ...(WORKLOADS.find(({ id }) => id === 'every10-10000') as Workload),
  id: 'one-in-10000',
  messages: 60,
  next: (random, items) => {
    const at = random.int(items.length);
    return { kind: 'text', at: [at], texts: [`changed ${random.int(1_000_000)}`] };
  },
};

/**
 * The server's part of each workload: finding the difference to the last render, against rendering the view anew.
 * Runs in a process of its own, so that nothing else has shaped the optimiser's opinion.
 */
export function measureServer(ids: readonly string[], seed: number): ServerResult[] {
  const chosen = [...WORKLOADS, ONE_IN_10000].filter(({ id }) => ids.includes(id) || id === ONE_IN_10000.id);
  return chosen.flatMap((workload) =>
    Object.entries(DIFFERS).map(([candidate, makeDiffer]) => {
      const { diffs, fulls } = run(workload, seed, makeDiffer);
      return {
        id: workload.id,
        candidate,
        p50Us: median(diffs),
        ratioToFullRender: pairedRatio(diffs, fulls),
      };
    }),
  );
}

interface Times {
  diffs: number[];
  fulls: number[];
}

function run(workload: Workload, seed: number, makeDiffer: (first: ReturnType<typeof view>) => Differ): Times {
  const { initial, changes } = tell(workload, seed);
  const random = createRandom(seed);
  const times: Times = { diffs: [], fulls: [] };
  const deadline = performance.now() + MIN_MS;
  for (let runs = 0; runs < MIN_RUNS || performance.now() < deadline; ) {
    let items: Items = initial;
    const differ = makeDiffer(view(workload.kind, items));
    for (const change of changes) {
      items = applyChange(items, change);
      // Half of the time the full render comes first: whoever is second finds warmer caches.
      const isFirst = random.int(2) === 0;
      if (isFirst) times.fulls.push(renderAnew(workload, items));
      times.diffs.push(timed(() => differ(view(workload.kind, items))));
      if (!isFirst) times.fulls.push(renderAnew(workload, items));
      runs++;
      if (runs >= MIN_RUNS && performance.now() > deadline) break;
    }
    gc?.();
  }
  const warm = Math.floor(times.diffs.length / 5);
  return { diffs: times.diffs.slice(warm), fulls: times.fulls.slice(warm) };
}

const renderAnew = (workload: Workload, items: Items): number =>
  timed(() => new Rendering(() => {}).full(view(workload.kind, items)));

function timed(act: () => unknown): number {
  const start = performance.now();
  act();
  return (performance.now() - start) * 1000;
}
