import { createRandom } from '../random.ts';
import { quantile } from '../stats.ts';
import type { Lane, Stores } from './lanes.ts';
import { stateOf } from './states.ts';
import { openPage, tasksServer } from './tasks.ts';
import { Visitor } from './visitor.ts';

/** How long a process takes to go on with a session that another one has opened. */
export interface TakeoverRow {
  readonly stateBytes: number;
  readonly store: Lane;
  readonly p50Us: number;
  readonly p95Us: number;
}

interface Plan {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: number;
}

export const MOVING = ['redis', 'hybrid', 'client'] as const;

export async function measureTakeovers(stores: Stores, { sizes, rounds, seed }: Plan): Promise<TakeoverRow[]> {
  const rows: TakeoverRow[] = [];
  for (const stateBytes of sizes) {
    for (const store of MOVING) {
      if (store === 'client' && stateBytes > 12_000) continue;
      const random = createRandom(seed);
      const [one, two] = [0, 1].map(() => stores.make(store)) as [
        ReturnType<Stores['make']>,
        ReturnType<Stores['make']>,
      ];
      const [first, second] = [one, two].map((each) => tasksServer(each, () => stateOf(stateBytes, random))) as [
        ReturnType<typeof tasksServer>,
        ReturnType<typeof tasksServer>,
      ];
      const times: number[] = [];
      for (let round = -3; round < rounds; round++) {
        const session = await openPage(first);
        await one.flush?.();
        const visitor = await Visitor.enter(second, session);
        if (visitor.outcome !== 'adopted') throw new Error(`the session was ${visitor.outcome}, not adopted`);
        if (round >= 0) times.push(visitor.mountUs);
        visitor.leave();
      }
      rows.push({ stateBytes, store, p50Us: quantile(times, 0.5), p95Us: quantile(times, 0.95) });
      first.close();
      second.close();
    }
  }
  return rows;
}
