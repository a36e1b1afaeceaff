import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRandom } from '../random.ts';
import { LANES, type Lane, type Stores } from './lanes.ts';
import { stateOf } from './states.ts';
import { openPage, tasksServer } from './tasks.ts';

/** What a session takes up, where. */
export interface MemoryRow {
  readonly stateBytes: number;
  readonly store: Lane;
  /** In the process, while a browser is connected. */
  readonly heapBytes: number;
  /** In Redis; none for the others. */
  readonly redisBytes: number;
}

const SESSIONS = 400;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export async function measureMemory(stores: Stores, sizes: readonly number[], seed: number): Promise<MemoryRow[]> {
  const rows: MemoryRow[] = [];
  for (const stateBytes of sizes) {
    for (const lane of LANES) {
      if (lane === 'client' && stateBytes > 12_000) continue;
      await stores.clear();
      const store = stores.make(lane);
      const random = createRandom(seed);
      // Each session has a state of its own, as it would have after a query.
      const server = tasksServer(store, () => stateOf(stateBytes, random));
      for (let at = 0; at < 50; at++) await openPage(server);
      const before = await weigh(stores);
      for (let at = 0; at < SESSIONS; at++) await openPage(server);
      await store.flush?.();
      const after = await weigh(stores);
      rows.push({
        stateBytes,
        store: lane,
        heapBytes: Math.round((after.heap - before.heap) / SESSIONS),
        redisBytes: lane === 'redis' || lane === 'hybrid' ? Math.round((after.redis - before.redis) / SESSIONS) : 0,
      });
      server.close();
    }
  }
  await stores.clear();
  return rows;
}

async function weigh(stores: Stores): Promise<{ heap: number; redis: number }> {
  // What is on its way to Redis is let go by then.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((done) => setTimeout(done, 20));
    collect();
  }
  return { heap: process.memoryUsage().heapUsed, redis: await stores.usedBytes() };
}
