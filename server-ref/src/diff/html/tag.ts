import type { Attribute } from './node.ts';
import { decodeEntities, detached } from './text.ts';

/** A start tag as written. */
export interface Tag {
  readonly name: string;
  readonly attrs: Attribute[];
  /** Behind the closing bracket. */
  readonly end: number;
  readonly isSelfClosed: boolean;
}

const SPACE = 32;
const BREAK = 10;
const TAB = 9;
const FEED = 12;
const DOUBLE = 34;
const SINGLE = 39;
const DASH = 45;
const SLASH = 47;
const EQUALS = 61;
const GT = 62;

const isSpace = (code: number): boolean => code === SPACE || code === BREAK || code === TAB || code === FEED;
const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Reads the start tag at `start`, in lower case and with quotes where they belong; undefined for anything else. Written
 * by hand: on a page of rows this is where the time goes.
 */
export function readTag(html: string, start: number): Tag | undefined {
  let at = start + 1;
  if (!isLower(html.charCodeAt(at))) return undefined;
  for (;;) {
    const code = html.charCodeAt(at);
    if (!isLower(code) && !isDigit(code) && code !== DASH) break;
    at++;
  }
  const name = detached(html.slice(start + 1, at));
  const attrs: Attribute[] = [];
  for (;;) {
    const before = at;
    while (isSpace(html.charCodeAt(at))) at++;
    const code = html.charCodeAt(at);
    if (code === GT) return { name, attrs, end: at + 1, isSelfClosed: false };
    if (code === SLASH && html.charCodeAt(at + 1) === GT) return { name, attrs, end: at + 2, isSelfClosed: true };
    if (at === before) return undefined;
    at = readAttribute(html, at, attrs);
    if (at < 0) return undefined;
  }
}

/** Answers the place behind the attribute, or -1. */
function readAttribute(html: string, start: number, attrs: Attribute[]): number {
  let at = start;
  for (;;) {
    const code = html.charCodeAt(at);
    if (code === EQUALS || code === GT || isSpace(code)) break;
    // Quotes, brackets, upper case, the end of the text: not written by a template engine.
    if (isUpper(code) || code === DOUBLE || code === SINGLE || code === SLASH || code === 60 || Number.isNaN(code))
      return -1;
    at++;
  }
  if (at === start) return -1;
  const name = html.slice(start, at);
  if (html.charCodeAt(at) !== EQUALS) {
    add(attrs, name, '');
    return at;
  }
  const quote = html.charCodeAt(at + 1);
  if (quote !== DOUBLE && quote !== SINGLE) return -1;
  const end = html.indexOf(quote === DOUBLE ? '"' : "'", at + 2);
  const value = end < 0 ? undefined : decodeEntities(html.slice(at + 2, end));
  if (value === undefined) return -1;
  add(attrs, name, value);
  return end + 1;
}

/** The first of two attributes of one name wins. Ids are ours to give. */
function add(attrs: Attribute[], name: string, value: string): void {
  if (name !== 'dj-id' && !attrs.some(([other]) => other === name)) attrs.push([detached(name), detached(value)]);
}
