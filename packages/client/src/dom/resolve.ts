import { isSignificant, type Path } from '@djust/protocol';
import { type IdIndex, nodesOf, type Target } from './ids.ts';

/**
 * Finds nodes for the base wire: by id, by path of significant children, by the id of a boundary. Reads only. The
 * children of a parent are listed once and kept until `forget`, so a batch does not pay for a long list twice.
 */
export class Resolver {
  readonly index: IdIndex;
  readonly _lists: Map<Node, Node[]> = new Map();

  constructor(index: IdIndex) {
    this.index = index;
  }

  children(parent: Node): Node[] {
    let list = this._lists.get(parent);
    if (!list) {
      list = [];
      for (let node = parent.firstChild; node; node = node.nextSibling) if (isSignificant(node)) list.push(node);
      this._lists.set(parent, list);
    }
    return list;
  }

  /** The tree has changed below `parent`, or anywhere. */
  forget(parent?: Node): void {
    if (parent) this._lists.delete(parent);
    else this._lists.clear();
  }

  byPath(path: Path): Node | undefined {
    let node: Node | undefined = this.index.root;
    for (const step of path) {
      node = this.children(node)[step];
      if (!node) return undefined;
    }
    return node;
  }

  byId(id: string | undefined): Target | undefined {
    return this.index.get(id as string);
  }

  /** All nodes of a region, both boundaries included. */
  range(id: string): Node[] | undefined {
    const start = this.index.get(id);
    return start && nodesOf(start, this.index);
  }
}
