import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import { createRandom } from '../random.ts';
import type { ServerResult } from '../report/report.ts';
import { median, pairedRatio } from '../stats.ts';
import { applyChange } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { tell, WORKLOADS, type Workload, workloadById } from '../workloads/workloads.ts';
import { DIFFERS } from './differs.ts';
import { view } from './views.ts';

const MIN_MS = 500;
const MIN_RUNS = 15;

/** What only the server is asked. */
const ITS_OWN: readonly Workload[] = [
  {
    ...(workloadById('every10-10000') as Workload),
    id: 'one-in-10000',
    messages: 60,
    next: (random, items) => ({ kind: 'text', at: [random.int(items.length)], texts: [`news ${random.int(1e6)}`] }),
  },
  { ...(workloadById('shuffle-1000') as Workload), id: 'shuffle-10000', size: 10_000 },
];

/**
 * The server's part of each workload: finding the difference to the last render, against rendering the view anew.
 * Runs in a process of its own, so that nothing else has shaped the optimiser's opinion.
 */
export function measureServer(ids: readonly string[], seed: number): ServerResult[] {
  const chosen = [...WORKLOADS.filter(({ id }) => ids.includes(id)), ...ITS_OWN];
  return chosen.flatMap((workload) =>
    Object.keys(DIFFERS).map((candidate) => {
      const { diffs, fulls } = run(workload, seed, candidate);
      return { id: workload.id, candidate, p50Us: median(diffs), ratioToFullRender: pairedRatio(diffs, fulls) };
    }),
  );
}

interface Times {
  readonly diffs: number[];
  readonly fulls: number[];
}

function run(workload: Workload, seed: number, candidate: string): Times {
  const { kind } = workload;
  const { initial, changes } = tell(workload, seed);
  const random = createRandom(seed);
  const times: Times = { diffs: [], fulls: [] };
  const deadline = performance.now() + MIN_MS;
  const isEnough = (): boolean => times.diffs.length >= MIN_RUNS && performance.now() > deadline;
  while (!isEnough()) {
    let items: Items = initial;
    const differ = DIFFERS[candidate]?.(kind, items);
    for (const change of changes) {
      items = applyChange(items, change);
      const diff = differ?.(items) ?? (() => {});
      const full = (): string => new Rendering(() => {}).full(view(kind, items));
      // Whoever is second finds warmer caches, so they take turns.
      const isFirst = random.int(2) === 0;
      if (isFirst) times.fulls.push(timed(full));
      times.diffs.push(timed(diff));
      if (!isFirst) times.fulls.push(timed(full));
      if (isEnough()) break;
    }
    gc?.();
  }
  // The first runs are interpreted.
  const warm = Math.floor(times.diffs.length / 5);
  return { diffs: times.diffs.slice(warm), fulls: times.fulls.slice(warm) };
}

function timed(act: () => unknown): number {
  const start = performance.now();
  act();
  return (performance.now() - start) * 1000;
}
