import { isSignificant } from '@djust/protocol';
import { dev } from '../lib/dev.ts';
import { setAttribute, syncTextarea } from './attributes.ts';
import { createNode } from './create.ts';
import { parseHtml } from './html.ts';
import type { IdIndex } from './ids.ts';
import type { FieldPolicy } from './live-dom.ts';
import { addChildPatch, type NodePatch, type ParentPlan, type Placement, type Plan } from './plan.ts';
import { moveNode } from './preserve.ts';
import { badOp, newReport, type PatchDone, type PatchReport, targetMissing } from './report.ts';
import type { Resolver } from './resolve.ts';

type Refused = Exclude<PatchReport, PatchDone>;

/**
 * Carries out a plan of the base wire: the only writer of child nodes there. Paths into the new tree can turn out wrong
 * only on the way, so each step is written down and taken back when a later one fails.
 */
export function commitPlan(plan: Plan, resolver: Resolver, fields: FieldPolicy): PatchReport {
  const committer = new Committer(resolver, fields);
  const refused = committer.run(plan);
  if (!refused) return committer.report;
  committer.takeBack();
  return refused;
}

/** A node that counts, with the blank text and comments behind it, which only travel along. */
type Group = Node[];

function groupsOf(nodes: readonly Node[]): Group[] {
  const groups: Group[] = [];
  for (const node of nodes) {
    const last = groups.at(-1);
    if (last && !isSignificant(node)) last.push(node);
    else groups.push([node]);
  }
  return groups;
}

/**
 * The final order of a parent's children. Each placement takes its own index; the rest of a region follows its start on
 * the next free places, because another placement may point into the region; who stays fills up.
 */
function arrange(
  staying: readonly Node[],
  placements: readonly { index: number; groups: Group[] }[],
): Group[] | undefined {
  const starts = new Map(placements.map(({ index, groups }) => [index, groups]));
  const total = staying.length + placements.reduce((sum, { groups }) => sum + groups.length, 0);
  const final: Group[] = [];
  const following: Group[] = [];
  let next = 0;
  while (final.length < total) {
    const groups = starts.get(final.length);
    if (groups?.[0]) {
      final.push(groups[0]);
      following.unshift(...groups.slice(1));
      starts.delete(final.length - 1);
    } else {
      const node = staying[next];
      const group = following.shift() ?? (node && next++ >= 0 ? [node] : undefined);
      if (!group) return undefined;
      final.push(group);
    }
  }
  return final;
}

class Committer {
  readonly report: PatchDone = newReport();
  readonly _resolver: Resolver;
  readonly _index: IdIndex;
  readonly _fields: FieldPolicy;
  readonly _undo: (() => void)[] = [];

  constructor(resolver: Resolver, fields: FieldPolicy) {
    this._resolver = resolver;
    this._fields = fields;
    this._index = resolver.index;
  }

  takeBack(): void {
    for (const step of this._undo.reverse()) step();
    this._index.rebuild();
  }

  run(plan: Plan): Refused | undefined {
    for (const entry of plan.parents) {
      const refused = this._parent(entry);
      if (refused) return refused;
    }
    this._resolver.forget();
    for (const { patch, at } of plan.nodePatches) {
      const refused = this._node(patch, at);
      if (refused) return refused;
    }
    const [virtual] = plan.virtualPatches;
    return virtual && badOp(virtual.at, dev('virtual lists need the virtual-list add-on'));
  }

  _parent(entry: ParentPlan): Refused | undefined {
    if (!entry.parent) {
      this._resolver.forget();
      const found = this._resolver.byPath(entry.path);
      if (!(found instanceof Element)) return targetMissing(entry.placements[0]?.at ?? '', entry.path.join('/'));
      entry.parent = found;
      for (const { patch, at } of entry.pending) {
        const refused = addChildPatch(entry, patch as Parameters<typeof addChildPatch>[1], at, this._resolver);
        if (refused) return refused;
      }
    }
    const { parent } = entry;
    for (const node of entry.removals) this._remove(node);
    const removed = new Set(entry.removals);
    const placements = entry.placements.map((placement) => ({
      index: placement.index,
      groups: groupsOf(this._nodesFor(placement, parent).filter((node) => !removed.has(node))),
      before: this._before(placement, parent),
    }));
    const placed = new Set(placements.flatMap(({ groups }) => groups.map(([first]) => first)));
    const staying = this._childrenOf(parent).filter((node) => !placed.has(node));
    const final = arrange(staying, placements);
    if (!final) return badOp(entry.placements[0]?.at ?? '', dev('a place beyond the end'));
    let before: Node | null = null;
    for (const group of final.reverse()) {
      if (placed.has(group[0] as Node)) {
        const named = placements.find(({ groups }) => groups.includes(group))?.before;
        for (const node of group) this._place(node, parent, named ?? before);
      }
      before = group[0] as Node;
    }
    syncTextarea(parent, this._fields);
    return undefined;
  }

