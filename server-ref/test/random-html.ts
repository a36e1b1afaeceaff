import fc from 'fast-check';

/** Random pages as data, and their HTML as another template engine would write it. */
export type Doc = Item[];

export type Item =
  | { kind: 'text'; text: string }
  | { kind: 'comment'; text: string }
  | { kind: 'if'; id: string; items: Item[] }
  | { kind: 'element'; tag: string; attrs: Record<string, string>; items: Item[] };

const text: fc.Arbitrary<Item> = fc
  .constantFrom('a', 'b', ' ', '\n  ', 'x < y', '&amp;', 'two words', '\u00a0', 'é', '"q"')
  .map((value) => ({ kind: 'text', text: value }));

const attrs: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom<string>('class', 'title', 'hidden', 'data-x', 'aria-label', 'dj-click'),
  fc.constantFrom<string>('', 'v', 'a b', '"&<>'),
  { maxKeys: 2 },
);

const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7');
const depth = { maxDepth: 4, depthIdentifier: fc.createDepthIdentifier() };

const element = (tag: string, items: fc.Arbitrary<Item[]>, more = attrs): fc.Arbitrary<Item> =>
  fc.record({ kind: fc.constant('element' as const), tag: fc.constant(tag), attrs: more, items });

const none = fc.constant<Item[]>([]);
const keyed = (tag: string, items: fc.Arbitrary<Item[]>): fc.Arbitrary<Item> =>
  element(
    tag,
    items,
    fc.tuple(attrs, key).map(([a, k]): Record<string, string> => ({ 'data-key': k, ...a })),
  );

const { flow } = fc.letrec<{ flow: Item; items: Item[] }>((tie) => {
  const items = tie('items') as fc.Arbitrary<Item[]>;
  const rows = fc.array(keyed('tr', fc.array(element('td', items), { maxLength: 2 })), { maxLength: 5 });
  const choices = [
    text,
    element('div', items),
    element('span', items),
    element('section', items),
    element('br', none),
    element('input', none),
    element('p', fc.array(fc.oneof(text, element('b', none), element('i', none)), { maxLength: 3 })),
    element('pre', fc.array(text, { maxLength: 2 })),
    element('textarea', fc.array(text, { maxLength: 1 })),
    element('ul', fc.array(fc.oneof(keyed('li', items), element('li', items)), { maxLength: 6 })),
    element(
      'table',
      fc.tuple(element('tbody', rows)).map((list) => [...list]),
    ),
    element('select', fc.array(element('option', fc.array(text, { maxLength: 1 })), { maxLength: 3 })),
    element('svg', fc.array(element('g', fc.array(element('circle', none), { maxLength: 2 })), { maxLength: 2 })),
    fc.record({ kind: fc.constant('if' as const), id: fc.constantFrom('if-1', 'if-2', 'if-3'), items }),
    fc.record({ kind: fc.constant('comment' as const), text: fc.constantFrom(' note ', 'x') }),
  ];
  return {
    flow: fc.oneof(depth, text, ...(choices as fc.Arbitrary<Item>[])),
    items: fc.array(tie('flow') as fc.Arbitrary<Item>, { maxLength: 4, depthIdentifier: depth.depthIdentifier }),
  };
});

export const anyDoc: fc.Arbitrary<Doc> = fc.array(flow, { maxLength: 6 });

export interface DocEdit {
  readonly path: readonly number[];
  readonly act: 'replace' | 'insert' | 'remove' | 'reverse' | 'rotate' | 'attrs' | 'wrap' | 'unwrap';
  readonly fresh: Item;
  readonly attrs: Record<string, string>;
}

export const anyDocEdit: fc.Arbitrary<DocEdit> = fc.record({
  path: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
  act: fc.constantFrom<DocEdit['act'][]>('replace', 'insert', 'remove', 'reverse', 'rotate', 'attrs', 'wrap', 'unwrap'),
  fresh: flow,
  attrs,
});

/** Only where any content may stand: an edit must not make markup that a browser would rearrange. */
const isFlow = (item: Item | undefined): boolean =>
  item === undefined || item.kind === 'if' || (item.kind === 'element' && /^(div|span|section|li|td)$/.test(item.tag));

export function editedDoc(items: Doc, edit: DocEdit, parent?: Item, level = 0): Doc {
  const at = (edit.path[level] ?? 0) % (items.length + 1);
  const child = items[at];
  if (child && level + 1 < edit.path.length && 'items' in child && child.items.length > 0) {
    return items.map((item, i) =>
      i === at && 'items' in item ? { ...item, items: editedDoc(item.items, edit, item, level + 1) } : item,
    );
  }
  if (edit.act === 'reverse') return [...items].reverse();
  if (edit.act === 'rotate') return [...items.slice(1), ...items.slice(0, 1)];
  if (edit.act === 'remove') return items.filter((_, i) => i !== at);
  if (edit.act === 'attrs') {
    return items.map((item, i) => {
      if (i !== at || item.kind !== 'element') return item;
      const own = item.attrs['data-key'];
      return { ...item, attrs: own === undefined ? edit.attrs : { 'data-key': own, ...edit.attrs } };
    });
  }
  if (edit.act === 'unwrap') return items.flatMap((item, i) => (i === at && item.kind === 'if' ? item.items : [item]));
  if (!isFlow(parent)) return items;
  if (edit.act === 'wrap')
    return items.map((item, i) => (i === at ? { kind: 'if', id: `if-${edit.path.join('')}`, items: [item] } : item));
  if (edit.act === 'insert') return [...items.slice(0, at), edit.fresh, ...items.slice(at)];
  return items.map((item, i) => (i === at ? edit.fresh : item));
}

const VOID = new Set(['br', 'input']);
const escaped = (value: string): string =>
  value
    .replace(/&(?!amp;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');

export function docHtml(doc: Doc): string {
  const seen = new Set<string>();
  const write = (items: readonly Item[]): string =>
    items
      .map((item) => {
        if (item.kind === 'text') return escaped(item.text);
        if (item.kind === 'comment') return `<!--${item.text}-->`;
        if (item.kind === 'if') {
          // A boundary's id is unique on a page.
          if (seen.has(item.id)) return write(item.items);
          seen.add(item.id);
          return `<!--dj-if id="${item.id}"-->${write(item.items)}<!--/dj-if-->`;
        }
        const attributes = Object.entries(item.attrs).map(([name, value]) => ` ${name}="${escaped(value)}"`);
        const start = `<${item.tag}${attributes.join('')}>`;
        return VOID.has(item.tag) ? start : `${start}${write(item.items)}</${item.tag}>`;
      })
      .join('');
  return write(doc);
}
