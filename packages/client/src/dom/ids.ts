import { isBoundary, isClosing, openingId } from '@djust/protocol';

/** What an id can name: an element, or the comment that opens a region. */
export type Target = Element | Comment;

/** A number is found in half the time that its text takes; what is no number stays as it is. */
export type Key = string | number;

/** New nodes on their way into the page, and the element that they will live in. */
export interface Piece extends DocumentFragment {
  _home?: Element;
}

const COMMENT = 8;

/** So often at most is what is gone looked for, in milliseconds. */
const SWEEP_MS = 500;

/** A target that is a comment names the region that it opens. */
export const isComment = (node: Node): node is Comment => node.nodeType === COMMENT;

/**
 * Id → node for one root, kept up to date as nodes come and go, so that an operation finds its node without a search.
 * The root itself answers to `"0"`, whether or not it bears an id.
 */
export class IdIndex {
  readonly root: Element;
  /** New nodes are noted here by whoever makes them. */
  readonly byId: Map<Key, Target> = new Map();
  /** New nodes whose ids are not written yet: the one of number `n` at `n - _first`, the place 0 stays empty. */
  _late: Target[] = [];
  /** Below all late numbers; above every number while there are none. */
  _first: number = Infinity;
  /** Writes them. Whoever is late with ids puts it here, for as long as there are any. */
  settle?: (() => void) | undefined;
  /** Closing comment of a region, found once. */
  readonly _ends: WeakMap<Comment, Comment> = new WeakMap();
  _sweeping?: unknown;

  constructor(root: Element) {
    this.root = root;
    this.rebuild();
  }

  /** Reads the whole tree: at the start, and after a merge that may have changed anything. */
  rebuild(): void {
    this.settle?.();
    this.byId.clear();
    this.byId.set(0, this.root);
    this._add(this.root, true);
  }

  /** All ids of a node and below it. `hasRegions` spares the walk over comments where there cannot be any. */
  _add(tree: Node, hasRegions: boolean): void {
    for (const element of [tree as Element, ...((tree as Element).querySelectorAll?.('[dj-id]') ?? [])]) {
      this._set(element.getAttribute?.('dj-id'), element);
    }
    if (!hasRegions) return;
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
    for (let node: Node | null = tree; node; node = walker.nextNode()) {
      if (isComment(node)) this._set(openingId(node.data), node);
    }
  }

  _set(id: string | null | undefined, node: Target): void {
    if (id) this.byId.set(keyOf(id), node);
  }

  get(id: Key): Target | undefined {
    const key = typeof id === 'string' ? keyOf(id) : id;
    const late = (key as number) - this._first;
    const node = (late > 0 && this._late[late]) || this.byId.get(key);
    return node && (node.isConnected || (node.getRootNode() as Piece)._home) ? node : undefined;
  }

  /** Nodes have gone. Nobody finds them any more; they are let go a little later, for that takes longer than taking them away. */
  letGo(): void {
    this._sweeping ??= setTimeout(() => this.sweep(), SWEEP_MS);
  }

  sweep(): void {
    this._sweeping = undefined;
    if (this.root.isConnected) for (const id of this.byId.keys()) this.get(id) || this.byId.delete(id);
  }

  /** The last node of a target: itself, or the comment that closes its region. */
  endOf(target: Target): Node {
    if (!isComment(target)) return target;
    const known = this._ends.get(target);
    if (known && known.parentNode === target.parentNode) return known;
    let depth = 0;
    for (let node: Node | null = target; node; node = node.nextSibling) {
      if (isComment(node) && isBoundary(node.data)) depth += isClosing(node.data) ? -1 : 1;
      if (depth > 0) continue;
      this._ends.set(target, node as Comment);
      return node;
    }
    return target;
  }
}

/** The number that an id says in base 62. Names of any other kind stay as they are. */
export function keyOf(id: string): Key {
  if (!/^(?!0.)[0-9a-z]{1,8}$/i.test(id)) return id;
  let number = 0;
  for (const digit of id) number = number * 62 + Number.parseInt(digit, 36) + (/[A-Z]/.test(digit) ? 26 : 0);
  return number;
}

/** All nodes of a target: itself, or its region with both comments. */
export function nodesOf(target: Target, index: IdIndex): Node[] {
  const end = index.endOf(target);
  const nodes: Node[] = [];
  for (let node: Node | null = target; node; node = node === end ? null : node.nextSibling) nodes.push(node);
  return nodes;
}
