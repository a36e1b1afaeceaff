import { OP, type OpCode, type Ops } from '@djust/protocol';
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

/** One operation of a batch, taken out of its group. */
export interface FlatOp {
  readonly code: OpCode;
  readonly name: string;
  readonly id: string;
  readonly args: readonly unknown[];
}

const NAMES = Object.fromEntries(Object.entries(OP).map(([name, code]) => [code, name])) as Record<OpCode, string>;
const ARITY = [2, 2, 3, 2, 2, 2, 1, 1, 1, 2];

export function flatOps(ops: Ops): FlatOp[] {
  const flat: FlatOp[] = [];
  for (const [code, ...args] of ops) {
    const name = NAMES[code] ?? `operation ${code}`;
    if (code === OP.move || code === OP.moveAfter) {
      const [target, ...ids] = args;
      for (const id of ids) flat.push({ code, name, id: String(id), args: [target] });
      continue;
    }
    const arity = ARITY[code] ?? 1;
    for (let at = 0; at < args.length; at += arity) {
      flat.push({ code, name, id: String(args[at]), args: args.slice(at + 1, at + arity) });
    }
  }
  return flat;
}

/** What a batch that was just applied has touched: what came, and what its operations name. */
export function nodesOf({ detail }: CustomEvent, { recorder, root }: PanelContext): Element[] {
  const { added, version } = detail as { added: readonly Node[]; version: number };
  const nodes = added.filter((node): node is Element => node instanceof Element);
  const { ops } = (recorder.digest.frameOf(version) ?? {}) as { ops?: Ops };
  return ops ? [...nodes, ...elementsOf(ops, root())] : nodes;
}
