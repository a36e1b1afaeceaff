import type { Browser, CDPSession, Page } from 'playwright-core';
import { createRandom } from '../random.ts';
import { calmMean, quantile, type RatioRange, rangedRatio } from '../stats.ts';
import { become, heldBytes, type Kind, makeEvents, openPage } from './page.ts';

/** How long a patch takes on one kind of page against another. */
export interface Against {
  readonly mean: RatioRange;
  readonly p95: RatioRange;
}

export interface Compared {
  readonly ratio: Against;
  /** The first kind against itself: what this machine can tell apart. */
  readonly control: Against;
  /** What an event costs each kind, besides the time of its patch. */
  readonly perEvent: Readonly<Record<string, PerEvent>>;
  readonly samples: number;
  readonly heldBytes: number;
}

/** As the browser counts, per event; times are those of the processor. */
export interface PerEvent {
  /** How many listeners of the page run in each patch. */
  readonly listeners: number;
  readonly layouts: number;
  readonly styles: number;
  readonly scriptMs: number;
  readonly taskMs: number;
}

export interface Plan {
  readonly origin: string;
  readonly seed: number;
  say(line: string): void;
}

/** Which kinds are compared, and how. */
export interface Pair {
  readonly kinds: readonly [base: Kind, other: Kind];
  readonly rounds: number;
  /** Events of a block. */
  readonly events: number;
  /** 0 sends a block at once: what a patch itself takes is known ten times as fast. */
  readonly everyMs: number;
}

/** The two halves of a round; both have each kind once. */
type Samples = { readonly first: number[]; readonly second: number[] };
type Round = Readonly<Record<'a' | 'b', Samples>>;

const ORDERS = ['abba', 'baab'] as const;

/**
 * Two kinds take turns on one page, some tenths of a second each, in the order a b b a or b a a b, by lot: same process, same
 * compiled code, same minute. What differs is whether the panel listens.
 */
export async function compare(browser: Browser, plan: Plan, pair: Pair): Promise<Compared> {
  const { rounds: wanted, events, everyMs, kinds } = pair;
  const page = await openPage(browser, `${plan.origin}/table`);
  const counters = await Counters.of(page);
  const random = createRandom(plan.seed);
  const rounds: Round[] = [];
  // The first two warm up.
  for (let at = -2; at < wanted; at++) {
    const round: Round = { a: { first: [], second: [] }, b: { first: [], second: [] } };
    for (const [place, name] of [...random.pick(ORDERS)].entries() as Iterable<[number, 'a' | 'b']>) {
      await become(page, kinds[name === 'a' ? 0 : 1]);
      await makeEvents(page, 3, everyMs);
      await counters.countListeners(name);
      const took = await counters.during(name, events, () => makeEvents(page, events, everyMs));
      round[name][place < 2 ? 'first' : 'second'].push(...took);
    }
    if (at < 0) counters.clear();
    else rounds.push(round);
    if (at % 25 === 24) plan.say(`${kinds[1]} against ${kinds[0]}: ${at + 1} of ${wanted} rounds`);
  }
  const held = await heldBytes(page);
  await page.context().close();
  const both = ({ first, second }: Samples): number[] => [...first, ...second];
  const [a, b] = [rounds.map((round) => both(round.a)), rounds.map((round) => both(round.b))];
  return {
    ratio: against(b, a),
    control: against(
      rounds.map((round) => round.a.second),
      rounds.map((round) => round.a.first),
    ),
    perEvent: { [kinds[0]]: counters.perEvent('a'), [kinds[1]]: counters.perEvent('b') },
    samples: a.flat().length,
    heldBytes: held,
  };
}

const against = (over: number[][], base: number[][]): Against => ({
  mean: rangedRatio(over, base, calmMean),
  p95: rangedRatio(over, base, (numbers) => quantile(numbers, 0.95)),
});

const METRICS = {
  layouts: 'LayoutCount',
  styles: 'RecalcStyleCount',
  scriptMs: 'ScriptDuration',
  taskMs: 'TaskDuration',
};

/** Sums up what the browser counted while something ran. */
class Counters {
  readonly #session: CDPSession;
  readonly #listeners = new Map<string, number>();
  readonly #sums = new Map<string, { events: number; sum: Record<string, number> }>();

  constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<Counters> {
    const session = await page.context().newCDPSession(page);
    // What the processor worked for this thread: others on the machine do not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Counters(session);
  }

  async during<T>(name: string, events: number, run: () => Promise<T>): Promise<T> {
    const before = await this.#read();
    const result = await run();
    const after = await this.#read();
    const entry = this.#sums.get(name) ?? { events: 0, sum: {} };
    entry.events += events;
    for (const [key, value] of Object.entries(after))
      entry.sum[key] = (entry.sum[key] ?? 0) + value - (before[key] ?? 0);
    this.#sums.set(name, entry);
    return result;
  }

  async countListeners(name: string): Promise<void> {
    const { result } = await this.#session.send('Runtime.evaluate', { expression: 'document' });
    const { listeners } = await this.#session.send('DOMDebugger.getEventListeners', {
      objectId: result.objectId ?? '',
    });
    const inPatch = listeners.filter(({ type }) => type === 'djust:before-patch' || type === 'djust:patched');
    this.#listeners.set(name, inPatch.length);
  }

  clear(): void {
    this.#sums.clear();
  }

  perEvent(name: string): PerEvent {
    const { events = 1, sum = {} } = this.#sums.get(name) ?? {};
    const of = (key: keyof typeof METRICS, factor = 1): number =>
      Math.round((1_000 * factor * (sum[METRICS[key]] ?? 0)) / events) / 1_000;
    return {
      listeners: this.#listeners.get(name) ?? 0,
      layouts: of('layouts'),
      styles: of('styles'),
      scriptMs: of('scriptMs', 1_000),
      taskMs: of('taskMs', 1_000),
    };
  }

  async #read(): Promise<Record<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }
}
