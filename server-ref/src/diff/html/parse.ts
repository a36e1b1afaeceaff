import { isBoundary } from '@djust/protocol';
import { headHash, Memory } from './memory.ts';
import { boundary, type HtmlElement, type HtmlNode, type IdSource, keyOf, VOID } from './node.ts';
import { parseWithParse5 } from './parse5.ts';
import { isPartsOnly, isPlain, RAW_TEXT } from './plain-rules.ts';
import { TagReader } from './tag.ts';
import { decodeEntities, detached, isCounted } from './text.ts';

/** Thrown and caught here only: this markup is for the real parser. */
const NOT_PLAIN = Symbol('not plain');

const NOTHING = new Memory('');

const LT = 60;
const SLASH = 47;
const BANG = 33;

interface Open {
  readonly element: HtmlElement;
  readonly start: number;
  /** How many nodes were finished before it. */
  readonly before: number;
}

/**
 * Reads the HTML of one view, again and again. Well-nested markup of which the outcome is certain is read directly;
 * anything else goes to parse5, which follows the HTML standard to the letter. Ids are given in document order.
 *
 * It lives as long as the view does: V8 throws optimised code away with the last object of a class it was made for, and
 * a reader per reading would start anew after each major collection.
 */
export class HtmlReader {
  readonly #ids: IdSource;
  #before: Memory = NOTHING;
  #memory: Memory = NOTHING;
  readonly #tag = new TagReader();
  #html = '';
  #at = 0;
  readonly #stack: Open[] = [];
  #parentTag = '';
  readonly #openTags = new Map<string, number>();
  /** Finished nodes that wait for the end of their parent: a list per parent that grows would be mostly empty space. */
  #nodes: HtmlNode[] = [];

  constructor(ids: IdSource) {
    this.#ids = ids;
  }

  /** The nodes of this HTML. What looks as in the last reading is the same node again. */
  read(html: string): HtmlNode[] {
    this.#ids.reading++;
    this.#before = this.#memory;
    const isOdd = html.includes('\0') || html.includes('\r');
    const nodes = isOdd ? undefined : this.#readPlain(html);
    this.#before = NOTHING;
    if (nodes) return nodes;
    this.#memory = NOTHING;
    return parseWithParse5(html, this.#ids);
  }

  /** What the next reading can make use of: nothing when it took parse5. */
  get memory(): Memory {
    return this.#memory;
  }

  #readPlain(html: string): HtmlNode[] | undefined {
    const nodes: HtmlNode[] = [];
    this.#memory = new Memory(html, this.#before);
    this.#html = html;
    this.#nodes = nodes;
    this.#at = 0;
    try {
      while (this.#at < html.length) this.#step();
      return this.#stack.length > 0 ? undefined : nodes;
    } catch (reason) {
      if (reason === NOT_PLAIN) return undefined;
      throw reason;
    } finally {
      this.#html = '';
      this.#nodes = [];
      this.#stack.length = 0;
      this.#parentTag = '';
      this.#openTags.clear();
    }
  }

  #step(): void {
    const html = this.#html;
    if (html.charCodeAt(this.#at) !== LT) {
      const end = html.indexOf('<', this.#at);
      const stop = end < 0 ? html.length : end;
      this.#text(html.slice(this.#at, stop));
      this.#at = stop;
      return;
    }
    const code = html.charCodeAt(this.#at + 1);
    if (code === SLASH) this.#close();
    else if (code === BANG) this.#comment();
    else this.#open();
  }

  #add(node: HtmlNode): void {
    this.#nodes.push(node);
  }

  #text(raw: string): void {
    const text = decodeEntities(raw);
    if (text === undefined) throw NOT_PLAIN;
    const parent = this.#parentTag;
    if (!isCounted(text, parent)) return;
    if (isPartsOnly(parent)) throw NOT_PLAIN;
    this.#add({ type: 'text', text: detached(text) });
  }

  #comment(): void {
    if (!this.#html.startsWith('<!--', this.#at)) throw NOT_PLAIN;
    const end = this.#html.indexOf('-->', this.#at + 4);
    const text = this.#html.slice(this.#at + 4, end);
    if (end < 0 || /^-?>|--!>|<!--|--$/.test(text)) throw NOT_PLAIN;
    if (isBoundary(text)) this.#add(boundary(detached(text), this.#ids));
    this.#at = end + 3;
  }

  #open(): void {
    const start = this.#at;
    if (this.#html.startsWith('<svg', start)) return this.#foreign(start);
    if (this.#takeOver(start)) return;
    const tag = this.#tag;
    if (!tag.read(this.#html, start)) throw NOT_PLAIN;
    const { name, attrs } = tag;
    if (tag.isSelfClosed && !VOID.has(name)) throw NOT_PLAIN;
    if (!isPlain(name, this.#parentTag, this.#openTags)) throw NOT_PLAIN;
    const element: HtmlElement = {
      type: 'element',
      tag: name,
      space: 'html',
      attrs,
      children: [],
      key: keyOf(name, attrs, this.#ids.keys),
      id: this.#ids.next(),
      born: this.#ids.reading,
    };
    this.#at = tag.end;
    if (VOID.has(name)) return this.#finish(element, start);
    this.#stack.push({ element, start, before: this.#nodes.length });
    this.#parentTag = name;
    this.#openTags.set(name, (this.#openTags.get(name) ?? 0) + 1);
    if (RAW_TEXT.has(name)) this.#rawText(name);
    else if (name === 'pre' && this.#html[this.#at] === '\n') this.#at++;
  }

  /** A row that was there before and looks the same is not read again. */
  #takeOver(start: number): boolean {
    if (this.#before === NOTHING) return false;
    const hash = headHash(this.#html, start);
    const which = this.#before.find(hash, this.#html, start);
    if (which === 0) return false;
    const element = this.#before.elementOf(which);
    if (!isPlain(element.tag, this.#parentTag, this.#openTags)) throw NOT_PLAIN;
    this.#at = start + this.#before.take(which);
    this.#memory.note(element, hash, start, this.#at);
    this.#add(element);
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
    if (isCounted(shown, tag)) this.#add({ type: 'text', text: detached(shown) });
    this.#at = end;
  }

  #close(): void {
    const open = this.#stack.pop();
    if (!open) throw NOT_PLAIN;
    const { element, start, before } = open;
    const end = `</${element.tag}>`;
    if (!this.#html.startsWith(end, this.#at)) throw NOT_PLAIN;
    this.#at += end.length;
    this.#openTags.set(element.tag, (this.#openTags.get(element.tag) ?? 1) - 1);
    this.#parentTag = this.#stack.at(-1)?.element.tag ?? '';
    if (this.#nodes.length > before) element.children = this.#nodes.splice(before);
    this.#finish(element, start);
  }

  #finish(element: HtmlElement, start: number): void {
    if (element.key !== null) this.#memory.note(element, headHash(this.#html, start), start, this.#at);
    this.#add(element);
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
