import type { Patch } from '@djust/protocol';
import { staying } from '../keyed.ts';
import type { Level } from './match.ts';
import type { HtmlElement } from './node.ts';
import { toHtml, toVNode } from './serialize.ts';
import { indexOf, nodesOf, textOf, type Unit } from './units.ts';
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
    for (const place of removed) {
      const unit = old.units[place] as Unit;
      if (unit.type === 'region') this.patches.push({ type: 'RemoveSubtree', id: unit.id });
      else this.patches.push({ type: 'RemoveChild', ...at, index: indexOf(old, place), ...childId(unit) });
    }
    now.units.forEach((unit, i) => {
      const place = places[i] as number;
      const before = place < 0 ? undefined : old.units[place];
      const index = indexOf(now, i);
      if (!before && unit.type === 'region') {
        const html = toHtml(nodesOf(now, i, parent), 'given');
        this.patches.push({ type: 'InsertSubtree', id: unit.id, ...at, index, html });
      } else if (!before && unit.type !== 'region') {
        this.patches.push({ type: 'InsertChild', ...at, index, node: toVNode(unit) });
      } else if (before && !stays[i]) {
        if (unit.type === 'region') this.patches.push({ type: 'MoveSubtree', id: unit.id, ...at, index });
        else this.patches.push({ type: 'MoveChild', ...at, from: indexOf(old, place), to: index, ...childId(before) });
      }
      const text = textOf(unit)?.text;
      if (before && text !== undefined && text !== textOf(before)?.text)
        this.patches.push({ type: 'SetText', path: [...path, index], text });
    });
  }
}

const childId = (unit: Unit): { child_d?: string } => (unit.type === 'element' ? { child_d: unit.id } : {});
