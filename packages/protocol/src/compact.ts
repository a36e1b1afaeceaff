/**
 * Compact operations, the `ops` extension. One batch is a list of groups, one group is a run of the same operation:
 *
 *   [[0,"1a","4","1b","5"],[6,"9"]]   set two texts, then remove a node
 *
 * Every address is an id, never a path, so an operation costs the same on a small page and on a large one.
 * An id names an element (its `dj-id`) or a region (`<!--dj-if id="…"-->` to `<!--/dj-if-->`); `"0"` is the view's root.
 * Places are named by a neighbour: `in X` is the very start of X's content, `after X` is right behind X.
 * Operations apply in order; each is valid on the outcome of the ones before it. An id may come from an earlier insert
 * of the same batch.
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
  /** id, container: move X to the start of the container. */
  move: 7,
  /** id, neighbour: move X right behind its new neighbour. */
  moveAfter: 8,
} as const;

export type OpCode = (typeof OP)[keyof typeof OP];

/** Number of arguments of each operation, by code. */
export const OP_ARITY: readonly number[] = [2, 2, 3, 2, 2, 2, 1, 2, 2];

export type OpArg = string | null;
export type OpGroup = [OpCode, ...OpArg[]];
export type Ops = OpGroup[];

/** The id of the view's root element in compact operations and, by custom, in the base dialect. */
export const ROOT_ID = '0';

/** Collects operations in order and joins neighbours of one kind into a group. */
export class OpWriter {
  readonly ops: Ops = [];
  count = 0;
  #open: OpGroup | undefined;

  push(code: OpCode, ...args: OpArg[]): void {
    this.count++;
    if (this.#open?.[0] === code) {
      this.#open.push(...args);
      return;
    }
    this.#open = [code, ...args];
    this.ops.push(this.#open);
  }
}
