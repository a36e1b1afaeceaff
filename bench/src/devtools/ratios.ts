import type { Browser, CDPSession, Page } from 'playwright-core';
import { calmMean, quantile, type RatioRange, rangedRatio } from '../stats.ts';
import { become, heldBytes, type Kind, makeEvents, openPage } from './page.ts';

/** How long a patch takes on one kind of page against another. */
export interface Against {
  readonly mean: RatioRange;
  readonly p95: RatioRange;
}

export interface Ratios {
  /** Against a page without the panel. */
  readonly closed: Against;
  readonly open: Against;
  /** A page without the panel against itself: what this machine can tell apart. */
  readonly control: Against;
  /** What an event costs each kind, besides the time of its patch. */
  readonly perEvent: Readonly<Record<string, PerEvent>>;
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
  readonly rounds: number;
  /** Events of a block, at 200 a second. */
  readonly events: number;
  say(line: string): void;
}

/** The two halves of a round; both have each kind once. */
type Samples = { readonly first: number[]; readonly second: number[] };

/**
 * Two kinds take turns on one page, a quarter of a second each, in the order a b b a: same process, same compiled code, same
 * minute. What differs is whether the panel listens.
 */
async function compare(browser: Browser, plan: Plan, [a, b]: readonly [Kind, Kind]): Promise<Compared> {
  const page = await openPage(browser, `${plan.origin}/table`);
  const counters = await Counters.of(page);
  const rounds: Record<'a' | 'b', Samples>[] = [];
  // The first two warm up.
  for (let at = -2; at < plan.rounds; at++) {
    const round: Record<'a' | 'b', Samples> = { a: { first: [], second: [] }, b: { first: [], second: [] } };
    for (const [name, half] of [
      ['a', 'first'],
      ['b', 'first'],
      ['b', 'second'],
      ['a', 'second'],
    ] as const) {
      await become(page, name === 'a' ? a : b);
      await makeEvents(page, 3);
      await counters.countListeners(name);
      const took = await counters.during(name, plan.events, () => makeEvents(page, plan.events));
      round[name][half].push(...took);
    }
    if (at < 0) counters.clear();
    else rounds.push(round);
    if (at >= 0 && at % 10 === 9) plan.say(`${b} against ${a}: ${at + 1} of ${plan.rounds} rounds`);
  }
  const held = await heldBytes(page);
  await page.context().close();
  const both = ({ first, second }: Samples): number[] => [...first, ...second];
  return {
    ratio: against(
      rounds.map((round) => both(round.b)),
      rounds.map((round) => both(round.a)),
    ),
    control: against(
      rounds.map((round) => round.a.second),
      rounds.map((round) => round.a.first),
    ),
    perEvent: { [a]: counters.perEvent('a'), [b]: counters.perEvent('b') },
    held,
  };
}

const against = (over: number[][], base: number[][]): Against => ({
  mean: rangedRatio(over, base, calmMean),
  p95: rangedRatio(over, base, (numbers) => quantile(numbers, 0.95)),
});

interface Compared {
  readonly ratio: Against;
  readonly control: Against;
  readonly perEvent: Record<string, PerEvent>;
  readonly held: number;
}

/** Open is compared with closed, on a page whose history grows all the while, and closed with absent. */
export async function measureRatios(browser: Browser, plan: Plan): Promise<Ratios> {
  const closed = await compare(browser, plan, ['absent', 'closed']);
  const open = await compare(browser, plan, ['closed', 'open']);
  const times = ({ ratio, from, to }: RatioRange, by: number): RatioRange => ({
    ratio: ratio * by,
    from: from * by,
    to: to * by,
  });
  return {
    closed: closed.ratio,
    open: {
      mean: times(open.ratio.mean, closed.ratio.mean.ratio),
      p95: times(open.ratio.p95, closed.ratio.p95.ratio),
    },
    control: closed.control,
    perEvent: { ...open.perEvent, ...closed.perEvent },
    heldBytes: open.held,
  };
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
