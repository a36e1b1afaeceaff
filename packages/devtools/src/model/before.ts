import { flatOps, isClosing, type Ops, openingId, ROOT_ID, targetOf } from '@djust/protocol';
import { CAPS } from './caps.ts';
import { DEFAULT_RULE, REDACTED } from './redact.ts';

/** What stood there before: by operation and id, with the name of an attribute. */
export type Before = Readonly<Record<string, string>>;

const SECRET = new RegExp(DEFAULT_RULE, 'i');
const MOST_STEPS = 10_000;

/**
 * What a patch wrote over, from what the browser noted of it, at the places that its operations name. The first note of a
 * place counts. Read soon, but not in the middle of the patch.
 */
export function beforeOf(records: readonly MutationRecord[], ops: Ops): Before | undefined {
  const before = new Notes(new Set(flatOps(ops).slice(0, CAPS.beforeRecords).map(targetOf)));
  for (const record of records) {
    if (record.type === 'attributes') before.attribute(record);
    else if (record.type === 'characterData') before.note(placeOf(record.target), record.oldValue ?? '');
    else before.children(record);
    if (before.isFull) break;
  }
  return before.all;
}

class Notes {
  readonly #found: Record<string, string> = {};
  #count = 0;
  #left: number = CAPS.beforeChars;
  readonly #wanted: ReadonlySet<string>;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  get all(): Before | undefined {
    return this.#count > 0 ? this.#found : undefined;
  }

  note(place: string | undefined, text: string): void {
    if (place === undefined || !this.#wanted.has(place) || Object.hasOwn(this.#found, place)) return;
    const kept = text.length > this.#left ? `${text.slice(0, Math.max(0, this.#left))}…` : text;
    this.#left -= kept.length + place.length;
    this.#count++;
    this.#found[place] = kept;
  }

  attribute({ target, attributeName, oldValue }: MutationRecord): void {
    const id = idOf(target);
    if (id === undefined || attributeName === null) return;
    const isHidden = attributeName === 'value' && isSecret(target as Element);
    this.note(`attr ${id} ${attributeName}`, isHidden ? REDACTED : (oldValue ?? '–'));
  }

  children({ target, previousSibling, removedNodes, addedNodes }: MutationRecord): void {
    let texts = '';
    const whole = `html ${containerOf(previousSibling, target)}`;
    for (const node of removedNodes) {
      if (node instanceof Text) texts += node.data;
      const gone = `remove ${idOf(node)}`;
      if (this.#wanted.has(gone)) this.note(gone, htmlOf(node, this.#left));
      // Taken away piece by piece, from the start: what was there is the pieces in a row.
      if (this.#wanted.has(whole)) this.#add(whole, htmlOf(node, this.#left));
    }
    const isText = [...addedNodes, ...removedNodes].some((node) => node instanceof Text);
    if (isText) this.note(placeBehind(previousSibling, target), texts);
  }

  #add(place: string, text: string): void {
    const old = this.#found[place];
    if (old === undefined) return this.note(place, text);
    const more = text.slice(0, Math.max(0, this.#left));
    this.#left -= more.length;
    this.#found[place] = old + more;
  }
}

const isSecret = (element: Element): boolean =>
  element.getAttribute('type') === 'password' || SECRET.test(element.getAttribute('name') ?? '');

function idOf(node: Node): string | undefined {
  if (!(node instanceof Element)) return undefined;
  return node.getAttribute('dj-id') ?? (node.hasAttribute('dj-view') ? ROOT_ID : undefined);
}

/** Without the ids, which nobody wrote. */
function htmlOf(node: Node, most: number): string {
  if (most <= 0 || node instanceof Comment) return '';
  if (!(node instanceof Element)) return (node.textContent ?? '').slice(0, most);
  return node.outerHTML
    .replace(/ dj-id="\w*"/g, '')
    .replace(/<!--\/?dj-if.*?-->/g, '')
    .slice(0, most);
}

/** By which operation this text is written. */
const placeOf = (text: Node): string | undefined => placeBehind(text.previousSibling, text.parentNode);

function placeBehind(previous: Node | null, parent: Node | null): string | undefined {
  if (previous === null) {
    const id = parent && idOf(parent);
    return id ? `text ${id}` : undefined;
  }
  if (previous instanceof Comment) {
    const opened = openingId(previous.data);
    if (opened !== undefined) return `text ${opened}`;
    const region = isClosing(previous.data) ? regionThatEnds(previous) : undefined;
    return region === undefined ? undefined : `textAfter ${region}`;
  }
  const id = idOf(previous);
  return id === undefined ? undefined : `textAfter ${id}`;
}

/** The region, or the element, that a place right behind `previous` lies in. */
function containerOf(previous: Node | null, parent: Node): string | undefined {
  let depth = 0;
  let steps = 0;
  for (let node = previous; node !== null && steps < MOST_STEPS; node = node.previousSibling, steps++) {
    if (!(node instanceof Comment)) continue;
    if (isClosing(node.data)) depth++;
    else if (openingId(node.data) !== undefined && depth-- === 0) return openingId(node.data);
  }
  return idOf(parent);
}

function regionThatEnds(closing: Comment): string | undefined {
  return containerOf(closing.previousSibling, closing);
}
