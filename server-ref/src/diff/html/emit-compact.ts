import { OP, OpWriter } from '@djust/protocol';
import { staying } from '../keyed.ts';
import type { Level } from './match.ts';
import type { HtmlElement, HtmlNode } from './node.ts';
import { toHtml } from './serialize.ts';
import { nodesOf, type Siblings, textOf, type Unit } from './units.ts';
import type { Emitter } from './walk.ts';

type Matched = Pick<Level, 'old' | 'now' | 'places'>;

interface Target {
  readonly parent: HtmlElement;
  readonly container: string;
  /** There where text is among the children. */
  readonly line: Line | undefined;
}

/** Writes the difference as compact operations. Text has no id: it is what stands behind an element, or at the start. */
export class CompactEmitter implements Emitter {
  readonly #out = new OpWriter();

  get ops(): OpWriter['ops'] {
    return this.#out.ops;
  }

  attribute(element: HtmlElement, _path: readonly number[], name: string, value: string | null): void {
    this.#out.push(OP.attr, element.id, name, value);
  }

  level({ old, now, places, removed }: Level, parent: HtmlElement, _path: readonly number[], container: string): void {
    const line = old.hasNameless || now.hasNameless ? new Line(old) : undefined;
    for (const place of removed) {
      const id = idOf(old.units[place] as Unit);
      if (!id) continue;
      this.#out.push(OP.remove, id);
      line?.remove(id);
    }
    this.#place({ old, now, places }, { line, parent, container });
    if (line) this.#texts({ old, now, places }, line, container);
  }

  #place({ old, now, places }: Matched, { line, parent, container }: Target): void {
    // Only what has an id can be placed; text follows from the gaps.
    const stays = staying(line ? places.map((place, at) => (idOf(now.units[at] as Unit) ? place : -1)) : places);
    let anchor = '';
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as number;
      const isNew = place < 0;
      // A matched element will inherit its old id; the page knows it by that one.
      const id = idOf((isNew ? now.units[at] : old.units[place]) as Unit);
      if (!id) continue;
      if (isNew) this.#insert(nodesOf(now, at, parent), anchor, container);
      else if (!stays[at]) this.#out.move(id, anchor || undefined, container);
      if (isNew || !stays[at]) line?.place(id, anchor);
      anchor = id;
    }
  }

  #insert(nodes: readonly HtmlNode[], anchor: string, container: string): void {
    const html = toHtml(nodes, 'own');
    if (anchor) this.#out.push(OP.insertAfter, anchor, html);
    else this.#out.push(OP.insert, container, html);
  }

  /** Text in each gap, where it is not what the operations above have left there. */
  #texts({ old, now, places }: Matched, line: Line, container: string): void {
    const wanted = new Map<string, string>([['', '']]);
    let gap = '';
    now.units.forEach((unit, at) => {
      const place = places[at] as number;
      const id = idOf(place < 0 ? unit : (old.units[place] as Unit));
      gap = id ?? gap;
      wanted.set(gap, id ? '' : (wanted.get(gap) ?? '') + (textOf(unit)?.text ?? ''));
    });
    for (const [id, text] of wanted) {
      if (line.textIn(id) === text) continue;
      if (id === '') this.#out.push(OP.text, container, text);
      else this.#out.push(OP.textAfter, id, text);
    }
  }
}

function idOf(unit: Unit): string | undefined {
  if (unit.type === 'region') return unit.open.own;
  return unit.type === 'element' ? unit.id : undefined;
}

/** One entry of a line: something with an id, or a stretch of text. */
interface Entry {
  id: string;
  text: string;
  next: Entry | undefined;
  previous: Entry | undefined;
}

/** What the page's children look like while the operations go by: text stays where it is when its neighbours leave. */
class Line {
  readonly #start: Entry = { id: '', text: '', next: undefined, previous: undefined };
  readonly #byId = new Map<string, Entry>([['', this.#start]]);

  constructor({ units }: Siblings) {
    let last = this.#start;
    for (const unit of units) {
      const entry: Entry = { id: idOf(unit) ?? '', text: textOf(unit)?.text ?? '', next: undefined, previous: last };
      if (entry.id) this.#byId.set(entry.id, entry);
      last.next = entry;
      last = entry;
    }
  }

  remove(id: string): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    if (entry.previous) entry.previous.next = entry.next;
    if (entry.next) entry.next.previous = entry.previous;
  }

  /** Puts an entry, old or new, right behind another one; '' is the start. */
  place(id: string, anchor: string): void {
    this.remove(id);
    const entry = this.#byId.get(id) ?? { id, text: '', next: undefined, previous: undefined };
    const before = this.#byId.get(anchor) as Entry;
    entry.previous = before;
    entry.next = before.next;
    if (before.next) before.next.previous = entry;
    before.next = entry;
    this.#byId.set(id, entry);
  }

  /** All text from behind this entry to the next one with an id. */
  textIn(id: string): string {
    let text = '';
    for (let entry = this.#byId.get(id)?.next; entry && entry.id === ''; entry = entry.next) text += entry.text;
    return text;
  }
}
