import { type FlatOp, flatOps, OP, type Ops, targetOf } from '@djust/protocol';
import type { Page } from '../session/page.ts';
import type { View } from '../view/define-view.ts';
import { type Origin, SlotIndex } from './slot-index.ts';
import { nameOf } from './slot-names.ts';

/** Of one frame; what is above has no reason given. */
const MOST = 200;

/** Why the nodes of a frame changed: by operation and id, with the name of an attribute, which value it was. */
export interface Reasons {
  readonly version: number;
  readonly why: readonly (readonly [target: string, name: string])[];
}

/** Finds the values behind the operations of a session, as long as a panel looks. */
export class ReasonFinder {
  /** Before the last change: what was taken away stands in it. */
  #index: SlotIndex | undefined;
  #version = 0;

  /** @param page  as it is shown now; nothing of it is kept when nobody looks any more */
  watch(page: Page | undefined): void {
    const tree = page?.tree;
    this.#index = tree && new SlotIndex(tree);
    this.#version = page?.version ?? 0;
  }

  /** Names what the last frames of the page changed; to be called before the next change. */
  find(page: Page, frames: readonly string[]): { version: number; origins: [target: string, origin: Origin][] } {
    const origins: [string, Origin][] = [];
    if (page.version === this.#version) return { version: page.version, origins };
    const before = this.#index;
    this.watch(page);
    for (const op of frames.flatMap(opsOf)) {
      if (origins.length >= MOST) break;
      const name = op.code === OP.attr ? String(op.args[0]) : undefined;
      const origin = this.#index?.origin(op.code, op.id, name) ?? before?.origin(op.code, op.id, name);
      if (origin) origins.push([targetOf(op), origin]);
    }
    return { version: page.version, origins };
  }
}

export async function named(
  view: View,
  { version, origins }: { version: number; origins: readonly [string, Origin][] },
): Promise<Reasons> {
  const why: [string, string][] = [];
  for (const [target, origin] of origins) why.push([target, await nameOf(view, origin)]);
  return { version, why };
}

function opsOf(frame: string): FlatOp[] {
  const { ops } = JSON.parse(frame) as { ops?: Ops };
  return flatOps(ops ?? []).filter(({ code }) => code !== OP.template);
}
