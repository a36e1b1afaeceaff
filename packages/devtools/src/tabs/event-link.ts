import type { DebugEvent } from '../model/entries.ts';
import type { PanelContext } from '../ui/context.ts';
import { button } from '../ui/dom.ts';

/** Leads to an event in its tab. */
export const eventLink = (context: Pick<PanelContext, 'show'>, { id, name, ref }: DebugEvent): HTMLElement =>
  button(`${name} #${ref ?? '–'}`, () => context.show('events', { eventId: id }), { class: 'link' });
