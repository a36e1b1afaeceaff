import { type Chunk, type Rows, toBase62 } from '@djust/protocol';
import { writeAttribute } from './attributes.ts';
import { parseHtml } from './html.ts';
import type { Target } from './ids.ts';
import type { RowSource } from './live-dom.ts';

/** Stands for a value while a template is parsed; no HTML of a server holds this code point. */
const HOLE = '\ufdd0';

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

/**
 * Makes rows out of their template, which was sent once, and their values: a clone each, and a walk to what differs.
 * Written as HTML and parsed, a thousand rows took nearly twice as long.
 */
export class RowBuilder implements RowSource {
  readonly _templates: Map<number, readonly Chunk[]> = new Map();
  readonly _blanks: Map<readonly Chunk[], Blank> = new Map();

  define(number: number, chunks: readonly Chunk[]): void {
    this._templates.set(number, chunks);
  }

  build([number, first, ...values]: Rows, home: Element, ids: Map<string, Target>): DocumentFragment | undefined {
    const isRegion = number < 0;
    const chunks = this._templates.get(isRegion ? ~number : number);
    if (!chunks) return undefined;
    const blank = this._blanks.get(chunks) ?? blankOf(chunks, home);
    this._blanks.set(chunks, blank);
    // Rows without values have no length that could be told; NaN is not 0 either.
    if (values.length % blank.values !== 0) return undefined;
    const rows = document.createDocumentFragment();
    if (isRegion) {
      const id = toBase62(first - 1);
      const open = document.createComment(`dj-if id="${id}"`);
      ids.set(id, open);
      rows.append(open);
    }
    let at = 0;
    for (let base = first; at < values.length; base += blank.ids) {
      const row = document.importNode(blank.row, true);
      let node: Node = row;
      for (const step of blank.way) {
        if (typeof step === 'string') node = node[step] as Node;
        else if (typeof step === 'number') {
          const id = toBase62(base + step);
          (node as Element).setAttribute('dj-id', id);
          ids.set(id, node as Element);
        } else if (Array.isArray(step)) {
          let text = step[0] as string;
          for (let piece = 1; piece < step.length; piece++) text += (values[at++] ?? '') + step[piece];
          (node as Text).data = text;
        } else writeAttribute(node as Element, step.name, values[at++] ?? null);
      }
      rows.appendChild(row);
    }
    if (isRegion) rows.append(document.createComment('/dj-if'));
    return rows;
  }
}

function blankOf(chunks: readonly Chunk[], home: Element): Blank {
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
  const parsed = parseHtml(html, home);
  const [only, more] = parsed.childNodes;
  // Text in a table is put in front of it by the parser. A row alone is cloned faster than a fragment.
  const row = only && !more ? only : parsed;
  return { row, way: wayThrough(row), ids, values };
}

function wayThrough(node: Node): Way {
  if (node instanceof Text) return node.data.includes(HOLE) ? [node.data.split(HOLE)] : [];
  const way: Way = [];
  if (node instanceof Element)
    for (const { name, value } of node.attributes) {
      if (name === 'dj-id') way.push(Number(value));
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
