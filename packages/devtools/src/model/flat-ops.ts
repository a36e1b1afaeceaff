import { OP, OP_ARITY, type OpCode, type Ops } from '@djust/protocol';

/** One operation of a batch, taken out of its group. */
export interface FlatOp {
  readonly code: OpCode;
  readonly name: string;
  readonly id: string;
  readonly args: readonly unknown[];
}

const NAMES = Object.fromEntries(Object.entries(OP).map(([name, code]) => [code, name])) as Record<OpCode, string>;

export function flatOps(ops: Ops): FlatOp[] {
  const flat: FlatOp[] = [];
  for (const [code, ...args] of ops) {
    const name = NAMES[code] ?? `operation ${code}`;
    if (code === OP.move || code === OP.moveAfter) {
      const [target, ...ids] = args;
      for (const id of ids) flat.push({ code, name, id: String(id), args: [target] });
      continue;
    }
    const arity = OP_ARITY[code] ?? 1;
    for (let at = 0; at < args.length; at += arity) {
      flat.push({ code, name, id: String(args[at]), args: args.slice(at + 1, at + arity) });
    }
  }
  return flat;
}

/** How what is known of an operation is found: by it and its node, with the name of an attribute. */
export const targetOf = ({ code, name, id, args }: FlatOp): string =>
  code === OP.attr ? `${name} ${id} ${args[0]}` : `${name} ${id}`;
