import { createRandom } from '../random.ts';
import type { SiteProcess } from '../site-process.ts';
import { quantile } from '../stats.ts';
import { Crowd } from './crowd.ts';
import type { Usage } from './usage.ts';

export interface LoadOptions {
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface LoadRow {
  readonly connections: number;
  /** Resident and heap memory of idle visitors, above that of the site with its first few. */
  readonly rssKiBPerConnection: number;
  readonly heapKiBPerConnection: number;
  readonly eventsPerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** Time of the server's processor per event, of all threads. */
  readonly cpuUsPerEvent: number;
  /** Answers that showed another number than the visitor expected. */
  readonly wrong: number;
  /** What a Redis behind the site has of it. */
  readonly redis?: {
    readonly kiBPerSession: number;
    readonly cpuUsPerEvent: number;
    readonly commandsPerEvent: number;
  };
}

/** What a Redis has used so far. */
export interface RedisUsage {
  readonly bytes: number;
  readonly cpuUs: number;
  readonly commands: number;
}

/** What is loaded and compiled for the first visitors is no cost of the later ones. */
const WARM_UP = 50;
const WARM_UP_SECONDS = 3;

/** One size on a site that has seen nobody yet. */
export async function measureLoad(
  site: SiteProcess,
  connections: number,
  options: LoadOptions,
  redisUsage?: () => Promise<RedisUsage>,
): Promise<LoadRow> {
  const { eventsPerSecond, seconds, seed } = options;
  const random = createRandom(seed);
  const crowd = new Crowd(site.port);
  try {
    await crowd.grow(WARM_UP);
    const base = await rest(site);
    const redisBase = await redisUsage?.();
    await crowd.grow(connections);
    const idle = await rest(site);
    if (idle.sessions !== connections) throw new Error(`${connections} visitors, ${idle.sessions} sessions`);
    await crowd.press(eventsPerSecond, WARM_UP_SECONDS, random);
    const before = await usageOf(site);
    const redisBefore = await redisUsage?.();
    await crowd.press(eventsPerSecond, seconds, random);
    const after = await usageOf(site);
    const redisAfter = await redisUsage?.();
    const events = eventsPerSecond * seconds;
    const { latencies, wrong } = crowd;
    const perConnection = (more: number): number => more / 1024 / (connections - WARM_UP);
    return {
      connections,
      rssKiBPerConnection: perConnection(idle.rssBytes - base.rssBytes),
      heapKiBPerConnection: perConnection(idle.heapBytes - base.heapBytes),
      eventsPerSecond,
      latencyMs: {
        p50: quantile(latencies, 0.5),
        p95: quantile(latencies, 0.95),
        p99: quantile(latencies, 0.99),
        max: quantile(latencies, 1),
      },
      cpuUsPerEvent: (after.cpuUs - before.cpuUs) / events,
      wrong,
      ...(redisBase &&
        redisBefore &&
        redisAfter && {
          redis: {
            kiBPerSession: perConnection(redisBefore.bytes - redisBase.bytes),
            cpuUsPerEvent: (redisAfter.cpuUs - redisBefore.cpuUs) / events,
            commandsPerEvent: (redisAfter.commands - redisBefore.commands) / events,
          },
        }),
    };
  } finally {
    crowd.leave();
  }
}

/** What comes and goes with the handshakes is over by then. */
const REST_MS = 2_000;

async function rest(site: SiteProcess): Promise<Usage> {
  await new Promise((done) => setTimeout(done, REST_MS));
  return usageOf(site);
}

const usageOf = async (site: SiteProcess): Promise<Usage> =>
  (await (await fetch(`http://127.0.0.1:${site.port}/usage`)).json()) as Usage;
