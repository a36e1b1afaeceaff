import { createRandom } from '../random.ts';
import { quantile } from '../stats.ts';
import { LANES, type Lane, type Stores } from './lanes.ts';
import { stateOf } from './states.ts';
import { tasksServer } from './tasks.ts';
import { Visitor } from './visitor.ts';

/** How long the server takes from an event to its answer, without a network. */
export interface AnswerRow {
  readonly stateBytes: number;
  readonly store: Lane;
  readonly p50Us: number;
  readonly p95Us: number;
  /** What one answer sends to the browser. */
  readonly sentBytes: number;
  /** The store does not take a state of this size. */
  readonly isRefused?: true;
}

interface Plan {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: number;
}

const EVENTS = 20;

/** All stores take turns in each round, in another order each time: they all have the same machine. */
export async function measureAnswers(stores: Stores, { sizes, rounds, seed }: Plan): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  for (const stateBytes of sizes) {
    const random = createRandom(seed);
    const state = stateOf(stateBytes, random);
    const visitors = new Map<Lane, Visitor>();
    for (const lane of LANES) visitors.set(lane, await Visitor.enter(tasksServer(stores.make(lane), state)));
    const samples = new Map<Lane, number[]>(LANES.map((lane) => [lane, []]));
    for (let round = -3; round < rounds; round++) {
      for (const lane of random.shuffled(LANES)) {
        const visitor = visitors.get(lane) as Visitor;
        if (visitor.isRefused) continue;
        for (let count = 0; count < EVENTS; count++) {
          const us = await visitor.press();
          if (round >= 0) samples.get(lane)?.push(us);
        }
      }
    }
    for (const lane of LANES) {
      const visitor = visitors.get(lane) as Visitor;
      const taken = samples.get(lane) as number[];
      const row = { stateBytes, store: lane, p50Us: quantile(taken, 0.5), p95Us: quantile(taken, 0.95) };
      rows.push({ ...row, sentBytes: visitor.sentBytes, ...(visitor.isRefused && { isRefused: true }) });
      visitor.leave();
    }
    await stores.clear();
  }
  return rows;
}
