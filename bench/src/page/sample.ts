import type { Lane, Stage, Step } from './lane.ts';

/**
 * How many messages a sample has: first `layout` of them, each followed by forced layout, then `script` more without.
 * With one message and no more, both figures come from the same one.
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

/** A fresh document for every sample: what one candidate left behind must not be what the next one finds. */
export async function onStage<T>(lane: Lane, stage: Stage, act: (root: HTMLElement) => T | Promise<T>): Promise<T> {
  const root = document.createElement('div');
  document.body.append(root);
  try {
    await lane.mount(root, stage);
    await painted();
    return await act(root);
  } finally {
    await lane.unmount?.(root);
    root.remove();
  }
}

export function measureAll(steps: readonly Step[], plan: Plan): Sample[] {
  const perSample = plan.layout + plan.script;
  return Array.from({ length: plan.samples }, (_, at) =>
    measure(steps.slice(at * perSample, (at + 1) * perSample), plan),
  );
}

function measure(steps: readonly Step[], { layout, script }: Plan): Sample {
  // Garbage of the preparation should not be collected at the expense of the candidate.
  gc?.();
  layOut();
  let afterScript = 0;
  const start = performance.now();
  for (let at = 0; at < layout; at++) {
    (steps[at] as Step)();
    if (layout === 1) afterScript = performance.now();
    layOut();
  }
  const end = performance.now();
  const sample = { script: (afterScript - start) * 1000, layout: ((end - start) * 1000) / layout };
  if (script === 0) return sample;
  const restart = performance.now();
  for (let at = layout; at < layout + script; at++) (steps[at] as Step)();
  return { ...sample, script: ((performance.now() - restart) * 1000) / script };
}

/** A message arrives at a page that has been painted, and between frames. */
export function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}
