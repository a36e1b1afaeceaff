import { isBoundary } from '@djust/protocol';
import { type Attribute, boundary, type HtmlElement, type HtmlNode, type IdSource, keyOf, VOID } from './node.ts';
import { parseWithParse5 } from './parse5.ts';
import { isPartsOnly, isPlain, RAW_TEXT } from './plain-rules.ts';
import { readTag } from './tag.ts';
import { decodeEntities, isCounted } from './text.ts';

/** A keyed element and where it stood in the HTML that was read last. */
interface Known {
  readonly element: HtmlElement;
  start: number;
  readonly length: number;
  /** The reading that met it last. */
  reading: number;
}

/** What the next reading can make use of: rows that look the same are found again by how they begin, and not read. */
export interface Memory {
  readonly html: string;
  /** By all that stands before the first `>`: mostly the start tag, with the key in it. Some may have left the page. */
  readonly byHead: Map<string, Known>;
}

export interface Parsed {
  readonly children: HtmlNode[];
  /** For the next time. */
  readonly memory: Memory;
}

const nothing = (): Memory => ({ html: '', byHead: new Map() });

/**
 * HTML → its tree. Well-nested markup of which the outcome is certain is read directly; anything else goes to parse5,
 * which follows the HTML standard to the letter. Ids are given in document order.
 */
export function parseHtml(html: string, ids: IdSource, memory: Memory = nothing()): Parsed {
  ids.reading++;
  const isOdd = html.includes('\0') || html.includes('\r');
  const plain = isOdd ? undefined : new PlainParser(html, ids, memory).run();
  return plain ?? { children: parseWithParse5(html, ids), memory: nothing() };
}

/** Thrown and caught here only: this markup is for the real parser. */
const NOT_PLAIN = Symbol('not plain');

const LT = 60;
interface Open {
  tag: string;
  attrs: Attribute[];
  key: string | null;
  id: string;
  start: number;
  children: HtmlNode[];
}

class PlainParser {
  readonly #html: string;
  readonly #ids: IdSource;
  readonly #before: string;
  readonly #byHead: Map<string, Known>;
  readonly #stack: Open[] = [];
  readonly #openTags = new Map<string, number>();
  readonly #roots: HtmlNode[] = [];
  /** How many keyed elements were met. */
  #keyed = 0;
  #at = 0;

  constructor(html: string, ids: IdSource, memory: Memory) {
    this.#html = html;
    this.#ids = ids;
    this.#before = memory.html;
    this.#byHead = memory.byHead;
  }

