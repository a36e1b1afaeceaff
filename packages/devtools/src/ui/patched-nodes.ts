import { flatOps, type Ops } from '@djust/protocol';
import type { PanelContext } from './context.ts';

/** So many are looked up one by one; above it one walk over the page finds them all. */
const FEW = 4;

/** The elements that compact operations name, as far as they are on the page. */
export function elementsOf(ops: Ops, root: Element | undefined): Element[] {
  const ids = new Set(flatOps(ops).map(({ id }) => id));
  if (ids.size <= FEW) return [...ids].flatMap((id) => elementOf(id, root) ?? []);
  const all = [...(root?.querySelectorAll('[dj-id]') ?? [])];
  return all.filter((element) => ids.has(element.getAttribute('dj-id') as string));
}

export function elementOf(id: string, root: Element | undefined): Element | undefined {
  if (id === '0') return root;
  return root?.querySelector(`[dj-id="${CSS.escape(id)}"]`) ?? undefined;
}

/** What a batch that was just applied has touched: what came, and what its operations name. */
export function nodesOf({ detail }: CustomEvent, { recorder, root }: PanelContext): Element[] {
  const { added, version } = detail as { added: readonly Node[]; version: number };
  const nodes = added.filter((node): node is Element => node instanceof Element);
  const { ops } = (recorder.digest.frameOf(version)?.parsed ?? {}) as { ops?: Ops };
  return ops ? [...nodes, ...elementsOf(ops, root())] : nodes;
}
