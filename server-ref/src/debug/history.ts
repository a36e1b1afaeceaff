import type { JsonObject } from '@djust/protocol';

/** A state that the view was in, and what led to it. States share what did not change, so a node costs what it changed. */
export interface HistoryNode {
  readonly node: number;
  readonly parent: number | null;
  readonly name: string;
  readonly ref?: number | undefined;
  readonly params?: JsonObject | undefined;
  readonly at: number;
  readonly state: JsonObject;
}

const MOST_NODES = 200;

/** The states of one session as a tree: whoever goes back and on from there begins a branch. */
export class History {
  #nodes = new Map<number, HistoryNode>();
  #nextNode = 0;
  #head: HistoryNode | undefined;

  get nodes(): readonly HistoryNode[] {
    return [...this.#nodes.values()];
  }

  /** The state that is true now. */
  get head(): HistoryNode | undefined {
    return this.#head;
  }

  get(node: number): HistoryNode | undefined {
    return this.#nodes.get(node);
  }

  add(entry: Omit<HistoryNode, 'node' | 'parent'>): HistoryNode {
    const last = this.#head;
    // A clock that ticks while nobody does anything is one state, not a thousand.
    if (last && entry.name === 'tick' && last.name === 'tick') this.#nodes.delete(last.node);
    const parent = last && entry.name === 'tick' && last.name === 'tick' ? last.parent : (last?.node ?? null);
    const node: HistoryNode = { ...entry, node: this.#nextNode++, parent };
    this.#nodes.set(node.node, node);
    this.#head = node;
    if (this.#nodes.size > MOST_NODES) this.#nodes.delete(this.#nodes.keys().next().value as number);
    return node;
  }

  /** Goes on from an earlier state; what came behind it stays as a branch. */
  branch(node: HistoryNode): void {
    this.#head = node;
  }

  /** The event of this ref, and the state before it. */
  step(ref: number): { node: HistoryNode; before: HistoryNode } | undefined {
    for (const node of this.#nodes.values()) {
      if (node.ref !== ref || node.parent === null) continue;
      const before = this.#nodes.get(node.parent);
      if (before) return { node, before };
    }
    return undefined;
  }
}
