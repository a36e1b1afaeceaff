import { createRandom } from '../random.ts';
import { sumOf, type Verdict } from './oracle.ts';
import { runSchedule, type World } from './run.ts';
import { makeSchedule } from './schedule.ts';

export interface Plan {
  readonly schedules: number;
  readonly events: number;
  /** Of the first schedule; the others follow. */
  readonly seed: number;
  readonly hasOutbox: boolean;
  readonly say: (line: string) => void;
}

export interface Played extends Verdict {
  readonly schedules: number;
  readonly events: number;
}

/** Plays the schedules, one in each world at a time; a schedule waits more than it works. */
export async function play(worlds: readonly World[], plan: Plan): Promise<Played> {
  const { schedules, events, seed, hasOutbox, say } = plan;
  const verdicts: Verdict[] = [];
  let next = 0;
  const inWorld = async (world: World): Promise<void> => {
    while (next < schedules) {
      const own = seed + next++;
      const steps = makeSchedule(events, createRandom(own), world.breakRedis !== undefined);
      const verdict = await runSchedule({ ...world, hasOutbox }, steps);
      verdicts.push(verdict);
      if (hasOutbox && !isClean(verdict))
        say(
          `seed ${own}: ${JSON.stringify(verdict)}\n  ${steps.map((step) => `${step.fault}+${step.events}`).join(' ')}`,
        );
      if (verdicts.length % 10 === 0) say(`${verdicts.length} of ${schedules} schedules`);
    }
  };
  await Promise.all(worlds.map(inWorld));
  return { schedules, events: schedules * events, ...sumOf(verdicts) };
}

/** How many events, or pages, came to harm. */
export const harm = ({ lost, duplicated, reordered, divergedDom, silent }: Verdict): number =>
  lost + duplicated + reordered + divergedDom + silent;

const isClean = (verdict: Verdict): boolean => harm(verdict) + verdict.rejected + verdict.wronglyRejected === 0;
