import { openingId, toBase62 } from '@djust/protocol';
import { type Key, KeyBook } from './keys.ts';

/**
 * HTML as the wire counts it: elements, text that is not blank, dj-if boundaries. Everything else of a document does not
 * exist here. @see wire spec 5.4
 */
export interface HtmlElement {
  readonly type: 'element';
  readonly tag: string;
  readonly space: Namespace;
  readonly attrs: readonly Attribute[];
  children: HtmlNode[];
  /** What it is known by among its siblings; null for its place. @see keyOf */
  readonly key: Key | null;
  /** dj-id. A matched element inherits it, so it is stable for the life of a DOM node. */
  id: string;
  /** Which reading made it: one that an earlier reading made was taken over. */
  readonly born: number;
}

export interface HtmlText {
  readonly type: 'text';
  readonly text: string;
}

/** A dj-if boundary: `dj-if id="…"`, `dj-if` or `/dj-if`. */
export interface HtmlBoundary {
  readonly type: 'boundary';
  readonly text: string;
  /**
   * An id of ours for the region that opens here, '' for other boundaries. The id in the text is the template engine's:
   * it may turn up again in another place, and then it must not be mistaken for the region that goes.
   */
  own: string;
  /** That of the region, null for other boundaries. */
  readonly key: Key | null;
}

export function boundary(text: string, ids: IdSource): HtmlBoundary {
  const id = openingId(text);
  return id
    ? { type: 'boundary', text, own: ids.next(), key: ids.keys.named(`region ${id}`) }
    : { type: 'boundary', text, own: '', key: null };
}

export type HtmlNode = HtmlElement | HtmlText | HtmlBoundary;
export type Namespace = 'html' | 'svg' | 'math';
export type Attribute = readonly [name: string, value: string];

export const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** Gives out ids that count up and never return, and the keys that elements are known by. */
export class IdSource {
  #next: number;
  /** How often HTML was read. */
  reading = 0;
  readonly keys: KeyBook = new KeyBook();
  constructor(first = 0) {
    this.#next = first;
  }
  next(): string {
    return toBase62(this.#next++);
  }
}

/** Calls back with the key of each node that has one, in these trees. */
export function eachKey(nodes: readonly HtmlNode[], tell: (key: Key) => void): void {
  for (const node of nodes) {
    if (node.type === 'text') continue;
    if (node.key) tell(node.key);
    if (node.type === 'element') eachKey(node.children, tell);
  }
}

export function attributeOf(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find(([key]) => key === name)?.[1];
}

/** What an element is known by among its siblings: its tag, and the first of dj-key and data-key that says something, or its id. */
export function keyOf(tag: string, attrs: readonly Attribute[], keys: KeyBook): Key | null {
  let id = '';
  for (const [name, value] of attrs) {
    if (value === '') continue;
    if (name === 'dj-key' || name === 'data-key') return keys.named(`${tag} ${value}`);
    if (name === 'id') id = value;
  }
  return id === '' ? null : keys.named(`${tag} #${id}`);
}
