import { markdownTable, sayMachine } from '../report/print.ts';
import type { Machine } from '../report/report.ts';
import type { LoadRow } from './measure.ts';

export interface LoadReport {
  readonly machine: Machine;
  readonly seed: number;
  readonly rows: readonly LoadRow[];
}

/** A row for the terminal. */
export function line({ connections, rssKiBPerConnection, latencyMs, cpuUsPerEvent, wrong, redis }: LoadRow): string {
  const parts = [
    `${connections} connections${redis ? ', sessions in Redis' : ''}: ${rssKiBPerConnection.toFixed(1)} KiB each`,
    `an answer takes ${latencyMs.p50.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(1)} ms`,
    `${cpuUsPerEvent.toFixed(0)} µs of processor time per event`,
    `${wrong} wrong`,
  ];
  if (redis)
    parts.push(`Redis: ${redis.kiBPerSession.toFixed(2)} KiB each, ${redis.cpuUsPerEvent.toFixed(0)} µs per event`);
  return parts.join('; ');
}

const VISITORS = 1_000_000;
/** A visitor who reads more than he clicks. */
const SECONDS_BETWEEN_EVENTS = 30;
/** How much of a processor may be in use when nothing goes wrong: another node's visitors may come over at any time. */
const SHARE_IN_USE = 0.5;

/** The tables of docs/scaling.md. */
export function figures({ machine, seed, rows }: LoadReport): string {
  return [
    `Seed ${seed}; ${sayMachine(machine)}. The site is one process; the crowd has another one on the same machine.`,
    markdownTable({
      title: 'One process',
      rows: [
        [
          'connections',
          'sessions in',
          'KiB each, resident',
          'of it heap',
          'events/s',
          'p50',
          'p95',
          'p99',
          'processor time',
        ],
        ...rows.map(
          ({ connections, redis, rssKiBPerConnection: rss, heapKiBPerConnection: heap, latencyMs, ...rest }) => [
            connections.toLocaleString('en'),
            redis ? 'Redis' : 'memory',
            rss.toFixed(1),
            heap.toFixed(1),
            rest.eventsPerSecond.toLocaleString('en'),
            ...[latencyMs.p50, latencyMs.p95, latencyMs.p99].map((ms) => `${ms.toFixed(1)} ms`),
            `${rest.cpuUsPerEvent.toFixed(0)} µs/event`,
          ],
        ),
      ],
    }),
    '### A million visitors',
    million(rows),
  ].join('\n\n');
}

/** From the largest crowd of each kind: what is left, bent by nothing but multiplication. */
function million(rows: readonly LoadRow[]): string {
  const memory = rows.filter(({ redis }) => !redis).at(-1);
  const shared = rows.find(({ redis }) => redis);
  if (!memory) return '';
  const perSecond = VISITORS / SECONDS_BETWEEN_EVENTS;
  const { connections, rssKiBPerConnection, cpuUsPerEvent } = shared ?? memory;
  const byPlaces = Math.ceil(VISITORS / connections);
  const byTime = Math.ceil((perSecond * cpuUsPerEvent) / 1e6 / SHARE_IN_USE);
  const lines = [
    `One event per visitor every ${SECONDS_BETWEEN_EVENTS} s is ${Math.round(perSecond).toLocaleString('en')} events/s.`,
    '',
    `* **Processes:** ${byPlaces} by the limit of ${connections.toLocaleString('en')} connections each; ${byTime} by processor time, each half idle. ${Math.max(byPlaces, byTime)} are needed, one core each.`,
    `* **Memory:** ${gib(VISITORS * rssKiBPerConnection)} GiB for connections and sessions in all, ${gib(connections * rssKiBPerConnection)} GiB per process.`,
  ];
  if (shared?.redis) {
    const { kiBPerSession, cpuUsPerEvent: redisUs, commandsPerEvent } = shared.redis;
    const nodes = Math.ceil((perSecond * redisUs) / 1e6 / SHARE_IN_USE);
    lines.push(
      `* **Redis:** ${gib(VISITORS * kiBPerSession)} GiB (${kiBPerSession.toFixed(2)} KiB per session), ${Math.round(perSecond * commandsPerEvent).toLocaleString('en')} commands/s (${commandsPerEvent.toFixed(1)} per event), ${redisUs.toFixed(0)} µs of its one thread per event: ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, half idle.`,
    );
  }
  return lines.join('\n');
}

const gib = (kib: number): string => (kib / 1024 / 1024).toFixed(1);