  _childrenOf(parent: Element): Node[] {
    this._resolver.forget(parent);
    return this._resolver.children(parent);
  }

  /** An older server may name the neighbour itself. */
  _before({ nodes }: Placement, parent: Element): Node | undefined {
    const id = !Array.isArray(nodes) && nodes.type === 'InsertChild' ? nodes.ref_d : undefined;
    const node = this._resolver.byId(id);
    return node?.parentNode === parent ? node : undefined;
  }

  _nodesFor({ nodes }: Placement, parent: Element): Node[] {
    if (Array.isArray(nodes)) return nodes;
    const made =
      nodes.type === 'InsertChild' ? [createNode(nodes.node, parent)] : [...parseHtml(nodes.html, parent).childNodes];
    for (const node of made) this._index._add(node, true);
    this.report.added.push(...made);
    return made;
  }

  _remove(node: Node): void {
    const { parentNode, nextSibling } = node;
    if (!parentNode) return;
    this._undo.push(() => parentNode.insertBefore(node, nextSibling));
    this._index.letGo();
    this.report.removed.push(node);
    this.report.touched++;
    parentNode.removeChild(node);
  }

  _place(node: Node, parent: Node, before: Node | null): void {
    const { parentNode, nextSibling } = node;
    this._undo.push(() => (parentNode ? parentNode.insertBefore(node, nextSibling) : parent.removeChild(node)));
    this.report.touched++;
    moveNode(parent, node, before);
  }

  _node(patch: NodePatch, at: string): Refused | undefined {
    const target = (patch.type !== 'SetText' && this._resolver.byId(patch.d)) || this._resolver.byPath(patch.path);
    if (!target) return targetMissing(at, patch.d ?? patch.path.join('/'));
    this.report.touched++;
    if (patch.type === 'SetText') return this._text(target, patch.text);
    if (patch.type === 'Replace') return this._replace(target, patch, at);
    if (!(target instanceof Element)) return badOp(at, dev('an element is required'));
    const { key } = patch;
    if (patch.type === 'RemoveAttr' && key === 'data-dj-src') return undefined;
    const before = target.getAttribute(key);
    this._undo.push(() => setAttribute(target, key, before, this._fields));
    setAttribute(target, key, patch.type === 'SetAttr' ? patch.value : null, this._fields);
    // A field under another name is another field. @see wire spec 5.9
    if (key === 'name' && 'defaultValue' in target) {
      setAttribute(target, 'value', target.getAttribute('value'), this._fields);
    }
    return undefined;
  }

  _text(node: Node, text: string): undefined {
    const before = node.nodeType === Node.ELEMENT_NODE ? undefined : node.nodeValue;
    if (before === undefined) {
      const children = [...node.childNodes];
      this._undo.push(() => (node as Element).replaceChildren(...children));
      node.textContent = text;
      this._index.letGo();
    } else {
      this._undo.push(() => {
        node.nodeValue = before;
      });
      node.nodeValue = text;
      // It may open a region, under another id than before.
      if (node instanceof Comment) this._index.rebuild();
    }
    syncTextarea(node instanceof Element ? node : node.parentNode, this._fields);
  }

  /** A text may become an element, and the other way round. */
  _replace(target: Node, patch: Extract<NodePatch, { type: 'Replace' }>, at: string): Refused | undefined {
    const parent = target.parentElement;
    if (!parent || target === this._index.root) return badOp(at, dev('the root stays where it is'));
    const node = createNode(patch.node, parent);
    const { nextSibling } = target;
    this._remove(target);
    this._index._add(node, true);
    this.report.added.push(node);
    this._place(node, parent, nextSibling);
    this._resolver.forget(parent);
    return undefined;
  }
}
