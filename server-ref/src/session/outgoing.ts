import type { Ops, Patch, PatchSource } from '@djust/protocol';
import type { Effect } from './context.ts';

/** How the page changed: by compact operations, by patches of djust 1.x, as a whole, or not at all. */
export type Body =
  | { type: 'patch'; ops: Ops }
  | { type: 'patch'; patches: Patch[] }
  | { type: 'html_update'; html: string }
  | undefined;

/** What a frame says about its cause. */
export interface Echo {
  source?: PatchSource;
  event_name?: string;
  ref?: number;
  ack?: number;
}

/** The frames of one commit in the order of the wire: side frames follow a patch and precede a noop. @see wire spec 3.6 */
export function commitFrames(
  body: Body,
  version: number,
  echo: Echo,
  effects: readonly Effect[],
  title?: string,
): string[] {
  const side = sideFrames(effects, title);
  const main = body ? patchFrame(body, version, echo) : { type: 'noop', ...echo };
  return (body ? [main, ...side] : [...side, main]).map((frame) => JSON.stringify(frame));
}

/** What goes beside a patch or behind a mount reply. */
export function sideFrames(effects: readonly Effect[], title?: string): object[] {
  const side: object[] = [];
  for (const effect of effects) {
    if (effect.kind === 'push') side.push({ type: 'push_event', event: effect.event, payload: effect.payload });
    if (effect.kind === 'flash') {
      side.push({ type: 'flash', action: 'put', level: effect.level, message: effect.message });
    }
  }
  if (title !== undefined) side.push({ type: 'page_metadata', action: 'title', value: title });
  return side;
}

/**
 * The base wire names the event only in noop frames and in answers to `url_change`. With operations the frame is as short
 * as it can be: an answer, which has a ref, needs no source, and a broadcast, which has none, needs none either.
 */
function patchFrame(body: NonNullable<Body>, version: number, { source, event_name, ...marks }: Echo): object {
  const isClear = 'ops' in body && (source === 'broadcast' || (source === 'event' && marks.ref !== undefined));
  const cause = event_name === 'url_change' ? { event_name } : isClear ? {} : { source };
  const { type, ...content } = body;
  return { type, version, ...marks, ...cause, ...content };
}

export const hasSideFrames = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => effect.kind === 'push' || effect.kind === 'flash');
