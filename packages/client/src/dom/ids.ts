import { isBoundary, isClosing, openingId, ROOT_ID } from '@djust/protocol';

/** What an id can name: an element, or the comment that opens a region. */
export type Target = Element | Comment;

/** New nodes on their way into the page, and the element that they will live in. */
export interface Piece extends DocumentFragment {
  _home?: Element;
}

const COMMENT = 8;

/** How many nodes wait to be forgotten at most. */
const MOST_GONE = 100;

/** A target that is a comment names the region that it opens. */
export const isComment = (node: Node): node is Comment => node.nodeType === COMMENT;

/**
 * Id → node for one root, kept up to date as nodes come and go, so that an operation finds its node without a search.
 * The root itself answers to `"0"`, whether or not it bears an id.
 */
export class IdIndex {
  readonly root: Element;
  /** New nodes are noted here by whoever makes them, after `sweep`: what is gone may have borne their ids. */
  readonly byId: Map<string, Target> = new Map();
  /** Closing comment of a region, found once. */
  readonly _ends: WeakMap<Comment, Comment> = new WeakMap();
  /** What is still to be forgotten: reading what a node held takes longer than taking it away. */
  readonly _gone: Node[] = [];

  constructor(root: Element) {
    this.root = root;
    this.rebuild();
  }

  /** Reads the whole tree: at the start, and after a merge that may have changed anything. */
  rebuild(): void {
    this.byId.clear();
    collectIds(this.root, this.byId, true);
  }

  get(id: string): Target | undefined {
    const node = this.byId.get(id);
    if (node) return node.isConnected || (node.getRootNode() as Piece)._home ? node : undefined;
    return id === ROOT_ID ? this.root : undefined;
  }

  /** Forgets a node and everything below it; one that is gone already soon, for nobody finds it any more. */
  remove(node: Node): void {
    if (this._gone.push(node) >= MOST_GONE || node.isConnected) this.sweep();
  }

  /** Forgets at once. */
  sweep(): void {
    if (this._gone.length === 0) return;
    const gone = new Map<string, Target>();
    for (const node of this._gone.splice(0)) collectIds(node, gone, true);
    for (const [id, node] of gone) if (this.byId.get(id) === node) this.byId.delete(id);
  }

  /** The last node of a target: itself, or the comment that closes its region. */
  endOf(target: Target): Node {
    if (!isComment(target)) return target;
    const known = this._ends.get(target);
    if (known?.parentNode === target.parentNode && known.parentNode) return known;
    let depth = 0;
    for (let node: Node | null = target; node; node = node.nextSibling) {
      if (!isComment(node) || !isBoundary(node.data)) continue;
      depth += isClosing(node.data) ? -1 : 1;
      if (depth > 0) continue;
      this._ends.set(target, node);
      return node;
    }
    return target;
  }
}

/** All nodes of a target: itself, or its region with both comments. */
export function nodesOf(target: Target, index: IdIndex): Node[] {
  const end = index.endOf(target);
  const nodes: Node[] = [];
  for (let node: Node | null = target; node; node = node === end ? null : node.nextSibling) nodes.push(node);
  return nodes;
}

/** All ids of a node and below it. `hasRegions` spares the walk over comments where there cannot be any. */
export function collectIds(tree: Node, into: Map<string, Target>, hasRegions: boolean): void {
  const own = tree instanceof Element && tree.getAttribute('dj-id');
  if (own) into.set(own, tree);
  for (const element of (tree as Element).querySelectorAll?.('[dj-id]') ?? [])
    into.set(element.getAttribute('dj-id') as string, element);
  if (!hasRegions) return;
  const walker = document.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
  for (let node: Node | null = tree; node; node = walker.nextNode()) {
    const id = isComment(node) && openingId(node.data);
    if (id) into.set(id, node as Comment);
  }
}
