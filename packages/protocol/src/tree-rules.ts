/**
 * Which children count, how dj-if boundaries look, how ids are written. Both sides follow the same rules, so they are
 * written over the four members that a DOM node and any server tree can offer. @see wire spec 5.4, 5.5
 */
export interface TreeNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly parentNode: TreeNode | null;
}

const ELEMENT = 1;
const TEXT = 3;
const COMMENT = 8;

/** White space as a djust server since 1.2 sees it: that of HTML. (Before it was Unicode's without U+00A0.) */
const BLANK = /^[ \t\n\f\r]*$/;
const KEEPS_SPACE = new Set(['PRE', 'CODE', 'TEXTAREA', 'SCRIPT', 'STYLE']);

/**
 * Does this node take part in child indexes? Elements, text that is not blank, and dj-if boundaries do; and so does a
 * single space, which is how a djust server since 1.2 writes the white space that it keeps between inline elements.
 */
export function isSignificant(node: TreeNode): boolean {
  if (node.nodeType === ELEMENT) return true;
  if (node.nodeType === TEXT) return node.nodeValue === ' ' || !BLANK.test(node.nodeValue ?? '') || isSpaceKept(node);
  return node.nodeType === COMMENT && isBoundary(node.nodeValue ?? '');
}

function isSpaceKept(text: TreeNode): boolean {
  const parent = text.parentNode;
  return parent !== null && text.nodeValue !== '' && KEEPS_SPACE.has(parent.nodeName.toUpperCase());
}

const OPEN = /^\s*dj-if(?: (?:\s*id="([^"]*)")?|\s*$)/;

/** Is this comment text a dj-if boundary, opening or closing? */
export const isBoundary = (comment: string): boolean => isClosing(comment) || OPEN.test(comment);

/** The id in an opening boundary, `''` when it has none, `undefined` when the comment does not open one. */
export function openingId(comment: string): string | undefined {
  const found = OPEN.exec(comment);
  return found ? (found[1] ?? '') : undefined;
}

export function isClosing(comment: string): boolean {
  return comment.trim() === '/dj-if';
}

export const openBoundary = (id: string): string => `<!--dj-if id="${id}"-->`;
export const CLOSE_BOUNDARY = '<!--/dj-if-->';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** 0, 1 … z, A … Z, 10 …: the ids of the wire. */
export function toBase62(value: number): string {
  let text = '';
  let rest = value;
  do {
    const digit = rest % 62;
    text = (digit < 36 ? digit.toString(36) : String.fromCharCode(digit + 29)) + text;
    rest = Math.floor(rest / 62);
    // JSON can hold numbers that no division makes small.
  } while (rest > 0 && text.length < 9);
  return text;
}

/** The number behind an id, or NaN when it is none. */
export function fromBase62(text: string): number {
  let value = text === '' ? Number.NaN : 0;
  for (const digit of text) {
    const at = DIGITS.indexOf(digit);
    if (at < 0) return Number.NaN;
    value = value * 62 + at;
  }
  return value;
}
