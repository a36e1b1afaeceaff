import type { JsonObject } from '@djust/protocol';
import type { DebugEvent } from '../model/entries.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { json } from '../ui/format.ts';

/** What a replay on a fork came to. */
interface Replayed {
  readonly isSame?: boolean;
  readonly steps?: readonly {
    ref: number;
    isSame: boolean;
    reason?: string;
    delta: readonly { path: string; before: string; after: string }[];
  }[];
}

/**
 * Runs an event again: on a fork of the state by default, where nothing reaches the page, the store or other people; on
 * the live page only when it is said twice.
 * @param others  buttons that stand beside its own
 */
export function replayBox(context: PanelContext, event: DebugEvent, others: readonly HTMLElement[]): HTMLElement {
  const said = h('p', { role: 'status' });
  const field = h('textarea', { 'aria-label': 'Parameters to replay with', spellcheck: 'false', hidden: true });
  field.value = json(event.params);
  const read = (): JsonObject | undefined => {
    try {
      const value = JSON.parse(field.value) as unknown;
      const isFit = typeof value === 'object' && value !== null && !Array.isArray(value);
      field.setAttribute('aria-invalid', String(!isFit));
      return isFit ? (value as JsonObject) : undefined;
    } catch (error) {
      field.setAttribute('aria-invalid', 'true');
      said.textContent = String(error);
      return undefined;
    }
  };
  const fork = button(
    'Replay on a fork',
    async () => {
      const params = read();
      if (params) said.replaceChildren(...(await replayOnFork(context, event, params)));
    },
    { 'data-action': 'replay' },
  );
  let isWarned = false;
  const live = button('Replay live', async () => {
    const params = read();
    if (!params) return;
    if (!isWarned) {
      isWarned = true;
      live.textContent = 'Really: change the live state';
      return;
    }
    said.textContent = await context.replay({ name: event.name, params });
  });
  const edit = button('Edit', () => {
    field.hidden = !field.hidden;
    if (!field.hidden) field.focus();
  });
  return h('div', {}, h('div.actions', {}, fork, live, edit, ...others), field, said);
}

async function replayOnFork(context: PanelContext, event: DebugEvent, params: JsonObject): Promise<(Node | string)[]> {
  if (event.ref === undefined) return ['It was never sent, so there is nothing to compare with.'];
  const isEdited = JSON.stringify(params) !== JSON.stringify(event.params);
  const answer = await context.link.request({ type: 'dev:replay', refs: [event.ref], ...(isEdited && { params }) });
  if (!answer.ok) return [answer.reason];
  const { steps = [] } = answer.frame as Replayed;
  return steps.map(({ isSame, reason, delta }) => {
    if (reason) return h('span.note.bad', {}, `Fork: ${reason}`);
    if (isSame) return h('span.chip.good', {}, 'Fork: the same patches as then');
    const fields = delta.map(({ path, after }) => `${path} → ${after}`).join(', ');
    return h('span.note.warn', {}, `Fork: other patches than then. ${fields || 'No field changes.'}`);
  });
}
