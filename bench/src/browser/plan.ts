import type { Plan, Sample } from '../page/sample.ts';

/** Long enough for the clock, which ticks every 5 µs, and for the first message, which finds cold caches, not to matter. */
const SAMPLE_US = 5_000;
const MAX_MESSAGES = 150;

/** How many messages a sample needs, from what one took so far. There are `messages` for all `samples` together. */
export function planFor({ script, layout }: Sample, messagesInAll: number, samples: number): Plan {
  const messages = Math.floor(messagesInAll / samples);
  const inLayout = Math.min(timesIn(layout), Math.ceil(messages / 2));
  const inScript = Math.min(timesIn(script), messages - inLayout);
  // One message takes both figures at once when it is long enough.
  return inLayout === 1 && (inScript <= 1 || script >= SAMPLE_US)
    ? { layout: 1, script: 0, samples }
    : { layout: inLayout, script: Math.max(1, inScript), samples };
}

const timesIn = (oneUs: number): number =>
  Math.min(MAX_MESSAGES, Math.max(1, Math.ceil(SAMPLE_US / Math.max(oneUs, 1))));
