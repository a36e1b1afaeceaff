import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP, OP_ARITY, type OpArg, type OpCode, OpWriter } from './compact.ts';

describe('the writer of operations', () => {
  it('joins neighbours of one kind into a group, and keeps their order', () => {
    const writer = new OpWriter();
    writer.push(OP.text, '1a', '4');
    writer.push(OP.text, '1b', '5');
    writer.push(OP.remove, '9');
    writer.push(OP.text, '1a', '6');
    expect(writer.ops).toEqual([
      [0, '1a', '4', '1b', '5'],
      [6, '9'],
      [0, '1a', '6'],
    ]);
  });

  it('writes nothing when nothing was pushed', () => {
    const writer = new OpWriter();
    expect(writer.ops).toEqual([]);
  });

  it('joins a chain of moves, each behind the one before it, and no others', () => {
    const writer = new OpWriter();
    writer.move('a', undefined, 'u');
    writer.move('b', 'a', 'u');
    writer.move('c', 'x', 'u');
    writer.move('d', 'c', 'u');
    writer.move('e', undefined, 'u');
    writer.move('f', 'u', 'u');
    expect(writer.ops).toEqual([
      [7, 'u', 'a', 'b'],
      [8, 'x', 'c', 'd'],
      [7, 'u', 'e'],
      [8, 'u', 'f'],
    ]);
  });

  it('loses nothing: the groups read back as what was pushed', () => {
    const anyOp = fc
      .constantFrom(...Object.values(OP).filter((code) => code !== OP.move && code !== OP.moveAfter))
      .chain((code) => {
        const args = fc.array(fc.oneof(fc.string(), fc.constant(null)), {
          minLength: OP_ARITY[code] as number,
          maxLength: OP_ARITY[code] as number,
        });
        return args.map((list): [OpCode, ...OpArg[]] => [code, ...list]);
      });
    fc.assert(
      fc.property(fc.array(anyOp), (list) => {
        const writer = new OpWriter();
        for (const [code, ...args] of list) writer.push(code, ...args);
        const back = writer.ops.flatMap(([code, ...args]) => {
          const arity = OP_ARITY[code] as number;
          return Array.from({ length: args.length / arity }, (_, at) => [
            code,
            ...args.slice(at * arity, (at + 1) * arity),
          ]);
        });
        expect(back).toEqual(list);
        expect(writer.ops.every(([code], at) => code !== writer.ops[at + 1]?.[0])).toBe(true);
      }),
    );
  });
});

it('each operation has a number of its own and a number of arguments', () => {
  const codes = Object.values(OP);
  expect(codes).toEqual(codes.map((_, at) => at));
  expect(OP_ARITY).toHaveLength(codes.length);
});
