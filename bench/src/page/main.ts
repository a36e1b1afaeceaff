import type { Candidate } from '../candidates.ts';
import type { Fixture } from '../server/fixture.ts';
import { applyChange, type Change } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { plainHtml } from '../workloads/plain-html.ts';
import { type Story, tell, type Workload, workloadById } from '../workloads/workloads.ts';
import type { Stage } from './lane.ts';
import { LANES } from './lanes.ts';
import { longestTask } from './long-tasks.ts';
import { measureAll, messagesIn, onStage, type Plan, type Sample } from './sample.ts';
import { difference } from './shape.ts';
import { enterField, lostByUser } from './user.ts';

/** What the first sample shows: whether the document is right, and what the user lost. */
export interface Check {
  readonly wrong?: string;
  readonly lost?: string;
}

/** What the runner calls from outside. */
export interface BenchPage {
  open(id: string, seed: number): Promise<void>;
  check(candidate: Candidate): Promise<Check>;
  samples(candidate: Candidate, plan: Plan): Promise<Sample[]>;
  longestTask(candidate: Candidate): Promise<number>;
  /** How many messages a candidate has. */
  messagesOf(candidate: Candidate): Promise<number>;
}

/** What is the same for all samples of a workload. */
interface Scene extends Pick<Stage, 'kind' | 'fixture'> {
  readonly story: Story;
}

let scene: Scene;

const page: BenchPage = {
  async open(id, seed) {
    const workload = workloadById(id) as Workload;
    const response = await fetch(`/fixture/${id}`);
    scene = {
      kind: workload.kind,
      fixture: (await response.json()) as Fixture,
      story: tell(workload, seed),
    };
  },
  messagesOf: async (candidate) =>
    Math.min(scene.story.changes.length, LANES[candidate].messages ?? Number.POSITIVE_INFINITY),
  check: (candidate) =>
    play(candidate, 2, (steps, root, stage) => {
      const [first, second] = steps;
      first?.();
      let wrong = differenceAfter(1, root, stage);
      const lost = lostByUser(root);
      second?.();
      wrong ??= differenceAfter(2, root, stage);
      return { ...(wrong && { wrong }), ...(lost && { lost }) };
    }),
  samples: (candidate, plan) => play(candidate, messagesIn(plan), (steps) => measureAll(steps, plan)),
  longestTask: (candidate) => play(candidate, 1, ([step]) => longestTask(step as () => void)),
};

/**
 * Brings a candidate on stage with its messages. Their strings are new each time, as those of a message are: a string
 * that the document has seen before is cheaper to pass to it.
 */
function play<T>(
  candidate: Candidate,
  messages: number,
  act: (steps: (() => void)[], root: HTMLElement, stage: Stage) => T | Promise<T>,
): Promise<T> {
  const lane = LANES[candidate];
  const { story, ...rest } = scene;
  const changes = JSON.parse(JSON.stringify(story.changes.slice(0, messages))) as Change[];
  const stage: Stage = { ...rest, changes, itemsAfter: createHistory(story.initial, changes) };
  return onStage(lane, stage, (root) => {
    const steps = lane.prepare(root, stage, messages);
    enterField(root);
    return act(steps, root, stage);
  });
}

function differenceAfter(messages: number, root: HTMLElement, stage: Stage): string | undefined {
  const expected = document.createElement('template');
  expected.innerHTML = `<div>${plainHtml(stage.kind, stage.itemsAfter(messages))}</div>`;
  return difference(root, expected.content.firstElementChild as Element);
}

/** The items after so many messages. */
function createHistory(initial: Items, changes: readonly Change[]): Stage['itemsAfter'] {
  const known: Items[] = [initial];
  return (messages) => {
    for (let step = known.length; step <= messages; step++)
      known.push(applyChange(known[step - 1] as Items, changes[step - 1] as Change));
    return known[messages] as Items;
  };
}

Object.assign(globalThis, { bench: page });
