import { type Chunk, OP, type OpGroup, type Ops, type Patch } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { page } from '../../test/page.ts';
import { applyOps } from './compact.ts';

interface OpFixture {
  name: string;
  note: string;
  op: OpGroup | Patch;
  before: string;
  after: string;
  /** Templates that were named earlier. */
  known?: [number, Chunk[]][];
}

const all = import.meta.glob<OpFixture>('../../../protocol/fixtures/op-*.json', { eager: true, import: 'default' });
const fixtures = Object.values(all);
/** Windowed lists are an add-on. */
const isVirtual = ({ name }: OpFixture): boolean => name.startsWith('op-virtual');

/** Ids are the fixture's; a browser writes some HTML in its own way, and attributes have no order. */
const canonical = (html: string): string => {
  const root = document.createElement('div');
  root.innerHTML = html;
  for (const element of root.querySelectorAll('*')) {
    const attributes = [...element.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const attribute of attributes) element.removeAttributeNode(attribute);
    for (const attribute of attributes) element.setAttributeNode(attribute);
  }
  return root.innerHTML;
};

describe('the golden operations of the protocol', () => {
  it('are all here', () => expect(fixtures.length).toBeGreaterThan(20));

  it.each(fixtures.filter((fixture) => !isVirtual(fixture)))('$name: $note', ({ op, before, after, known = [] }) => {
    const live = page(before);
    const ops: Ops = known.map(([number, chunks]) => [OP.template, number, chunks]);
    const report = Array.isArray(op) ? applyOps([...ops, op], live) : live.apply(op);
    expect(report).toMatchObject({ ok: true });
    live.index.settle?.();
    expect(canonical(live.root.innerHTML)).toBe(canonical(after));
  });
});
