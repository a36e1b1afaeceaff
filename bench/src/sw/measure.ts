import type { Browser } from 'playwright-core';
import { createRandom } from '../random.ts';
import { median } from '../stats.ts';
import { probeBack } from './back-probe.ts';
import { maxRequests, mismatches, probeFaults } from './fault-probe.ts';
import { probeLiving } from './living-probe.ts';
import { probeOutbox } from './outbox-probe.ts';
import { probeHazards, probePrefetch } from './prefetch-probe.ts';
import { probePrivacy } from './privacy-probe.ts';
import { probeShell } from './shell-probe.ts';
import { probeUpdates } from './update-probe.ts';

export const DELAY_MS = 300;
/** More than this for one page means that it is loaded over and over. */
const LOOP = 5;

export interface MeasureOptions {
  readonly seed: number;
  /** A tenth of everything, to see whether it runs. */
  readonly isQuick: boolean;
  say(line: string): void;
}

/** One part of the report: its fields, measured by themselves. */
type Part = (browser: Browser, options: MeasureOptions) => Promise<object>;

const rounded = (value: number): number => Math.round(value * 10) / 10;
const some = ({ isQuick }: MeasureOptions, count: number): number =>
  isQuick ? Math.max(2, Math.ceil(count / 10)) : count;

/** Everything that docs/service-worker.md promises, with a server that takes 300 ms for each document. */
export const PARTS: Readonly<Record<string, Part>> = {
  async shell(browser, options) {
    const settings = { navigations: some(options, 30), delayMs: DELAY_MS };
    const plain = await probeShell(browser, 'none', settings);
    const running = await probeShell(browser, 'running', settings);
    const stopped = await probeShell(browser, 'stopped', settings);
    return {
      fcpP50Ms: rounded(median([...running.firstMs, ...stopped.firstMs])),
      mainP50Ms: rounded(median([...running.mainMs, ...stopped.mainMs])),
      requestsPerNavigation: { running: Math.max(...running.requests), stopped: Math.max(...stopped.requests) },
      byState: Object.fromEntries(
        Object.entries({ none: plain, running, stopped }).map(([state, { firstMs, mainMs }]) => [
          state,
          { fcpP50Ms: rounded(median(firstMs)), mainP50Ms: rounded(median(mainMs)) },
        ]),
      ),
    };
  },

  async back(browser, options) {
    const { paintMs, kept } = await probeBack(browser, { trials: some(options, 30), delayMs: DELAY_MS, kills: 20 });
    const off = await probeBack(browser, { trials: some(options, 10), delayMs: DELAY_MS, kills: 0, isOn: false });
    // What a page costs that no worker and no server holds up: nothing that loads a document can be faster here.
    const atOnce = await probeBack(browser, { trials: some(options, 30), delayMs: 0, kills: 0, isOn: false });
    const asUsersHaveIt = await probeLiving({ trials: some(options, 30), delayMs: DELAY_MS });
    return {
      back: {
        paintP50Ms: rounded(median(asUsersHaveIt.paintMs)),
        living: asUsersHaveIt.living,
        fromWorkerP50Ms: rounded(median(paintMs)),
        offP50Ms: rounded(median(off.paintMs)),
        serverAtOnceP50Ms: rounded(median(atOnce.paintMs)),
        keptAfter20Kills: kept,
      },
    };
  },

  async prefetch(browser, options) {
    const trials = some(options, 300);
    const base = { delayMs: DELAY_MS, random: createRandom(options.seed) };
    const aimed = await probePrefetch(browser, { ...base, trials: Math.ceil(trials / 2), hoverMs: 200 });
    const any = await probePrefetch(browser, { ...base, trials: Math.floor(trials / 2) });
    const { hazards } = await probeHazards(browser);
    return {
      prefetch: {
        trials,
        requestsPerPage: Math.max(...aimed.requests, ...any.requests),
        mainP50Ms: rounded(median(aimed.mainMs)),
        askedAhead: aimed.ahead + any.ahead,
        hazardPrefetches: hazards.length,
      },
    };
  },

  async faults(browser, { isQuick }) {
    const cases = await probeFaults(browser, {
      policies: isQuick ? ['strict'] : ['none', 'strict'],
      times: isQuick ? ['after'] : ['before', 'after'],
    });
    const different = mismatches(cases);
    return {
      faultMatrix: {
        cases: cases.length,
        mismatches: different.length,
        maxRequests: maxRequests(cases),
        loops: cases.filter(({ requests, plainRequests }) => requests > LOOP * Math.max(1, plainRequests)).length,
        different: different.map(({ name }) => name),
      },
    };
  },

  async privacy(browser, options) {
    const random = createRandom(options.seed);
    let canaryBytes = 0;
    const schedules = some(options, 40);
    for (let schedule = 0; schedule < schedules; schedule++) {
      const { canaryBytes: bytes, story } = await probePrivacy(browser, random);
      if (bytes > 0) options.say(`  ${bytes} bytes after ${story}`);
      canaryBytes += bytes;
    }
    const control = await probePrivacy(browser, createRandom(2), true);
    return { canarySchedules: schedules, canaryBytes, controlCanaryBytes: control.canaryBytes };
  },

  async outbox(browser, options) {
    const sum = { events: 0, lost: 0, duplicated: 0, reordered: 0 };
    for (let schedule = 0; schedule < some(options, 20); schedule++) {
      const random = createRandom(options.seed * 1_000 + schedule);
      const result = await probeOutbox(browser, { events: 50, random });
      for (const name of ['events', 'lost', 'duplicated', 'reordered'] as const) sum[name] += result[name];
    }
    const control = await probeOutbox(browser, { events: 50, random: createRandom(options.seed), isDurable: false });
    return { outbox: { ...sum, controlLost: control.lost } };
  },

  async updates(browser) {
    const { versions, ...updates } = await probeUpdates(browser);
    return { updates: { ...updates, versions: versions.length } };
  },
};
