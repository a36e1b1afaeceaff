import fc from 'fast-check';
import { html, repeat, svg, type TemplateResult, unsafeHtml } from '../src/view/html.ts';

/**
 * Random views as data: what stands in each value of a few templates, down to a small depth. An edit changes one place
 * and shares the rest, as handlers do, so that keyed rows can be recognised by identity.
 */

/** What may stand at a place: anything, rows of a table, pieces of a drawing, text. */
type Room = 'flow' | 'rows' | 'drawing' | 'text';

export type Node =
  | { kind: 'text'; value: string | number | boolean | null | undefined }
  | { kind: 'raw'; html: string }
  | { kind: 'template'; name: string; slots: readonly Node[] }
  | { kind: 'list'; items: readonly Node[] }
  | { kind: 'keyed'; rows: readonly Row[]; hasDeps: boolean };

interface Row {
  key: string | number;
  content: Node;
}

interface Shape {
  room: Room;
  slots: readonly Room[];
  make: (...values: unknown[]) => TemplateResult;
}

const SHAPES: Record<string, Shape> = {
  empty: { room: 'flow', slots: [], make: () => html`` },
  words: { room: 'flow', slots: [], make: () => html`just words` },
  only: { room: 'flow', slots: ['flow'], make: (a) => html`${a}` },
  pair: { room: 'flow', slots: ['flow', 'flow'], make: (a, b) => html`${a}${b}` },
  spaced: { room: 'flow', slots: ['flow', 'flow'], make: (a, b) => html`${a} and ${b}` },
  sole: { room: 'flow', slots: ['flow'], make: (a) => html`<section>${a}</section>` },
  mixed: {
    room: 'flow',
    slots: ['flow', 'flow', 'flow'],
    make: (a, b, c) => html`<div>Hello ${a}, <b>you</b>${b} tail ${c}</div>`,
  },
  loose: { room: 'flow', slots: ['flow', 'flow'], make: (a, b) => html`${a}<i></i>${b}<u>end</u>` },
  attributes: {
    room: 'flow',
    slots: ['text', 'text', 'text', 'flow'],
    make: (a, b, c, d) => html`<span class="x ${a} y" title=${b} hidden=${c} data-kind="fix">${d}</span>`,
  },
  twoRoots: { room: 'flow', slots: ['text', 'flow'], make: (a, b) => html`<em id=${a}></em><span>${b}</span>` },
  link: { room: 'flow', slots: ['text', 'text'], make: (a, b) => html`<a href="/${a}">${b}</a>` },
  kept: { room: 'flow', slots: ['flow'], make: (a) => html`<pre>${a}</pre>` },
  field: { room: 'flow', slots: ['text', 'text'], make: (a, b) => html`<textarea rows=${a}>${b}</textarea>` },
  table: { room: 'flow', slots: ['rows'], make: (a) => html`<table><tbody>${a}</tbody></table>` },
  picture: { room: 'flow', slots: ['drawing', 'text'], make: (a, b) => html`<svg viewBox=${b}><g>${a}</g></svg>` },
  row: { room: 'rows', slots: ['flow'], make: (a) => html`<tr><td>${a}</td></tr>` },
  twoRows: { room: 'rows', slots: ['text', 'flow'], make: (a, b) => html`<tr class=${a}></tr><tr><td>x${b}</td></tr>` },
  shape: { room: 'drawing', slots: ['text'], make: (a) => svg`<path d=${a} />` },
  label: { room: 'drawing', slots: ['text', 'drawing'], make: (a, b) => svg`<g><text>${a}</text></g>${b}` },
};

const words = fc.constantFrom(
  '',
  ' ',
  'a',
  'b',
  'two words',
  '<b>&amp;',
  '"\'',
  '\n',
  '\nx',
  'x\r\ny',
  '\u00a0',
  '\u0000',
);
const anyText: fc.Arbitrary<Node> = fc
  .oneof(
    words,
    fc.integer({ min: -1, max: 3 }),
    fc.constantFrom(null, undefined, true, false),
    fc.string({ maxLength: 4 }),
  )
  .map((value) => ({ kind: 'text', value }));
const raw: fc.Arbitrary<Node> = fc
  .constantFrom('', 'raw', '<hr>', '<b>raw</b> text', 'text <s>raw</s>')
  .map((markup) => ({ kind: 'raw', html: markup }));

const ids = { maxDepth: 4, depthIdentifier: fc.createDepthIdentifier() };

function nodes(room: Room): fc.Arbitrary<Node> {
  if (room === 'text') return anyText;
  const names = Object.keys(SHAPES).filter((name) => SHAPES[name]?.room === room);
  const nothing: fc.Arbitrary<Node> = fc.constantFrom(null, undefined, false).map((value) => ({ kind: 'text', value }));
  const small = room === 'flow' ? fc.oneof(anyText, raw) : nothing;
  const template = fc.constantFrom(...names).chain((name) => {
    const slots = SHAPES[name]?.slots ?? [];
    return fc
      .tuple(...slots.map((slot) => lazily(slot)))
      .map((made): Node => ({ kind: 'template', name, slots: made }));
  });
  const list = fc.array(lazily(room), { maxLength: 4 }).map((items): Node => ({ kind: 'list', items }));
  const keyed = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom<string | number>(0, 1, 2, 3, 4, 5, 'a', 'b'), { maxLength: 6 }),
      fc.array(template, { minLength: 6, maxLength: 6 }),
      fc.boolean(),
    )
    .map(([keys, contents, hasDeps]): Node => {
      const rows = keys.map((key, at) => ({ key, content: contents[at] as Node }));
      return { kind: 'keyed', rows, hasDeps };
    });
  return fc.oneof(ids, { arbitrary: small, weight: 2 }, { arbitrary: template, weight: 4 }, list, {
    arbitrary: keyed,
    weight: 2,
  });
}

