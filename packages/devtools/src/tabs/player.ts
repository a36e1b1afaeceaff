import { replayPlan } from '../model/replay-plan.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { speedChoice } from './sequence-box.ts';

/** A state of the past, and when it came. */
interface Moment {
  readonly node: number;
  readonly at: number;
}

/** Shows the states one behind the other, with the pauses that lay between them or without; runs nothing. */
export function player(
  context: PanelContext,
  moments: () => readonly Moment[],
  show: (node: number) => Promise<void>,
): HTMLElement {
  const speed = speedChoice();
  let abort: AbortController | undefined;
  const play = button('Play', async () => {
    if (abort) return abort.abort();
    const run = new AbortController();
    abort = run;
    play.textContent = 'Stop';
    for (const { item, waitMs } of replayPlan(moments(), ({ at }) => at, Number(speed.value))) {
      if (waitMs > 0) await new Promise<void>((resolve) => context.clock.after(waitMs, resolve));
      if (run.signal.aborted) break;
      await show(item.node);
    }
    abort = undefined;
    play.textContent = 'Play';
  });
  return h('span.player', {}, play, ' ', speed);
}
