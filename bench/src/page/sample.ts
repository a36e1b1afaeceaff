import type { Lane, Stage, Step } from './lane.ts';

/**
 * How many messages a sample has: first `layout` of them, each followed by forced layout, then `script` more without.
 * With one message and no more, both figures come from the same one. Of many, the first half warms up: it finds cold
 * caches, and code that the collection of garbage before the sample has made slow again.
 */
export interface Plan {
  readonly layout: number;
  readonly script: number;
  /** Samples taken of one document, where building it anew takes longer than everything else. */
  readonly samples: number;
}

export const messagesIn = ({ layout, script, samples }: Plan): number => (layout + script) * samples;

/** Microseconds per message. */
export interface Sample {
  readonly script: number;
  readonly layout: number;
}

/** Forces style and layout of the whole document. */
const layOut = (): number => document.body.offsetHeight;

/**
 * What each lane showed last, out of the page. An engine forgets what it has compiled for a kind of object when it has
 * collected the last one of it, and before a sample it collects everything; a page in use always has one.
 */
const lastRoots = new Map<Lane, HTMLElement>();

/** Larger ones are not kept: every later collection would have to go through them. */
const LARGE = 1_000;

/** A fresh document for every sample: what one candidate left behind must not be what the next one finds. */
export async function onStage<T>(lane: Lane, stage: Stage, act: (root: HTMLElement) => T | Promise<T>): Promise<T> {
  const root = document.createElement('div');
  document.body.append(root);
  try {
    await lane.mount(root, stage);
    return await act(root);
  } finally {
    await lane.unmount?.(root);
    root.remove();
    if (stage.itemsAfter(0).length <= LARGE) lastRoots.set(lane, root);
  }
}

export async function measureAll(steps: readonly Step[], plan: Plan): Promise<Sample[]> {
  const perSample = plan.layout + plan.script;
  const samples: Sample[] = [];
  for (let at = 0; at < plan.samples; at++) {
    await settle();
    samples.push(measure(steps.slice(at * perSample, (at + 1) * perSample), plan));
  }
  return samples;
}

function measure(steps: readonly Step[], { layout, script }: Plan): Sample {
  layOut();
  const withLayout = layout === 1 ? measureOne(steps[0] as Step) : measureLayout(steps.slice(0, layout));
  return script === 0 ? withLayout : { ...withLayout, script: measureScript(steps.slice(layout)) };
}

function measureOne(step: Step): Sample {
  const start = performance.now();
  step();
  const afterScript = performance.now();
  layOut();
  return { script: (afterScript - start) * 1000, layout: (performance.now() - start) * 1000 };
}

function measureLayout(steps: readonly Step[]): Sample {
  const warm = warmUps(steps);
  let start = 0;
  for (let at = 0; at < steps.length; at++) {
    if (at === warm) start = performance.now();
    (steps[at] as Step)();
    layOut();
  }
  return { script: 0, layout: ((performance.now() - start) * 1000) / (steps.length - warm) };
}

function measureScript(steps: readonly Step[]): number {
  const warm = warmUps(steps);
  let start = 0;
  for (let at = 0; at < steps.length; at++) {
    if (at === warm) start = performance.now();
    (steps[at] as Step)();
  }
  return ((performance.now() - start) * 1000) / (steps.length - warm);
}

const warmUps = (steps: readonly Step[]): number => Math.floor(steps.length / 2);

/**
 * A message arrives at a page that has been painted, and between frames. The garbage of the preparation must not be
 * collected at the expense of the candidate; what `gc` leaves to be swept later is swept in the frames that follow.
 */
async function settle(): Promise<void> {
  await frame();
  gc?.();
  await frame();
  await frame();
}

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
