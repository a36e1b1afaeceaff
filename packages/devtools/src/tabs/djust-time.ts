import { type DjustStep, djustStep } from '../model/djust-debug.ts';
import { parseFrame } from '../model/frame-text.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { clockTime } from '../ui/format.ts';

/** What a djust server remembers of the view, as its own frames told. */
export function djustSteps({ store }: PanelContext): DjustStep[] {
  const page = store.page;
  return store.frames.items
    .filter((frame) => frame.type === 'time_travel_event' && frame.page === page)
    .flatMap(({ text }) => djustStep(parseFrame(text) ?? {})?.step ?? []);
}

/** The history of a djust server: each event with the state before and behind it, to which the page can be taken. */
export function djustHistory(context: PanelContext, steps: readonly DjustStep[]): HTMLElement {
  const list = h('ul.branches');
  for (const { index, name, ref, at, branch, error } of steps) {
    const jump = (which: 'before' | 'after'): HTMLButtonElement =>
      button(which, () => travel(context, index, which), { 'aria-label': `Show the state ${which} ${name} #${ref}` });
    list.append(
      h(
        'li',
        {},
        jump('before'),
        jump('after'),
        h('span.time', {}, clockTime(at)),
        h('span.name', {}, name, ref === undefined ? '' : ` #${ref}`),
        branch === 'main' ? null : h('span.soft', {}, branch),
        error ? h('span.chip.bad', {}, error) : null,
      ),
    );
  }
  const note = 'The history of the djust server. Who goes back is back: the next event goes on from there.';
  return h('div', {}, h('p.soft', {}, note), list);
}

function travel({ recorder, say }: PanelContext, index: number, which: 'before' | 'after'): void {
  const isSent = recorder.wire?.transmit(JSON.stringify({ type: 'time_travel_jump', index, which })) === true;
  say(isSent ? `The page is asked to show the state ${which} step ${index}.` : 'There is no connection.');
}
