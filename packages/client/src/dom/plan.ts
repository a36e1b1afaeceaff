import type { Patch, Path } from '@djust/protocol';
import { dev } from '../lib/dev.ts';
import type { PatchReport } from './report.ts';
import { badOp, type PatchDone, targetMissing } from './report.ts';
import type { Resolver } from './resolve.ts';

type Refused = Exclude<PatchReport, PatchDone>;
export type ChildPatch = Extract<
  Patch,
  { type: 'InsertChild' | 'RemoveChild' | 'MoveChild' | 'RemoveSubtree' | 'InsertSubtree' | 'MoveSubtree' }
>;
export type NodePatch = Extract<Patch, { type: 'Replace' | 'SetText' | 'SetAttr' | 'RemoveAttr' }>;
export type VirtualPatch = Extract<Patch, { type: `Virtual${string}` }>;

/** Something that comes to stand at `index` of its parent's final list: nodes that move, or a patch that makes them. */
export interface Placement {
  index: number;
  nodes: Node[] | Extract<ChildPatch, { type: 'InsertChild' | 'InsertSubtree' }>;
  at: string;
}

/** All that happens to the children of one parent. */
export interface ParentPlan {
  /** Undefined while only its path in the new tree is known. */
  parent: Element | undefined;
  path: Path;
  removals: Node[];
  placements: Placement[];
  /** Needs the old list of a parent that is not known yet. */
  pending: { patch: ChildPatch; at: string }[];
}

export interface Plan {
  ok: true;
  parents: ParentPlan[];
  nodePatches: { patch: NodePatch; at: string }[];
  virtualPatches: { patch: VirtualPatch; at: string }[];
}

const NODE_TYPES = /^(Replace|SetText|SetAttr|RemoveAttr)$/;
const CHILD_TYPES = /^(Insert|Remove|Move)(Child|Subtree)$/;

/**
 * Sorts a batch of the base wire into what each parent loses and gains. Old indexes and ids are looked up in the tree as
 * it is now, before anything moves; parents without an id wait until everything above them is in place. Reads only.
 * @see wire spec 5.6, and its traps W1 to W4
 */
export function planPatches(patches: readonly Patch[], resolver: Resolver): Plan | Refused {
  const plan: Plan = { ok: true, parents: [], nodePatches: [], virtualPatches: [] };
  const byNode = new Map<Element | string, ParentPlan>();
  const planFor = (parent: Element | undefined, path: Path): ParentPlan => {
    const key = parent ?? path.join();
    let entry = byNode.get(key);
    if (!entry) {
      entry = { parent, path, removals: [], placements: [], pending: [] };
      byNode.set(key, entry);
      plan.parents.push(entry);
    }
    return entry;
  };
  for (const [i, patch] of patches.entries()) {
    const at = `/patches/${i}`;
    if (NODE_TYPES.test(patch.type)) plan.nodePatches.push({ patch: patch as NodePatch, at });
    else if (patch.type.startsWith('Virtual')) plan.virtualPatches.push({ patch: patch as VirtualPatch, at });
    else if (!CHILD_TYPES.test(patch.type)) return badOp(at, dev(`unknown operation ${patch.type}`));
    else if (patch.type === 'RemoveSubtree') {
      const range = resolver.range(patch.id);
      if (!range) return targetMissing(at, patch.id);
      planFor(range[0]?.parentElement ?? undefined, []).removals.push(...range);
    } else {
      const child = patch as Exclude<ChildPatch, { type: 'RemoveSubtree' }>;
      const parent = parentOf(child, resolver);
      const entry = planFor(parent, child.path);
      if (!parent && needsOldList(child)) {
        entry.pending.push({ patch: child, at });
        continue;
      }
      const refused = addChildPatch(entry, child, at, resolver);
      if (refused) return refused;
    }
  }
  // Shallow parents first: a deeper path counts in the tree that they leave behind.
  plan.parents.sort((a, b) => Number(!a.parent) - Number(!b.parent) || a.path.length - b.path.length);
  return plan;
}

function parentOf(patch: { d?: string; path: Path }, resolver: Resolver): Element | undefined {
  const node = resolver.byId(patch.d) ?? (patch.path.length === 0 ? resolver.index.root : undefined);
  return node instanceof Element ? node : undefined;
}

const needsOldList = (patch: ChildPatch): boolean =>
  (patch.type === 'RemoveChild' || patch.type === 'MoveChild') && patch.child_d === undefined;

/** Adds one patch to the plan of its parent, which is known if the patch counts in the old list. */
export function addChildPatch(
  entry: ParentPlan,
  patch: Exclude<ChildPatch, { type: 'RemoveSubtree' }>,
  at: string,
  resolver: Resolver,
): Refused | undefined {
  switch (patch.type) {
    case 'RemoveChild':
    case 'MoveChild': {
      const old = patch.type === 'RemoveChild' ? patch.index : patch.from;
      const node = resolver.byId(patch.child_d) ?? (entry.parent && resolver.children(entry.parent)[old]);
      if (!node) return targetMissing(at, patch.child_d ?? `child ${old}`);
      if (patch.type === 'RemoveChild') entry.removals.push(node);
      else entry.placements.push({ index: patch.to, nodes: [node], at });
      return undefined;
    }
    case 'MoveSubtree': {
      const range = resolver.range(patch.id);
      if (!range) return targetMissing(at, patch.id);
      entry.placements.push({ index: patch.index, nodes: range, at });
      return undefined;
    }
    default:
      entry.placements.push({ index: patch.index, nodes: patch, at });
      return undefined;
  }
}
