/**
 * Compact operations, the `ops` extension. One batch is a list of groups, one group is a run of the same operation:
 *
 *   [[0,"1a","4","1b","5"],[6,"9"]]   set two texts, then remove a node
 *
 * Every address is an id, never a path, so an operation costs the same on a small page and on a large one.
 * An id names an element (its `dj-id`) or a region (`<!--dj-if id="…"-->` to `<!--/dj-if-->`); `"0"` is the view's root.
 * Places are named by a neighbour: `in X` is the very start of X's content, `after X` is right behind X.
 * Operations apply in order; each is valid on the outcome of the ones before it. An id may come from an earlier insert
 * of the same batch. With the extension `templates` an operation that brings HTML may bring rows of a known template
 * instead, and in a group that moves nothing all ids may be numbers: the first, then the distances from the one before.
 */
export const OP = {
  /** id, text: the text node at the start of X reads `text`; it is made when there is none. */
  text: 0,
  /** id, text: the same for the text node right behind X. */
  textAfter: 1,
  /** id, name, value | null: set or remove an attribute and what belongs to it (value, checked, selected). */
  attr: 2,
  /** id, html: replace the whole content of X. */
  html: 3,
  /** id, html: insert at the start of X. */
  insert: 4,
  /** id, html: insert right behind X. */
  insertAfter: 5,
  /** id: remove X with its content. */
  remove: 6,
  /** container, id, id …: move to the start of the container, one right behind the other. */
  move: 7,
  /** neighbour, id, id …: move right behind the neighbour, one right behind the other. */
  moveAfter: 8,
  /** number, chunks: names a template for the rows to come. Extension `templates`. */
  template: 9,
} as const;

export type OpCode = (typeof OP)[keyof typeof OP];

/** Number of arguments of each operation, by code. Moves take a place and then any number of ids: one at a time. */
export const OP_ARITY: readonly number[] = [2, 2, 3, 2, 2, 2, 1, 1, 1, 2];

/**
 * A piece of a template: HTML as it is, a number `n` where the id `first + n` stands, `[name]` for an attribute whose
 * value comes with the row, null for text that comes with the row.
 */
export type Chunk = string | number | [name: string] | null;

/**
 * Rows of one template instead of HTML: its number, the first id as a number, and the values, row after row. Each row
 * takes as many ids as its template has. A null leaves an attribute out. With `~number` they stand in a region, whose id
 * is the one before the first. Extension `templates`.
 */
export type Rows = [template: number, first: number, ...values: RowValue[]];

/** A whole number stands for the text that it is written as. */
export type RowValue = string | number | null;

export type OpArg = string | null | number | Rows | Chunk[];
export type OpGroup = [OpCode, ...OpArg[]];
export type Ops = OpGroup[];

/** The id of the view's root element in compact operations and, by custom, in the base dialect. */
export const ROOT_ID = '0';

/** Collects operations in order and joins neighbours of one kind into a group. */
export class OpWriter {
  readonly ops: Ops = [];
  #open: OpGroup | undefined;
  /** How many operations were written. */
  count = 0;

  push(code: OpCode, ...args: OpArg[]): void {
    this.count++;
    if (this.#open?.[0] === code) this.#open.push(...args);
    else this.#begin([code, ...args]);
  }

  /** Moves `id` right behind `neighbour`, or without one to the start of `container`. A chain of moves is one group. */
  move(id: string, neighbour: string | undefined, container: string): void {
    const last = this.#open;
    const isChain = last !== undefined && (last[0] === OP.move || last[0] === OP.moveAfter);
    if (isChain && neighbour !== undefined && last.length > 2 && last.at(-1) === neighbour) last.push(id);
    else if (neighbour === undefined) this.#begin([OP.move, container, id]);
    else this.#begin([OP.moveAfter, neighbour, id]);
  }

  #begin(group: OpGroup): void {
    this.#open = group;
    this.ops.push(group);
  }
}
