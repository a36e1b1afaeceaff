import { isBoundary, isClosing, openingId, ROOT_ID } from '@djust/protocol';

/** What an id can name: an element, or the comment that opens a region. */
export type Target = Element | Comment;

const COMMENT = 8;

/**
 * Id → node for one root, kept up to date as nodes come and go, so that an operation finds its node without a search.
 * The root itself answers to `"0"`, whether or not it bears an id.
 */
export class IdIndex {
  readonly root: Element;
  readonly _nodes: Map<string, Target> = new Map();
  /** Closing comment of a region, found once. */
  readonly _ends: WeakMap<Comment, Comment> = new WeakMap();
  _regions = 0;

  constructor(root: Element) {
    this.root = root;
    this.rebuild();
  }

  get size(): number {
    return this._nodes.size;
  }

  /** Reads the whole tree: at the start, and after a merge that may have changed anything. */
  rebuild(): void {
    this._nodes.clear();
    this._regions = 0;
    collectIds(this.root, this._nodes, true);
    for (const node of this._nodes.values()) if (node.nodeType === COMMENT) this._regions++;
  }

  get(id: string): Target | undefined {
    const node = this._nodes.get(id);
    if (node) return node.isConnected ? node : undefined;
    return id === ROOT_ID ? this.root : undefined;
  }

  add(nodes: ReadonlyMap<string, Target>): void {
    for (const [id, node] of nodes) {
      this._nodes.set(id, node);
      if (node.nodeType === COMMENT) this._regions++;
    }
  }

  /** Forgets a node and everything below it. */
  remove(node: Node): void {
    if (node.nodeType === COMMENT) this._forget(openingId((node as Comment).data), node);
    if (!(node instanceof Element)) return;
    this._forget(node.getAttribute('dj-id'), node);
    for (const child of node.querySelectorAll('[dj-id]')) this._forget(child.getAttribute('dj-id'), child);
    if (this._regions === 0) return;
    for (const comment of commentsIn(node)) this._forget(openingId(comment.data), comment);
  }

  _forget(id: string | null | undefined, node: Node): void {
    if (!id || this._nodes.get(id) !== node) return;
    this._nodes.delete(id);
    if (node.nodeType === COMMENT) this._regions--;
  }

  /** The last node of a target: itself, or the comment that closes its region. */
  endOf(target: Target): Node {
    if (target.nodeType !== COMMENT) return target;
    const start = target as Comment;
    const known = this._ends.get(start);
    if (known?.parentNode === start.parentNode && known.parentNode) return known;
    let depth = 0;
    for (let node: Node | null = start; node; node = node.nextSibling) {
      if (node.nodeType !== COMMENT || !isBoundary((node as Comment).data)) continue;
      depth += isClosing((node as Comment).data) ? -1 : 1;
      if (depth > 0) continue;
      this._ends.set(start, node as Comment);
      return node;
    }
    return start;
  }
}

/** All nodes of a target: itself, or its region with both comments. */
export function nodesOf(target: Target, index: IdIndex): Node[] {
  const end = index.endOf(target);
  const nodes: Node[] = [];
  for (let node: Node | null = target; node; node = node === end ? null : node.nextSibling) nodes.push(node);
  return nodes;
}

/** All ids in a tree. `hasRegions` spares the walk over comments where there cannot be any. */
export function collectIds(tree: ParentNode & Node, into: Map<string, Target>, hasRegions: boolean): void {
  for (const element of tree.querySelectorAll('[dj-id]')) into.set(element.getAttribute('dj-id') as string, element);
  if (!hasRegions) return;
  for (const comment of commentsIn(tree)) {
    const id = openingId(comment.data);
    if (id) into.set(id, comment);
  }
}

function* commentsIn(tree: Node): Generator<Comment> {
  const walker = document.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) yield walker.currentNode as Comment;
}
