import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createServer, defineView, html, type SessionRecord, silentLogger } from '@djust/server';
import { createRandom } from '../random.ts';
import { LANES, type Lane, type Stores } from './lanes.ts';
import { recordOf, stateOf } from './states.ts';

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
      const view = defineView<SessionRecord['state']>({
        name: 'bench.tasks',
        state: { count: 0, rows: [] },
        mount: () => stateOf(stateBytes, random),
        render: ({ count }) => html`<p>${String(count)}</p>`,
      });
      const server = createServer({ pages: { '/': view }, store, log: silentLogger, isDevelopment: false });
      const open = async (): Promise<void> => void (await server.fetch(new Request('http://site.example/')));
      for (let at = 0; at < 50; at++) await open();
      const before = await weigh(stores);
      for (let at = 0; at < SESSIONS; at++) await open();
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

/** What of a table of rows is stored when the view declares them as derived. */
export interface DerivedRow {
  readonly rows: number;
  readonly storedBytes: number;
  readonly derivedBytes: number;
}

export function measureDerived(counts: readonly number[], seed: number): DerivedRow[] {
  return counts.map((rows) => {
    const { rows: all } = stateOf(rows * 100, createRandom(seed)) as { rows: unknown[] };
    const state = { filter: 'open', rows: all.slice(0, rows) } as SessionRecord['state'];
    const storedBytes = JSON.stringify(recordOf(state)).length;
    const derivedBytes = JSON.stringify(recordOf({ filter: 'open' })).length;
    return { rows: Math.min(rows, all.length), storedBytes, derivedBytes };
  });
}