const made = new Map<Room, fc.Arbitrary<Node>>();
function lazily(room: Room): fc.Arbitrary<Node> {
  return fc.constant(null).chain(() => {
    const arbitrary = made.get(room) ?? nodes(room);
    made.set(room, arbitrary);
    return arbitrary;
  });
}

export interface Edit {
  /** Which child to go into on each level; past the last one means stop. */
  readonly path: readonly number[];
  readonly act: 'replace' | 'remove' | 'insert' | 'rotate' | 'reverse' | 'shuffle' | 'copy';
  readonly seed: number;
  readonly fresh: Record<Room, Node>;
}

const fresh = fc.record({ flow: nodes('flow'), rows: nodes('rows'), drawing: nodes('drawing'), text: anyText });

export const anyEdit: fc.Arbitrary<Edit> = fc.record({
  path: fc.array(fc.nat(7), { maxLength: 5 }),
  act: fc.constantFrom<Edit['act'][]>('replace', 'replace', 'remove', 'insert', 'rotate', 'reverse', 'shuffle', 'copy'),
  seed: fc.nat(1000),
  fresh,
});

export const anyView: fc.Arbitrary<Node> = nodes('flow');

/** The node as a view's `render` would give it. */
export function valueFrom(node: Node): unknown {
  switch (node.kind) {
    case 'text':
      return node.value;
    case 'raw':
      return unsafeHtml(node.html);
    case 'template':
      return SHAPES[node.name]?.make(...node.slots.map(valueFrom));
    case 'list':
      return node.items.map(valueFrom);
    case 'keyed':
      return repeat(
        node.rows,
        (row) => row.key,
        (row) => valueFrom(row.content) as TemplateResult,
        node.hasDeps ? [] : undefined,
      );
  }
}

export function render(node: Node): TemplateResult {
  const value = valueFrom(node);
  return html`<header>top</header>${value}<footer></footer>`;
}

export function edited(node: Node, edit: Edit, room: Room = 'flow', depth = 0): Node {
  const child = edit.path[depth];
  const count = childrenOf(node).length;
  if (child === undefined || count === 0 || child % (count + 1) === count) return changed(node, edit, room);
  const at = child % (count + 1);
  if (node.kind === 'template') {
    const inner = SHAPES[node.name]?.slots[at] ?? 'flow';
    return { ...node, slots: node.slots.map((slot, i) => (i === at ? edited(slot, edit, inner, depth + 1) : slot)) };
  }
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, i) => (i === at ? edited(item, edit, room, depth + 1) : item)) };
  }
  if (node.kind !== 'keyed') return node;
  const rows = node.rows.map((row, i) => {
    return i === at ? { ...row, content: asTemplate(edited(row.content, edit, room, depth + 1), room) } : row;
  });
  return { ...node, rows };
}

function changed(node: Node, edit: Edit, room: Room): Node {
  if (node.kind === 'list') return { ...node, items: rearranged(node.items, edit, edit.fresh[room]) };
  if (node.kind === 'keyed') {
    const newcomer = { key: `new${edit.seed % 3}`, content: asTemplate(edit.fresh[room], room) };
    return { ...node, rows: rearranged(node.rows, edit, newcomer) };
  }
  return edit.fresh[room];
}

function rearranged<T>(items: readonly T[], { act, seed }: Edit, fresh: T): T[] {
  const list = [...items];
  const at = seed % (list.length + 1);
  if (act === 'remove') list.splice(at, 1 + (seed % 2));
  else if (act === 'insert') list.splice(at, 0, fresh);
  else if (act === 'rotate') list.push(...list.splice(0, 1));
  else if (act === 'reverse') list.reverse();
  else if (act === 'shuffle') list.sort((a, b) => hash(items.indexOf(a) + seed) - hash(items.indexOf(b) + seed));
  else if (act === 'copy' && list.length > 0) list.splice(at, 0, list[seed % list.length] as T);
  else list.splice(at, 1, fresh);
  return list;
}

const hash = (value: number): number => Math.imul(value ^ 0x9e37, 0x85ebca6b) >>> 0;

function asTemplate(node: Node, room: Room): Node {
  if (node.kind === 'template') return node;
  if (room === 'rows') return { kind: 'template', name: 'row', slots: [{ kind: 'text', value: 'wrapped' }] };
  if (room === 'drawing') return { kind: 'template', name: 'shape', slots: [{ kind: 'text', value: 'wrapped' }] };
  return { kind: 'template', name: 'only', slots: [node] };
}

function childrenOf(node: Node): readonly unknown[] {
  if (node.kind === 'template') return node.slots;
  if (node.kind === 'list') return node.items;
  return node.kind === 'keyed' ? node.rows : [];
}
