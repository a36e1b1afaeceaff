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
 * attribute that gets a value, alone in a list; the fixed pieces of a text that has values between them.
 */
type Way = ('firstChild' | 'nextSibling' | 'parentNode' | number | string[])[];

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
    if (base < index._first + 2) {
      index.settle?.();
      index._first = base - 2;
      // When the rows have been painted: ids take a fifth of the time that the rows do.
      index.settle = () => writeIds(index);
      setTimeout(index.settle, SETTLE_MS);
    }
    let rows: DocumentFragment | undefined;
    for (let at = 2; at < piece.length; base += blank.ids) {
      const row = document.importNode(blank.row, true);
      let node: Node = row;
      for (const step of blank.way) {
        if (typeof step === 'string') node = node[step] as Node;
        else if (typeof step === 'number') {
          index._late[base + step - index._first] = node as Target;
        } else if (step.length > 1) {
          let text = step[0] as string;
          for (let between = 1; between < step.length; between++) text += (piece[at++] as string) + step[between];
          node.textContent = text;
        } else writeAttribute(node as Element, step[0] as string, piece[at++] as string | null);
      }
      // A region is a fragment already, and the only one.
      if (isRegion) return row as DocumentFragment;
      rows ??= document.createDocumentFragment();
      rows.appendChild(row);
    }
    return rows;
  }
}

/** Writes the ids that were late. */
function writeIds(index: IdIndex): void {
  index._late.forEach((node, at) => {
    const id = toBase62(index._first + at);
    index.byId.set(index._first + at, node);
    if (isComment(node)) node.data = `dj-if id="${id}"`;
    else node.setAttribute('dj-id', id);
  });
  index._late = [];
  index._first = Infinity;
  index.settle = undefined;
}

function blankOf(chunks: readonly Chunk[], home: Element, isRegion: boolean): Blank {
  let html = '';
  let ids = 0;
  let values = 0;
  for (const chunk of chunks) {
    if (typeof chunk === 'string') html += chunk;
    else if (typeof chunk === 'number') {
      html += ` dj-id="${chunk}"`;
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
  return { row, way, ids, values };
}

function wayThrough(node: Node): Way {
  const way: Way = [];
  // What each clone gets of its own is not cloned.
  for (const { name, value } of [...((node as Element).attributes ?? [])]) {
    const isId = name === 'dj-id';
    if (!isId && value !== HOLE) continue;
    way.push(isId ? +value : [name]);
    (node as Element).removeAttribute(name);
  }
  // A text alone in its element is made together with its value.
  const [only = node, more] = node.childNodes;
  if (only instanceof Text && !more && only.data.includes(HOLE)) {
    way.push(only.data.split(HOLE));
    node.textContent = '';
  }
  let below: Way = ['firstChild'];
  for (const child of node.childNodes) {
    const inside = wayThrough(child);
    if (inside.length > 0) {
      way.push(...below, ...inside);
      below = [];
    }
    below.push('nextSibling');
  }
  if (below[0] === 'nextSibling') way.push('parentNode');
  return way;
}
