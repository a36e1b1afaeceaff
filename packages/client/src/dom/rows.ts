import { type Chunk, type Rows, toBase62 } from '@djust/protocol';
import { writeAttribute } from './attributes.ts';
import { parseHtml } from './html.ts';
import { type IdIndex, isComment, type Target } from './ids.ts';
import type { RowSource } from './live-dom.ts';

/** Stands for a value while a template is parsed; no HTML of a server holds this code point. */
const HOLE = '\ufdd0';

/** After the next frame. */
const SETTLE_MS = 50;

/**
 * The way through a row, in document order: moves; a number where an element gets the id `first + n`; the name of an
 * attribute that gets a value; the fixed pieces of a text that has values between them.
 */
type Way = ('firstChild' | 'nextSibling' | 'parentNode' | number | { name: string } | string[])[];

interface Blank {
  row: Node;
  way: Way;
  ids: number;
  values: number;
}

/** With what its rows and its regions are cloned from, once there were any. */
type Template = [chunks: readonly Chunk[], row?: Blank, region?: Blank];

/**
 * Makes rows out of their template, which was sent once, and their values: a clone each, and a walk to what differs.
 * Written as HTML and parsed, a thousand rows took nearly twice as long.
 */
export class RowBuilder implements RowSource {
  readonly _templates: Map<number, Template> = new Map();

  idOf(number: number): string {
    return toBase62(number);
  }

  define(number: number, chunks: readonly Chunk[]): void {
    this._templates.set(number, [chunks]);
  }

  build(piece: Rows, home: Element, index: IdIndex): DocumentFragment | undefined {
    let [number, base] = piece;
    const isRegion = number < 0;
    const template = this._templates.get(isRegion ? ~number : number);
    if (!template) return undefined;
    const kind = isRegion ? 2 : 1;
    template[kind] ??= blankOf(template[0], home, isRegion);
    const blank = template[kind];
    // Rows without values have no length that could be told; NaN is not 0 either.
    if ((piece.length - 2) % blank.values !== 0) return undefined;
    if (!index.settle) settleSoon(index);
    const rows = document.createDocumentFragment();
    for (let at = 2; at < piece.length; base += blank.ids) {
      const row = document.importNode(blank.row, true);
      let node: Node = row;
      for (const step of blank.way) {
        if (typeof step === 'string') node = node[step] as Node;
        else if (typeof step === 'number') {
          index._late.set(base + step, node as Target);
        } else if (Array.isArray(step)) {
          let text = step[0] as string;
          for (let between = 1; between < step.length; between++) text += `${piece[at++] ?? ''}${step[between]}`;
          (node as Text).data = text;
        } else writeAttribute(node as Element, step.name, (piece[at++] as string) ?? null);
      }
      // A region is a fragment already, and the only one.
      if (isRegion) return row as DocumentFragment;
      rows.appendChild(row);
    }
    return rows;
  }
}

/** Ids are written when the rows have been painted: they take a fifth of the time that the rows do. */
function settleSoon(index: IdIndex): void {
  index.settle = () => {
    for (const [number, node] of index._late) {
      const id = toBase62(number);
      index.byId.set(id, node);
      if (isComment(node)) node.data = `dj-if id="${id}"`;
      else node.setAttribute('dj-id', id);
    }
    index._late.clear();
    index.settle = undefined;
    return true;
  };
  setTimeout(index.settle, SETTLE_MS);
}

function blankOf(chunks: readonly Chunk[], home: Element, isRegion: boolean): Blank {
  let html = '';
  let ids = 0;
  let values = 0;
  for (const chunk of chunks) {
    if (typeof chunk === 'string') html += chunk;
    else if (typeof chunk === 'number') {
      // With a sign, for a clone shows it until it has its own, and no id has one.
      html += ` dj-id="+${chunk}"`;
      ids++;
    } else {
      html += chunk ? ` ${chunk[0]}="${HOLE}"` : HOLE;
      values++;
    }
  }
  const parsed = parseHtml(isRegion ? `<!--dj-if-->${html}<!--/dj-if-->` : html, home);
  const [only, more] = parsed.childNodes;
  // Text in a table is put in front of it by the parser. A row alone is cloned faster than a fragment.
  const row = only && !more ? only : parsed;
  const way = wayThrough(row);
  // The comment that opens a region bears the id before those of its content.
  if (isRegion) way.unshift('firstChild', -1, 'parentNode');
  while (way.at(-1) === 'parentNode') way.pop();
  return { row, way, ids, values };
}

function wayThrough(node: Node): Way {
  if (node instanceof Text) return node.data.includes(HOLE) ? [node.data.split(HOLE)] : [];
  const way: Way = [];
  if (node instanceof Element)
    for (const { name, value } of node.attributes) {
      if (name === 'dj-id') way.push(+value);
      else if (value === HOLE) way.push({ name });
    }
  let below: Way = ['firstChild'];
  let hasHoles = false;
  for (const child of node.childNodes) {
    const inside = wayThrough(child);
    if (inside.length > 0) {
      way.push(...below, ...inside);
      below = [];
      hasHoles = true;
    }
    below.push('nextSibling');
  }
  if (hasHoles) way.push('parentNode');
  return way;
}
