import type { HtmlElement } from './node.ts';

/** How many places are looked at for one head, so that heads made to collide cost nothing but being read again. */
const MAX_PROBES = 16;
/** Numbers per element: the hash of its head, its start, its length. */
const STRIDE = 3;
const GT = 62;

/**
 * The keyed elements of one reading, and where they stood in its HTML: in the next reading those that look the same are
 * found again by how they begin. Kept as numbers: a string per element would cost more than it saves, and a slice of the
 * HTML would keep all of it alive.
 */
export class Memory {
  readonly html: string;
  readonly #elements: HtmlElement[] = [];
  #stretches: Int32Array;
  /** Open addressing by hash: which element it is, counted from 1; 0 is free. */
  #slots: Int32Array;

  /** @param like  a reading that met about as many */
  constructor(html: string, like?: Memory) {
    this.html = html;
    const count = like ? like.#elements.length : 0;
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(2 * count)));
    this.#slots = new Int32Array(size);
    this.#stretches = new Int32Array((size / 2) * STRIDE);
  }

  note(element: HtmlElement, hash: number, start: number, end: number): void {
    if (2 * this.#elements.length === this.#slots.length) this.#grow();
    const at = this.#elements.length * STRIDE;
    this.#stretches[at] = hash;
    this.#stretches[at + 1] = start;
    this.#stretches[at + 2] = end - start;
    this.#elements.push(element);
    this.#enter(this.#elements.length, hash);
  }

  /** Which element stands at this place of another HTML, to the letter; 0 for none. */
  find(hash: number, html: string, start: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let probe = 0, slot = hash & mask; probe < MAX_PROBES; slot = (slot + ++probe) & mask) {
      const which = slots[slot] as number;
      if (which === 0) return 0;
      const at = (which - 1) * STRIDE;
      if (this.#stretches[at] !== hash) continue;
      const length = this.#stretches[at + 2] as number;
      if (length > 0 && isSame(html, start, this.html, this.#stretches[at + 1] as number, length)) return which;
    }
    return 0;
  }

  elementOf(which: number): HtmlElement {
    return this.#elements[which - 1] as HtmlElement;
  }

  /** Answers its length. From now on it is not found: an element can stand in one place only. */
  take(which: number): number {
    const at = (which - 1) * STRIDE + 2;
    const length = this.#stretches[at] as number;
    this.#stretches[at] = 0;
    return length;
  }

  #grow(): void {
    const before = this.#stretches;
    this.#stretches = new Int32Array(2 * before.length);
    this.#stretches.set(before);
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#elements.forEach((_, at) => void this.#enter(at + 1, before[at * STRIDE] as number));
  }

  #enter(which: number, hash: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let probe = 0, slot = hash & mask; probe < MAX_PROBES; slot = (slot + ++probe) & mask) {
      if (slots[slot] !== 0) continue;
      slots[slot] = which;
      return;
    }
  }
}

/** A hash of all that stands before the first `>`: mostly the start tag, with the key in it. */
export function headHash(html: string, start: number): number {
  let hash = 0;
  for (let at = start + 1; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === GT) break;
    hash = Math.imul(hash ^ code, 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Compares two stretches of text. The slices are gone again at once. */
function isSame(a: string, aStart: number, b: string, bStart: number, length: number): boolean {
  return a.slice(aStart, aStart + length) === b.slice(bStart, bStart + length);
}
