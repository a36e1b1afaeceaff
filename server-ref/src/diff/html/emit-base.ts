import type { Patch } from '@djust/protocol';
import { staying } from '../keyed.ts';
import type { Level } from './match.ts';
import type { HtmlElement } from './node.ts';
import { toHtml, toVNode } from './serialize.ts';
import { elementOf, textOf, type Unit } from './units.ts';
import type { Emitter } from './walk.ts';

/** Writes the difference as patches of djust 1.x. @see wire spec 5 */
export class BaseEmitter implements Emitter {
  readonly patches: Patch[] = [];

  attribute(element: HtmlElement, path: readonly number[], name: string, value: string | null): void {
    const at = { path: [...path], d: element.id };
    if (value === null) this.patches.push({ type: 'RemoveAttr', ...at, key: name });
    else this.patches.push({ type: 'SetAttr', ...at, key: name, value });
  }

  level({ old, now, places, removed }: Level, parent: HtmlElement, path: readonly number[]): void {
    const at = { path: [...path], d: parent.id };
    const stays = staying(places);
    for (const unit of removed) {
      if (unit.kind === 'region') this.patches.push({ type: 'RemoveSubtree', id: unit.id });
      else this.patches.push({ type: 'RemoveChild', ...at, index: unit.index, ...childId(unit) });
    }
    now.forEach((unit, i) => {
      const before = old[places[i] as number];
      const { index } = unit;
      if (!before && unit.kind === 'region') {
        this.patches.push({ type: 'InsertSubtree', id: unit.id, ...at, index, html: toHtml(unit.nodes, 'given') });
      } else if (!before && unit.kind === 'node') {
        this.patches.push({ type: 'InsertChild', ...at, index, node: toVNode(unit.node) });
      } else if (before && !stays[i]) {
        if (unit.kind === 'region') this.patches.push({ type: 'MoveSubtree', id: unit.id, ...at, index });
        else this.patches.push({ type: 'MoveChild', ...at, from: before.index, to: index, ...childId(before) });
      }
      if (before) this.#text(before, unit, path);
    });
  }

  #text(before: Unit, unit: Unit, path: readonly number[]): void {
    const [old, now] = [textOf(before)?.text, textOf(unit)?.text];
    if (now !== undefined && old !== now)
      this.patches.push({ type: 'SetText', path: [...path, unit.index], text: now });
  }
}

const childId = (unit: Unit): { child_d?: string } => {
  const id = elementOf(unit)?.id;
  return id === undefined ? {} : { child_d: id };
};
