import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP, type OpCode, type Ops, OpWriter } from './compact.ts';
import { flatOps, numberIds, targetOf } from './flat-ops.ts';
import { toBase62 } from './tree-rules.ts';

describe('ids as numbers', () => {
  it('stand in long runs: the first, then the distances', () => {
    const ops: Ops = [[OP.text, '5', 'a', 'z', 'b', '13', 'c', '4', 'd']];
    expect(numberIds(ops)).toEqual([[OP.text, 5, 'a', 30, 'b', 30, 'c', -61, 'd']]);
    expect(flatOps(ops).map(({ id }) => id)).toEqual(['5', 'z', '13', '4']);
  });

  it('stand wherever something comes behind a node', () => {
    expect(numberIds([[OP.insertAfter, 'z', '<b></b>']])).toEqual([[OP.insertAfter, 35, '<b></b>']]);
  });

  it('do not stand in short runs, nor where an id is no number', () => {
    const short: Ops = [[OP.text, '5', 'a', 'z', 'b']];
    const named: Ops = [[OP.text, '5', 'a', 'my-own', 'b', '05', 'c', 'z', 'd']];
    for (const ops of [short, named]) expect(numberIds(structuredClone(ops))).toEqual(ops);
  });

  it('read back as they were, whatever the operations', () => {
    const anyId = fc.oneof(
      { weight: 9, arbitrary: fc.nat(1e9).map(toBase62) },
      { weight: 1, arbitrary: fc.constantFrom('', '00', 'x-y', 'é') },
    );
    const anyOp = fc.oneof(
      fc.tuple(fc.constantFrom<OpCode>(OP.text, OP.textAfter, OP.html, OP.insertAfter), anyId, fc.string()),
      fc.tuple(fc.constant<OpCode>(OP.attr), anyId, fc.string(), fc.string()),
      fc.tuple(fc.constant<OpCode>(OP.remove), anyId),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(anyOp, fc.integer({ min: 1, max: 7 }))), (runs) => {
        const writer = new OpWriter();
        for (const [[code, ...args], times] of runs) for (let n = 0; n < times; n++) writer.push(code, ...args);
        const before = flatOps(structuredClone(writer.ops));
        expect(flatOps(numberIds(writer.ops))).toEqual(before);
      }),
    );
  });
});

it('an operation is known by its name and node, an attribute by its own name too', () => {
  const flat = flatOps([
    [OP.attr, '4', 'class', 'on'],
    [OP.moveAfter, '2', '3', '4'],
    [OP.template, 0, ['<li>']],
  ]);
  expect(flat.map(targetOf)).toEqual(['attr 4 class', 'moveAfter 3', 'moveAfter 4', 'template 0']);
});
