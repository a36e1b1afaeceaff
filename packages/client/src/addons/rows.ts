import { isSignificant, type Patch, type TreeNode } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { Way } from '../lib/way.ts';

type Virtual = Extract<Patch, { type: `Virtual${string}` }>;

/**
 * Rows of a `dj-virtual` list of a plain djust server, which it addresses by key. Here the rows stay in the document; so each
 * such operation is one of those that every list has.
 */
export const rows: Feature = {
  name: 'rows',
  install({ features, root }) {
    const way = features.get('way') as Way | undefined;
    if (way) way.read = (patches) => read(patches, root() as Element);
  },
};

function read(patches: readonly Patch[], root: Element): Patch[] {
  const others: Patch[] = [];
  const lists = new Map<string, Virtual[]>();
  for (const patch of patches) {
    if (!patch.type.startsWith('Virtual')) others.push(patch);
    else {
      const virtual = patch as Virtual;
      const ops = lists.get(`${virtual.d}`) ?? [];
      lists.set(`${virtual.d}`, ops);
      ops.push(virtual);
    }
  }
  for (const [d, ops] of lists) others.push(...inPlaces(root.querySelector(`[dj-id="${CSS.escape(d)}"]`), ops));
  return others;
}

const keyOf = (node: Node): string =>
  node instanceof Element ? node.getAttribute('dj-key') || node.getAttribute('data-key') || '' : '';

/** By key, one after the other, becomes: what goes, what moves where, and what is new where, in the end. */
function inPlaces(list: Element | null, ops: readonly Virtual[]): Patch[] {
  const before = [...(list?.childNodes ?? [])].filter((node) => isSignificant(node as TreeNode));
  const old = before.map(keyOf);
  const keys = [...old];
  for (const op of ops) {
    const { type, key } = op;
    if (type === 'VirtualRemove' || type === 'VirtualMove') keys.splice(keys.indexOf(key), 1);
    if (type === 'VirtualInsert' || type === 'VirtualMove') {
      const next = op.before_key === undefined ? -1 : keys.indexOf(op.before_key);
      keys.splice(next < 0 ? keys.length : next, 0, key);
    }
  }
  return ops.flatMap((op): Patch | Patch[] => {
    const { path, d, key } = op;
    const from = old.indexOf(key);
    const to = keys.indexOf(key);
    const child_d = (before[from] as Element | undefined)?.getAttribute('dj-id') ?? '';
    const where = { path, ...(d !== undefined && { d }) };
    switch (op.type) {
      case 'VirtualRemove':
        return { ...where, type: 'RemoveChild', index: from, child_d };
      case 'VirtualMove':
        return { ...where, type: 'MoveChild', from, to, child_d };
      case 'VirtualInsert':
        return { ...where, type: 'InsertChild', index: to, node: op.node };
      default:
        return op.patches.map((patch) => ({ ...patch, path: [...path, to, ...('path' in patch ? patch.path : [])] }));
    }
  });
}
