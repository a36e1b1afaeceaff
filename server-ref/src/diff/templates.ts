import type { Chunk, RowValue } from '@djust/protocol';
import type { Template } from '../view/compile.ts';
import { escapeText } from '../view/escape.ts';
import type { Warn } from '../view/html.ts';
import { attributeValue, isText, textOf } from '../view/tree.ts';

/** Templates that a browser was told of, by number. It forgets them with its page, so each connection begins anew. */
export class TemplateBook {
  readonly #numbers = new Map<Template, number>();
  readonly #met = new WeakSet<Template>();

  numberOf(template: Template): { number: number; isNew: boolean } {
    const known = this.#numbers.get(template);
    if (known !== undefined) return { number: known, isNew: false };
    const number = this.#numbers.size;
    this.#numbers.set(template, number);
    return { number, isNew: true };
  }

  /** Whether the template has been met before; from now on it has. */
  meets(template: Template): boolean {
    const isKnown = this.#met.has(template);
    this.#met.add(template);
    return isKnown;
  }

  has(template: Template): boolean {
    return this.#numbers.has(template);
  }

  clear(): void {
    this.#numbers.clear();
  }
}

const cache = new WeakMap<Template, Chunk[] | undefined>();

/** A template as it travels, or undefined when a browser could not build its rows out of values alone. */
export function chunksOf(template: Template): Chunk[] | undefined {
  if (!cache.has(template)) cache.set(template, makeChunks(template));
  return cache.get(template);
}

function makeChunks(template: Template): Chunk[] | undefined {
  // The line break that a parser drops depends on the value behind it.
  if (template.parts.some((part) => part.kind === 'run' && part.guardsBreak)) return undefined;
  const chunks: Chunk[] = [];
  const add = (chunk: Chunk): void => {
    const last = chunks.length - 1;
    if (typeof chunk === 'string' && typeof chunks[last] === 'string') chunks[last] += chunk;
    else chunks.push(chunk);
  };
  for (const chunk of template.chunks) {
    if (typeof chunk === 'string') add(chunk);
    else if (chunk.kind === 'id') add(chunk.id);
    else if (chunk.kind === 'attribute') add([chunk.name]);
    else for (const piece of chunk.pieces) add(typeof piece === 'string' ? escapeText(piece) : null);
  }
  return chunks;
}

/** The values of one row in the order of the chunks; undefined when one of them is more than text. */
export function rowValues(template: Template, values: readonly unknown[], warn: Warn): RowValue[] | undefined {
  const row: RowValue[] = [];
  for (const part of template.parts) {
    if (part.kind === 'attribute') {
      row.push(attributeValue(part, values, warn));
      continue;
    }
    for (const piece of part.pieces) {
      if (typeof piece === 'string') continue;
      const value = values[piece];
      if (!isText(value)) return undefined;
      // Whole numbers read the same on the other side, and are shorter without quotes.
      row.push(Number.isSafeInteger(value) ? (value as number) : textOf(value));
    }
  }
  return row;
}
