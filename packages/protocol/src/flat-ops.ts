import { OP, OP_ARITY, type OpCode, type OpGroup, type Ops } from './compact.ts';
import { fromBase62, toBase62 } from './tree-rules.ts';

/** One operation of a batch, taken out of its group. */
export interface FlatOp {
  readonly code: OpCode;
  readonly name: string;
  readonly id: string;
  readonly args: readonly unknown[];
}

const NAMES = Object.fromEntries(Object.entries(OP).map(([name, code]) => [code, name])) as Record<OpCode, string>;

/** The operations of a batch, one by one, each with its id as it stands on the page. */
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
    let last = 0;
    for (let at = 0; at < args.length; at += arity) {
      const given = args[at];
      const isDistance = typeof given === 'number' && code !== OP.template;
      if (isDistance) last += given;
      const id = isDistance ? toBase62(last) : String(given);
      flat.push({ code, name, id, args: args.slice(at + 1, at + arity) });
    }
  }
  return flat;
}

/** How what is known of an operation is found: by it and its node, with the name of an attribute. */
export const targetOf = ({ code, name, id, args }: FlatOp): string =>
  code === OP.attr ? `${name} ${id} ${args[0]}` : `${name} ${id}`;

/** From so many operations on, ids as numbers are shorter. */
const LONG = 4;

/**
 * Ids of long runs as numbers: the first as it is, each other as the distance from the one before. Even distances, as
 * between the rows of a list, all but vanish when a frame is compressed. Those of nodes behind which something comes are
 * numbers always: a client that writes the ids of new rows later finds them by these. Changes the groups in place.
 */
export function numberIds(ops: Ops): Ops {
  for (const group of ops)
    if (group[0] === OP.insertAfter || (group[0] <= OP.attr && group.length > LONG * arityOf(group)))
      numberGroup(group);
  return ops;
}

const arityOf = ([code]: OpGroup): number => OP_ARITY[code] as number;

function numberGroup(group: OpGroup): void {
  const arity = arityOf(group);
  const numbers: number[] = [];
  for (let at = 1; at < group.length; at += arity) {
    const id = group[at] as string;
    const number = fromBase62(id);
    if (toBase62(number) !== id) return;
    numbers.push(number);
  }
  numbers.forEach((number, place) => {
    group[1 + place * arity] = number - (numbers[place - 1] ?? 0);
  });
}
