import type { DebugEvent } from '../model/entries.ts';
import { replayPlan, SPEEDS } from '../model/replay-plan.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';

/** A choice of how fast a sequence goes. */
export const speedChoice = (): HTMLSelectElement =>
  h('select', { 'aria-label': 'Speed' }, ...SPEEDS.map(([speed, text]) => h('option', { value: speed }, text)));

/** Replays all events that the filter shows: on a fork in one go, or on the live page with the pauses that there were. */
export function sequenceBox(context: PanelContext, shown: () => readonly DebugEvent[]): HTMLElement {
  const said = h('p', { role: 'status' });
  const speed = speedChoice();
  const sent = (): DebugEvent[] => shown().filter(({ ref, replayed }) => ref !== undefined && !replayed);
  const fork = button('Replay them on a fork', async () => {
    const refs = sent().map(({ ref }) => ref);
    if (refs.length === 0) return say('There is no event to replay.');
    const answer = await context.link.request({ type: 'dev:replay', refs });
    if (!answer.ok) return say(answer.reason);
    const other = (answer.frame.steps as { ref: number; isSame: boolean }[]).filter(({ isSame }) => !isSame);
    say(
      other.length === 0
        ? `${plural(refs.length, 'event')} on a fork: the same patches as then.`
        : `On a fork other patches than then: ${other.map(({ ref }) => `#${ref}`).join(', ')}.`,
    );
  });
  let abort: AbortController | undefined;
  let isWarned = false;
  const live = button('Replay them live', async () => {
    if (abort) return abort.abort();
    if (!isWarned) {
      isWarned = true;
      live.textContent = 'Really: change the live state';
      return;
    }
    const run = new AbortController();
    abort = run;
    live.textContent = 'Stop';
    say(await replayLive(context, sent(), { speed: Number(speed.value), signal: run.signal }));
    abort = undefined;
    isWarned = false;
    live.textContent = 'Replay them live';
  });
  const say = (text: string): void => {
    said.textContent = text;
  };
  return h('div', {}, h('div.actions', {}, fork, live, speed), said);
}

interface Run {
  readonly speed: number;
  readonly signal: AbortSignal;
}

/** One behind the other; the first that is refused ends it. */
async function replayLive(
  context: PanelContext,
  events: readonly DebugEvent[],
  { speed, signal }: Run,
): Promise<string> {
  const steps = replayPlan(events, ({ createdAt }) => createdAt, speed);
  for (const [place, { item, waitMs }] of steps.entries()) {
    if (waitMs > 0) await new Promise<void>((resolve) => context.clock.after(waitMs, resolve));
    if (signal.aborted) return `Stopped behind ${place} of ${steps.length}.`;
    const said = await context.replay(item);
    if (said !== 'done') return `${item.name} #${item.ref}: ${said}. ${place} of ${steps.length} were done.`;
  }
  return `${plural(steps.length, 'event')} replayed.`;
}
