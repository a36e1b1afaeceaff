import type { Attribute } from './node.ts';
import { decodeEntities, detached } from './text.ts';

const SPACE = 32;
const BREAK = 10;
const TAB = 9;
const FEED = 12;
const DOUBLE = 34;
const SINGLE = 39;
const DASH = 45;
const SLASH = 47;
const LT = 60;
const EQUALS = 61;
const GT = 62;

const isSpace = (code: number): boolean => code === SPACE || code === BREAK || code === TAB || code === FEED;
const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isInName = (code: number): boolean => isLower(code) || isDigit(code) || code === DASH;

/**
 * Reads start tags, one after the other, and shows the one that it read last: in lower case and with quotes where they
 * belong, or it is not read. Written by hand and without an object per tag: on a page of rows this is where the time goes.
 */
export class TagReader {
  name = '';
  /** Behind the closing bracket. */
  end = 0;
  isSelfClosed = false;
  /** Used again for each tag: a list that grows reserves more than a row has, and would keep that. */
  readonly #attrs: Attribute[] = [];
  #count = 0;

  get attrs(): Attribute[] {
    return this.#attrs.slice(0, this.#count);
  }

  /** False for anything but such a tag. */
  read(html: string, start: number): boolean {
    let at = start + 1;
    if (!isLower(html.charCodeAt(at))) return false;
    while (isInName(html.charCodeAt(at))) at++;
    this.name = detached(html.slice(start + 1, at));
    this.#count = 0;
    for (;;) {
      const before = at;
      while (isSpace(html.charCodeAt(at))) at++;
      const code = html.charCodeAt(at);
      this.isSelfClosed = code === SLASH;
      if (code === GT || (code === SLASH && html.charCodeAt(at + 1) === GT)) {
        this.end = at + (this.isSelfClosed ? 2 : 1);
        return true;
      }
      if (at === before) return false;
      at = this.#readAttribute(html, at);
      if (at < 0) return false;
    }
  }

  /** Answers the place behind the attribute, or -1. */
  #readAttribute(html: string, start: number): number {
    let at = start;
    for (;;) {
      const code = html.charCodeAt(at);
      if (code === EQUALS || code === GT || isSpace(code)) break;
      // Quotes, brackets, upper case, the end of the text: not written by a template engine.
      if (isUpper(code) || code === DOUBLE || code === SINGLE || code === SLASH || code === LT || Number.isNaN(code))
        return -1;
      at++;
    }
    if (at === start) return -1;
    const name = html.slice(start, at);
    if (html.charCodeAt(at) !== EQUALS) {
      this.#add(name, '');
      return at;
    }
    const quote = html.charCodeAt(at + 1);
    if (quote !== DOUBLE && quote !== SINGLE) return -1;
    const end = html.indexOf(quote === DOUBLE ? '"' : "'", at + 2);
    const value = end < 0 ? undefined : decodeEntities(html.slice(at + 2, end));
    if (value === undefined) return -1;
    this.#add(name, value);
    return end + 1;
  }

  /** The first of two attributes of one name wins. Ids are ours to give. */
  #add(name: string, value: string): void {
    if (name === 'dj-id') return;
    for (let at = 0; at < this.#count; at++) if (this.#attrs[at]?.[0] === name) return;
    this.#attrs[this.#count++] = [detached(name), detached(value)];
  }
}
