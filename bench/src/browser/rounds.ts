import type { Candidate } from '../candidates.ts';
import { messagesIn, type Plan, type Sample } from '../page/sample.ts';
import { createRandom } from '../random.ts';
import type { LongTask, Note } from '../report/report.ts';
import { median } from '../stats.ts';
import type { Workload } from '../workloads/workloads.ts';
import type { RemotePage } from './open.ts';
import { planFor } from './plan.ts';

export interface RoundOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly candidates: readonly Candidate[];
  readonly say: (line: string) => void;
}

export interface Measured {
  /** One sample per round; candidates whose document is wrong are missing. */
  readonly samples: ReadonlyMap<Candidate, Sample[]>;
  readonly longTasks: readonly LongTask[];
  readonly notes: readonly Note[];
}

/** Warm-up: the first runs of a script are interpreted. */
const WARM_UPS = 3;
/** Up to so many times the script of the limit counts as about as quick. */
const ALIKE = 10;
const LONG_TASK_RUNS = 3;
const PROGRESS_MS = 15_000;

/** Measures one workload that the page has open. */
export async function measureWorkload(page: RemotePage, workload: Workload, options: RoundOptions): Promise<Measured> {
  const { id, candidates: own = options.candidates } = workload;
  const candidates = options.candidates.filter((name) => own.includes(name));
  const notes: Note[] = [];
  for (const candidate of candidates) {
    const check = await page.check(candidate);
    if (check.wrong || check.lost) notes.push({ id, candidate, ...check });
  }
  const right = candidates.filter((name) => !notes.some(({ candidate, wrong }) => candidate === name && wrong));
  const plans = await plansFor(page, right, samplesPerVisit(workload));
  const samples = await runRounds(page, plans, workload, options);
  return { samples, notes, longTasks: workload.size === 1_000 ? await longTasks(page, id, right) : [] };
}

/** Ten thousand rows take a second to build and to lay out, and no message changes their number. */
const samplesPerVisit = ({ size }: Workload): number => (size >= 10_000 ? 3 : 1);

/**
 * A plan each. Whoever is about as quick as the limit, which comes first, gets its plan: with fewer messages more of
 * them would be cold, and the ratio would compare two different things.
 */
async function plansFor(
  page: RemotePage,
  candidates: readonly Candidate[],
  samples: number,
): Promise<Map<Candidate, Plan>> {
  const plans = new Map<Candidate, Plan>();
  let limit: Pace | undefined;
  for (const candidate of candidates) {
    const pace = await warmUp(page, candidate, samples);
    limit ??= pace;
    const isAlike = pace.scriptUs <= limit.scriptUs * ALIKE && messagesIn(limit.plan) <= pace.messages;
    plans.set(candidate, (isAlike ? limit : pace).plan);
  }
  return plans;
}

/** How many messages a candidate has, how long one takes, and how many a sample therefore needs. */
interface Pace {
  readonly messages: number;
  readonly scriptUs: number;
  readonly plan: Plan;
}

async function warmUp(page: RemotePage, candidate: Candidate, samples: number): Promise<Pace> {
  const messages = await page.messagesOf(candidate);
  let plan: Plan = { layout: 1, script: Math.min(5, Math.floor(messages / samples) - 1), samples };
  let scriptUs = 0;
  for (let run = 0; run < WARM_UPS; run += samples) {
    const last = (await page.samples(candidate, plan)).at(-1) as Sample;
    scriptUs = last.script;
    plan = planFor(last, messages, samples);
  }
  return { messages, scriptUs, plan };
}

async function runRounds(
  page: RemotePage,
  plans: ReadonlyMap<Candidate, Plan>,
  workload: Workload,
  { rounds, seed, say }: RoundOptions,
): Promise<Map<Candidate, Sample[]>> {
  const random = createRandom(seed);
  const samples = new Map<Candidate, Sample[]>([...plans.keys()].map((candidate) => [candidate, []]));
  let spokeAt = Date.now();
  const visits = Math.ceil(rounds / samplesPerVisit(workload));
  for (let visit = 1; visit <= visits; visit++) {
    for (const candidate of random.shuffled([...plans.keys()]))
      samples.get(candidate)?.push(...(await page.samples(candidate, plans.get(candidate) as Plan)));
    if (Date.now() - spokeAt > PROGRESS_MS && visit < visits) {
      say(`  ${workload.id}: ${Math.round((visit / visits) * 100)} %`);
      spokeAt = Date.now();
    }
  }
  return samples;
}

async function longTasks(page: RemotePage, id: string, candidates: readonly Candidate[]): Promise<LongTask[]> {
  const found: LongTask[] = [];
  for (const candidate of candidates) {
    const runs: number[] = [];
    for (let run = 0; run < LONG_TASK_RUNS; run++) runs.push(await page.longestTask(candidate));
    found.push({ id, candidate, longestMs: median(runs) });
  }
  return found;
}
