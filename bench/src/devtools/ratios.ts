import type { Browser, CDPSession, Page } from 'playwright-core';
import { createRandom } from '../random.ts';
import { calmMean, quantile, type RatioRange, rangedRatio } from '../stats.ts';
import { answerLocally, withLocalSocket } from './local-answers.ts';
import { become, type Kind, makeEvents, openPage } from './page.ts';
import { type Block, takeTurns } from './turns.ts';

/** How long a patch takes on one kind of page against another. */
export interface Against {
  readonly mean: RatioRange;
  readonly p95: RatioRange;
}

export interface Compared {
  /** How long a patch took, from its first act to its last. */
  readonly patch: Against;
  /** How long the message took that brought it: the panel's tap, reading, patch. */
  readonly message: Against;
  /** Patches of the first kind against themselves: what this machine can tell apart. */
  readonly control: Against;
  /** What an event costs each kind, besides the time of its patch. */
  readonly perEvent: Readonly<Record<string, PerEvent>>;
  readonly rounds: number;
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
  /** Rounds are made until it is over; how far they tell apart is in the ranges. */
  readonly budgetMs: number;
  /** Events of a block. */
  readonly events: number;
  /** 0 sends the next as soon as the last is answered. */
  readonly everyMs: number;
}

type Name = 'a' | 'b';
/** The two halves of a round; both have each kind once. */
type Halves = { readonly first: number[]; readonly second: number[] };
type Round = Readonly<Record<Name, { readonly patch: Halves; readonly message: Halves }>>;

const ORDERS = ['abba', 'baab'] as const;
const FEWEST_ROUNDS = 6;

/**
 * Two kinds take turns on one page, some hundredths of a second each, in the order a b b a or b a a b, by lot: same process,
 * same compiled code, same moment. What differs is whether the panel listens.
 */
export async function compare(browser: Browser, plan: Plan, pair: Pair): Promise<Compared> {
  const { kinds, budgetMs, events, everyMs } = pair;
  const page = await openPage(browser, `${plan.origin}/table`, withLocalSocket);
  await answerLocally(page);
  const kindOf = (name: Name): Kind => kinds[name === 'a' ? 0 : 1];
  const perEvent = await countPerEvent(page, pair);
  const random = createRandom(plan.seed);
  const rounds: Round[] = [];
  const until = performance.now() + budgetMs;
  while (performance.now() < until || rounds.length < FEWEST_ROUNDS) {
    const order = [...random.pick(ORDERS)] as Name[];
    const blocks = await takeTurns(page, order.map(kindOf), { events, everyMs });
    const of = (name: Name, what: keyof Block): Halves => {
      const [first = [], second = []] = blocks.filter((_, at) => order[at] === name).map((block) => block[what]);
      return { first, second };
    };
    const both = (name: Name): Round[Name] => ({ patch: of(name, 'patch'), message: of(name, 'message') });
    rounds.push({ a: both('a'), b: both('b') });
    if (rounds.length % 100 === 0) plan.say(`${kinds[1]} against ${kinds[0]}: ${rounds.length} rounds`);
  }
  await page.context().close();
  const all = (name: Name, what: keyof Block): number[][] =>
    rounds.map((round) => [...round[name][what].first, ...round[name][what].second]);
  return {
    patch: against(all('b', 'patch'), all('a', 'patch')),
    message: against(all('b', 'message'), all('a', 'message')),
    control: against(
      rounds.map(({ a }) => a.patch.second),
      rounds.map(({ a }) => a.patch.first),
    ),
    perEvent,
    rounds: rounds.length,
  };
}

const against = (over: number[][], base: number[][]): Against => ({
  mean: rangedRatio(over, base, calmMean),
  p95: rangedRatio(over, base, (numbers) => quantile(numbers, 0.95)),
});

const COUNTED_ROUNDS = 3;

/** Counts and processor times, which others on the machine cannot change, in rounds whose times are not used. */
async function countPerEvent(page: Page, { kinds, events, everyMs }: Pair): Promise<Record<string, PerEvent>> {
  const counters = await Counters.of(page);
  for (let at = 0; at < COUNTED_ROUNDS; at++) {
    for (const kind of at % 2 === 0 ? kinds : [...kinds].reverse()) {
      await become(page, kind);
      await makeEvents(page, 3, everyMs);
      await counters.countListeners(kind);
      await counters.during(kind, events, () => makeEvents(page, events, everyMs));
    }
    // The first warms up.
    if (at === 0) counters.clear();
  }
  return Object.fromEntries(kinds.map((kind) => [kind, counters.perEvent(kind)]));
}

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