  run(): Parsed | undefined {
    try {
      while (this.#at < this.#html.length) this.#step();
      if (this.#stack.length > 0) return undefined;
      this.#forget();
      return { children: this.#roots, memory: { html: this.#html, byHead: this.#byHead } };
    } catch (reason) {
      if (reason === NOT_PLAIN) return undefined;
      throw reason;
    }
  }

  #step(): void {
    const html = this.#html;
    if (html.charCodeAt(this.#at) !== LT) {
      const end = html.indexOf('<', this.#at);
      const stop = end < 0 ? html.length : end;
      this.#text(html.slice(this.#at, stop));
      this.#at = stop;
    } else if (html.startsWith('<!--', this.#at)) {
      this.#comment();
    } else if (html.startsWith('</', this.#at)) {
      this.#close();
    } else {
      this.#open();
    }
  }

  #add(node: HtmlNode): void {
    (this.#stack.at(-1)?.children ?? this.#roots).push(node);
  }

  #parentTag(): string {
    return this.#stack.at(-1)?.tag ?? '';
  }

  #text(raw: string): void {
    const text = decodeEntities(raw);
    if (text === undefined) throw NOT_PLAIN;
    const parent = this.#parentTag();
    if (!isCounted(text, parent)) return;
    if (isPartsOnly(parent)) throw NOT_PLAIN;
    this.#add({ type: 'text', text });
  }

  #comment(): void {
    const end = this.#html.indexOf('-->', this.#at + 4);
    const text = this.#html.slice(this.#at + 4, end);
    if (end < 0 || /^-?>|--!>|<!--|--$/.test(text)) throw NOT_PLAIN;
    if (isBoundary(text)) this.#add(boundary(text, this.#ids));
    this.#at = end + 3;
  }

  #open(): void {
    const start = this.#at;
    if (this.#html.startsWith('<svg', start)) return this.#foreign(start);
    if (this.#before !== '' && this.#takeOver(start)) return;
    const tag = readTag(this.#html, start);
    if (!tag) throw NOT_PLAIN;
    const { name, attrs, end } = tag;
    if (tag.isSelfClosed && !VOID.has(name)) throw NOT_PLAIN;
    if (!isPlain(name, this.#parentTag(), this.#openTags)) throw NOT_PLAIN;
    const key = keyOf(name, attrs);
    this.#at = end;
    const open: Open = { tag: name, attrs, key, id: this.#ids.next(), start, children: [] };
    if (VOID.has(name)) return this.#finish(open);
    this.#stack.push(open);
    this.#openTags.set(name, (this.#openTags.get(name) ?? 0) + 1);
    if (RAW_TEXT.has(name)) this.#rawText(name);
    else if (name === 'pre' && this.#html[this.#at] === '\n') this.#at++;
  }

  /** A row that was there before and looks the same is not read again. */
  #takeOver(start: number): boolean {
    const head = headAt(this.#html, start);
    const known = this.#byHead.get(head);
    // Where it stood is known of those that the last reading met.
    if (known?.reading !== this.#ids.reading - 1) return false;
    const { element, length } = known;
    if (!isPlain(element.tag, this.#parentTag(), this.#openTags)) throw NOT_PLAIN;
    if (!isSame(this.#html, start, this.#before, known.start, length)) return false;
    known.start = start;
    known.reading = this.#ids.reading;
    this.#keyed++;
    this.#add(element);
    this.#at = start + length;
    return true;
  }

  #rawText(tag: string): void {
    const end = this.#html.indexOf(`</${tag}>`, this.#at);
    const raw = this.#html.slice(this.#at, end);
    if (end < 0 || /<!--/.test(raw)) throw NOT_PLAIN;
    const isEscaped = tag === 'textarea' || tag === 'title';
    const text = isEscaped ? decodeEntities(raw) : raw;
    if (text === undefined) throw NOT_PLAIN;
    const shown = tag === 'textarea' ? text.replace(/^\n/, '') : text;
    if (isCounted(shown, tag)) this.#add({ type: 'text', text: shown });
    this.#at = end;
  }

  #close(): void {
    const open = this.#stack.pop();
    if (!open) throw NOT_PLAIN;
    const end = `</${open.tag}>`;
    if (!this.#html.startsWith(end, this.#at)) throw NOT_PLAIN;
    this.#at += end.length;
    this.#openTags.set(open.tag, (this.#openTags.get(open.tag) ?? 1) - 1);
    this.#finish(open);
  }

  #finish({ tag, attrs, key, id, start, children }: Open): void {
    const { reading } = this.#ids;
    const element: HtmlElement = { type: 'element', tag, space: 'html', attrs, children, key, id, born: reading };
    if (key !== null) {
      this.#byHead.set(headAt(this.#html, start), { element, start, length: this.#at - start, reading });
      this.#keyed++;
    }
    this.#add(element);
  }

  /** One map serves all readings; what has left the page goes when it is half of it. */
  #forget(): void {
    if (this.#byHead.size <= 2 * this.#keyed) return;
    for (const [head, { reading }] of this.#byHead) if (reading !== this.#ids.reading) this.#byHead.delete(head);
  }

  /** Drawings have rules of their own; they are read by the real parser, one by one. */
  #foreign(start: number): void {
    const close = this.#html.indexOf('</svg>', start);
    const end = close + '</svg>'.length;
    const source = this.#html.slice(start, end);
    if (close < 0 || source.indexOf('<svg', 1) >= 0) throw NOT_PLAIN;
    const nodes = parseWithParse5(source, this.#ids);
    const [drawing] = nodes;
    if (nodes.length !== 1 || drawing?.type !== 'element' || drawing.tag !== 'svg') throw NOT_PLAIN;
    this.#add(drawing);
    this.#at = end;
  }
}

const headAt = (html: string, start: number): string => html.slice(start, html.indexOf('>', start));

/** Compares two stretches of text. The slices are gone again at once; kept, they would keep whole pages alive. */
function isSame(a: string, aStart: number, b: string, bStart: number, length: number): boolean {
  return a.slice(aStart, aStart + length) === b.slice(bStart, bStart + length);
}
