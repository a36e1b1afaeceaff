import type { Random } from '../random.ts';

/** What one row, one paragraph, one section or one field is made of. All views draw the same data. */
export interface Item {
  readonly id: number;
  /** The label of a row, the text of a paragraph, the message below a field; empty for none. */
  readonly text: string;
  /** The class of a row. */
  readonly mark: string;
}

export type Items = readonly Item[];

/** The page that shows the items: bare texts, rows as in js-framework-benchmark, a long article, or a form. */
export type Kind = 'texts' | 'rows' | 'page' | 'form';

const SIZES = ['pretty', 'large', 'big', 'small', 'tall', 'short', 'long', 'handsome', 'plain', 'quaint', 'clean'];
const COLOURS = ['red', 'yellow', 'blue', 'green', 'pink', 'brown', 'purple', 'brown', 'white', 'black', 'orange'];
const THINGS = ['table', 'chair', 'house', 'bbq', 'desk', 'car', 'pony', 'cookie', 'sandwich', 'burger', 'pizza'];

export const labelOf = (random: Random): string =>
  `${random.pick(SIZES)} ${random.pick(COLOURS)} ${random.pick(THINGS)}`;

export function makeItems(random: Random, count: number, firstId: number): Item[] {
  return Array.from({ length: count }, (_, at) => ({ id: firstId + at, text: labelOf(random), mark: '' }));
}

/** Fields begin without a message. */
export const makeFields = (count: number): Item[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, text: '', mark: '' }));
