import type { Browser } from 'playwright-core';
import { createRandom } from '../random.ts';
import { describeMachine } from '../report/machine.ts';
import { median } from '../stats.ts';
import { probeBack } from './back-probe.ts';
import { maxRequests, mismatches, probeFaults } from './fault-probe.ts';
import { probeOutbox } from './outbox-probe.ts';
import { probeHazards, probePrefetch } from './prefetch-probe.ts';
import { probePrivacy } from './privacy-probe.ts';
import { probeShell } from './shell-probe.ts';
import { probeUpdates } from './update-probe.ts';

const DELAY_MS = 300;
/** More than this for one page means that it is loaded over and over. */
const LOOP = 5;

export interface MeasureOptions {
  readonly seed: number;
  /** A tenth of everything, to see whether it runs. */
  readonly isQuick: boolean;
  say(line: string): void;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Everything that docs/service-worker.md promises, with a server that takes 300 ms for each document. */
export async function measureWorker(browser: Browser, { seed, isQuick, say }: MeasureOptions): Promise<object> {
  const some = (count: number): number => (isQuick ? Math.max(2, Math.ceil(count / 10)) : count);
  const random = createRandom(seed);
  const done = <T extends object>(name: string, value: T): T => {
    say(`${name}: ${JSON.stringify(value)}`);
    return value;
  };
  const shell = done('shell', await measureShell(browser, some(30)));
  const back = await probeBack(browser, { trials: some(30), delayMs: DELAY_MS, kills: 20 });
  const backP = done('back', { paintP50Ms: rounded(median(back.paintMs)), keptAfter20Kills: back.kept });
  const prefetch = done('prefetch', await measurePrefetch(browser, some(300), seed));
  const faultMatrix = done('faults', await measureFaults(browser, isQuick));
  let canaryBytes = 0;
  for (let schedule = 0; schedule < some(40); schedule++) {
    const { canaryBytes: bytes, steps } = await probePrivacy(browser, random);
    if (bytes > 0) say(`  ${bytes} bytes after ${steps.join(', ')}`);
    canaryBytes += bytes;
  }
  const { canaryBytes: controlCanaryBytes } = await probePrivacy(browser, createRandom(2), true);
  done('privacy', { schedules: some(40), canaryBytes, controlCanaryBytes });
  const outbox = done('outbox', await measureOutbox(browser, some(20), seed));
  const { versions, ...updates } = done('updates', await probeUpdates(browser));
  return {
    machine: describeMachine(browser.version()),
    seed,
    delayMs: DELAY_MS,
    ...shell,
    faultMatrix,
    canaryBytes,
    controlCanaryBytes,
    prefetch,
    outbox,
    back: backP,
    updates: { ...updates, versions: versions.length },
  };
}

async function measureShell(browser: Browser, navigations: number): Promise<object> {
  const options = { navigations, delayMs: DELAY_MS };
  const plain = await probeShell(browser, 'none', options);
  const running = await probeShell(browser, 'running', options);
  const stopped = await probeShell(browser, 'stopped', options);
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
}

async function measurePrefetch(browser: Browser, trials: number, seed: number): Promise<object> {
  const base = { delayMs: DELAY_MS, random: createRandom(seed) };
  const aimed = await probePrefetch(browser, { ...base, trials: Math.ceil(trials / 2), hoverMs: 200 });
  const any = await probePrefetch(browser, { ...base, trials: Math.floor(trials / 2) });
  const { hazards } = await probeHazards(browser);
  return {
    trials,
    requestsPerPage: Math.max(...aimed.requests, ...any.requests),
    mainP50Ms: rounded(median(aimed.mainMs)),
    askedAhead: aimed.ahead + any.ahead,
    hazardPrefetches: hazards.length,
  };
}

async function measureFaults(browser: Browser, isQuick: boolean): Promise<object> {
  const cases = await probeFaults(browser, {
    policies: isQuick ? ['strict'] : ['none', 'strict'],
    times: isQuick ? ['after'] : ['before', 'after'],
  });
  const different = mismatches(cases);
  return {
    cases: cases.length,
    mismatches: different.length,
    maxRequests: maxRequests(cases),
    loops: cases.filter(({ requests, plainRequests }) => requests > LOOP * Math.max(1, plainRequests)).length,
    different: different.map(({ name }) => name),
  };
}

async function measureOutbox(browser: Browser, schedules: number, seed: number): Promise<object> {
  const sum = { events: 0, lost: 0, duplicated: 0, reordered: 0 };
  for (let schedule = 0; schedule < schedules; schedule++) {
    const result = await probeOutbox(browser, { events: 50, random: createRandom(seed * 1_000 + schedule) });
    for (const name of ['events', 'lost', 'duplicated', 'reordered'] as const) sum[name] += result[name];
  }
  const control = await probeOutbox(browser, { events: 50, random: createRandom(seed), isDurable: false });
  return { ...sum, controlLost: control.lost };
}
