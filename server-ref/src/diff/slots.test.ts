import { OP, OP_ARITY, type Ops } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { canonical } from '../../test/apply-ops.ts';
import { countOf, LivePage } from '../../test/live-page.ts';
import { html, repeat, type TemplateResult, unsafeHtml } from '../view/html.ts';

/** The operations that bring a page through a series of renders; the last step's. */
function lastOps(render: (value: never) => TemplateResult, ...values: unknown[]): Ops {
  const page = new LivePage(render(values[0] as never));
  let ops: Ops = [];
  for (const value of values.slice(1)) ops = page.update(render(value as never));
  return ops;
}

describe('text', () => {
  const sole = (value: unknown): TemplateResult => html`<p>${value}</p>`;
  const shared = (value: unknown): TemplateResult => html`<p>a ${value} b<i></i>c ${value}</p>`;

  it('is set where it changed, and nowhere else', () => {
    expect(lastOps(sole, 'a', 'b')).toEqual([[OP.text, '1', 'b']]);
    expect(lastOps(shared, 1, 2)).toEqual([
      [OP.text, '1', 'a 2 b'],
      [OP.textAfter, '2', 'c 2'],
    ]);
  });

  it('says nothing when it reads the same', () => {
    expect(lastOps(sole, 'a', 'a')).toEqual([]);
    expect(lastOps(sole, 1, '1')).toEqual([]);
    expect(lastOps(sole, null, false)).toEqual([]);
  });

  it('is made and emptied', () => {
    expect(lastOps(sole, null, 'a')).toEqual([[OP.text, '1', 'a']]);
    expect(lastOps(sole, 'a', undefined)).toEqual([[OP.text, '1', '']]);
  });

  it('of a view without elements belongs to the root', () => {
    expect(lastOps((value: string) => html`a ${value}`, '1', '2')).toEqual([[OP.text, '0', 'a 2']]);
  });

  it('travels unescaped', () => {
    expect(lastOps(sole, '', '<b>&')).toEqual([[OP.text, '1', '<b>&']]);
  });
});

describe('attributes', () => {
  const one = (value: unknown): TemplateResult => html`<p title=${value}></p>`;
  const part = (value: unknown): TemplateResult => html`<p class="a ${value} b ${1}"></p>`;

  it('are set as a whole', () => {
    expect(lastOps(one, 'a', 'b')).toEqual([[OP.attr, '1', 'title', 'b']]);
    expect(lastOps(part, 'x', 'y')).toEqual([[OP.attr, '1', 'class', 'a y b 1']]);
  });

  it('are switched on and off', () => {
    expect(lastOps(one, true, false)).toEqual([[OP.attr, '1', 'title', null]]);
    expect(lastOps(one, false, true)).toEqual([[OP.attr, '1', 'title', '']]);
    expect(lastOps(one, 'a', null)).toEqual([[OP.attr, '1', 'title', null]]);
  });

  it('say nothing when they read the same', () => {
    expect(lastOps(one, null, false)).toEqual([]);
    expect(lastOps(one, true, '')).toEqual([]);
    expect(lastOps(part, null, '')).toEqual([]);
  });

  it('never bring a URL that runs code', () => {
    expect(lastOps((url: string) => html`<a href=${url}></a>`, '/', ' javascript:alert(1)')).toEqual([
      [OP.attr, '1', 'href', 'about:blank'],
    ]);
  });

  it('are grouped when several change', () => {
    expect(lastOps((a: string) => html`<p title=${a} id=${a}></p><b title=${a}></b>`, 'a', 'b')).toEqual([
      [OP.attr, '1', 'title', 'b', '1', 'id', 'b', '2', 'title', 'b'],
    ]);
  });
});

describe('a value that changes its kind', () => {
  const inner = (text: string): TemplateResult => html`<b>${text}</b>`;

  it.each<[string, (value: unknown) => TemplateResult]>([
    ['alone in its parent', (value) => html`<p>${value}</p>`],
    ['at the start of its parent', (value) => html`<p>${value} tail</p>`],
    ['between texts', (value) => html`<p>head ${value} tail</p>`],
    ['behind an element', (value) => html`<p><i></i>${value}</p>`],
    ['beside another value', (value) => html`<p>${'x'}${value}${'y'}</p>`],
    ['twice in a row', (value) => html`<p>${value}${value}</p>`],
    ['in the root', (value) => html`${value}`],
    ['in the root, beside an element', (value) => html`${value}<hr>${value}`],
    ['in pre', (value) => html`<pre>${value}</pre>`],
  ])('ends as a fresh render: %s', (_, render) => {
    const kinds: unknown[] = [
      'text',
      inner('a'),
      null,
      inner('b'),
      'text',
      [],
      [inner('c'), 'd'],
      7,
      unsafeHtml('<u></u>'),
      '',
    ];
    for (const first of kinds) {
      for (const second of kinds) {
        const page = new LivePage(render(first));
        for (const value of [second, first, null, second]) page.update(render(value));
      }
    }
  });

  it('replaces the content of its parent when it is alone there', () => {
    const render = (value: unknown): TemplateResult => html`<p>${value}</p>`;
    expect(lastOps(render, 'a', inner('b'))).toEqual([[OP.html, '1', '<b dj-id="2">b</b>']]);
    expect(lastOps(render, inner('b'), 'a')).toEqual([[OP.html, '1', 'a']]);
    expect(lastOps(render, inner('b'), null)).toEqual([[OP.remove, '2']]);
    expect(lastOps(render, inner('b'), null, 'a')).toEqual([[OP.text, '1', 'a']]);
  });

  it('makes itself a region in a shared place, and keeps it from then on', () => {
    const render = (value: unknown): TemplateResult => html`<p>x ${value} y</p>`;
    expect(lastOps(render, 'a', inner('b'))).toEqual([
      [OP.text, '1', ''],
      [OP.insert, '1', 'x <!--dj-if id="2"--><b dj-id="3">b</b><!--/dj-if--> y'],
    ]);
    expect(lastOps(render, 'a', inner('b'), 'c')).toEqual([[OP.html, '2', 'c']]);
    expect(lastOps(render, 'a', inner('b'), 'c', 'd')).toEqual([[OP.text, '2', 'd']]);
  });

  it('is updated inside when the template stays', () => {
    expect(lastOps((text: string) => html`<p>x ${inner(text)}</p>`, 'a', 'b')).toEqual([[OP.text, '3', 'b']]);
  });

  it('is replaced when the template is another one', () => {
    expect(lastOps((value: TemplateResult) => html`<p>${value}</p>`, html`<b>1</b>`, html`<b>1</b>`)).toEqual([
      [OP.html, '1', '<b dj-id="3">1</b>'],
    ]);
  });

  it('leaves trusted markup alone while it is the same', () => {
    const render = (markup: string): TemplateResult => html`<p>${unsafeHtml(markup)}</p>`;
    expect(lastOps(render, '<b>', '<b>')).toEqual([]);
    expect(lastOps(render, '<b></b>', '<i></i>')).toEqual([[OP.html, '1', '<i></i>']]);
  });

  it('keeps text behind it apart', () => {
    const render = ([value, text]: [unknown, string]): TemplateResult => html`<p>${value} ${text}</p>`;
    expect(lastOps(render, [inner('a'), 'b'], [inner('a'), 'c'])).toEqual([[OP.textAfter, '2', ' c']]);
  });
});

interface Item {
  id: number;
  text: string;
}

const items = (count: number): Item[] => Array.from({ length: count }, (_, id) => ({ id, text: `t${id}` }));
const idOf = (item: Item): number => item.id;
const row = (item: Item): TemplateResult => html`<li>${item.text}</li>`;
const list = (rows: readonly Item[]): TemplateResult => html`<ul>${repeat(rows, idOf, row)}</ul>`;

describe('a keyed list', () => {
  const change = (before: readonly Item[], after: readonly Item[]): Ops => lastOps(list, before, after);
  const count = (ops: Ops): number => countOf(ops, OP_ARITY);

  it('says nothing when nothing changed', () => {
    expect(change(items(100), items(100))).toEqual([]);
  });

  it('removes the first of 100 with one operation', () => {
    expect(change(items(100), items(100).slice(1))).toEqual([[OP.remove, '2']]);
  });

  it('rotates by one with one move', () => {
    const [first, ...rest] = items(100) as [Item, ...Item[]];
    expect(change(items(100), [...rest, first])).toEqual([[OP.moveAfter, '1D', '2']]);
    expect(change([...rest, first], items(100))).toEqual([[OP.move, '1', '1D']]);
  });

  it('reverses 100 rows with 99 moves and no new HTML', () => {
    const ops = change(items(100), items(100).reverse());
    expect(count(ops)).toBeLessThanOrEqual(99);
    expect(ops.every(([code]) => code === OP.move || code === OP.moveAfter)).toBe(true);
  });

  it('swaps two rows with two moves', () => {
    const swapped = items(10);
    [swapped[2], swapped[7]] = [swapped[7] as Item, swapped[2] as Item];
    expect(count(change(items(10), swapped))).toBe(2);
  });

  it('inserts neighbours with one piece of HTML', () => {
    const [a, b] = items(2) as [Item, Item];
    const fresh = [10, 11, 12].map((id) => ({ id, text: `${id}` }));
    const markup = '<li dj-id="4">10</li><li dj-id="5">11</li><li dj-id="6">12</li>';
    expect(change([a, b], [a, ...fresh, b])).toEqual([[OP.insertAfter, '2', markup]]);
    expect(change([a, b], [...fresh, a, b])).toEqual([[OP.insert, '1', markup]]);
    expect(change([a, b], [a, b, ...fresh])).toEqual([[OP.insertAfter, '3', markup]]);
    expect(change([], [a])).toEqual([[OP.insert, '1', '<li dj-id="2">t0</li>']]);
  });

  it('changes, moves, removes and inserts at once', () => {
    const [a, b, c, d] = items(4) as [Item, Item, Item, Item];
    const ops = change([a, b, c, d], [d, { id: 9, text: 'new' }, { ...b, text: 'B' }, a]);
    expect(ops).toEqual([
      [OP.text, '3', 'B'],
      [OP.remove, '4'],
      [OP.move, '1', '5'],
      [OP.insertAfter, '5', '<li dj-id="6">new</li>'],
      [OP.moveAfter, '6', '3'],
    ]);
  });

  it('survives keys that are there twice', () => {
    const [a, b] = items(2) as [Item, Item];
    const page = new LivePage(list([a, a, b]));
    for (const rows of [[a, b, a], [a], [b, a, a, a], [a, a, b], []]) page.update(list(rows));
    expect(page.faults.every((fault) => fault.code === 'template/duplicate-key')).toBe(true);
    expect(page.faults.length).toBeGreaterThan(0);
  });

  it('without keys is named when most of its rows are written anew, and not when it grows or shrinks at the end', () => {
    const plain = (from: number, count: number): TemplateResult =>
      html`<ul>${Array.from({ length: count }, (_, at) => html`<li class="x">${from + at}</li>`)}</ul>`;
    const page = new LivePage(plain(0, 20));
    page.update(plain(0, 60));
    page.update(plain(0, 5));
    page.update(plain(0, 20));
    expect(page.faults).toEqual([]);
    page.update(plain(1, 19));
    expect(page.faults).toEqual([{ code: 'template/unkeyed-list', at: '<li class="x">' }]);
    const keyed = new LivePage(list(items(20)));
    keyed.update(list(items(20).slice(1)));
    expect(keyed.faults).toEqual([]);
  });

  it('tells the key 1 from the key "1"', () => {
    const render = (keys: readonly (string | number)[]): TemplateResult =>
      html`<ul>${repeat(
        keys,
        (key) => key,
        (key) => html`<li>${typeof key}</li>`,
      )}</ul>`;
    expect(lastOps(render, [1, '1'], ['1', 1])).toEqual([[OP.move, '1', '3']]);
  });

  it('makes a row anew when its template changes, and keeps the others', () => {
    const either = (rows: readonly Item[]): TemplateResult =>
      html`<ul>${repeat(rows, idOf, (item) => (item.text === 'x' ? html`<li class="x"></li>` : row(item)))}</ul>`;
    const [a, b, c] = items(3) as [Item, Item, Item];
    expect(lastOps(either, [a, b, c], [a, { ...b, text: 'x' }, c])).toEqual([
      [OP.remove, '3'],
      [OP.insertAfter, '2', '<li dj-id="5" class="x"></li>'],
    ]);
  });

  it('moves rows without a single root as regions', () => {
    const pairs = (rows: readonly Item[]): TemplateResult =>
      html`<dl>${repeat(rows, idOf, (item) => html`<dt>${item.id}</dt><dd>${item.text}</dd>`)}</dl>`;
    const [a, b, c] = items(3) as [Item, Item, Item];
    expect(lastOps(pairs, [a, b, c], [b, c, a])).toEqual([[OP.moveAfter, '8', '2']]);
    expect(lastOps(pairs, [a, b], [b])).toEqual([[OP.remove, '2']]);
  });

  it('gives way to text and comes back', () => {
    const render = (value: unknown): TemplateResult => html`<ul>${value}</ul>`;
    const rows = repeat(items(2), idOf, row);
    expect(lastOps(render, rows, 'none')).toEqual([[OP.html, '1', 'none']]);
    expect(lastOps(render, rows, 'none', rows)).toEqual([[OP.html, '1', '<li dj-id="4">t0</li><li dj-id="5">t1</li>']]);
  });

  it('nests', () => {
    const groups = (all: readonly Item[][]): TemplateResult =>
      html`<div>${repeat(
        all,
        (group) => group[0]?.id ?? -1,
        (group) => html`<section>${repeat(group, idOf, row)}</section>`,
      )}</div>`;
    const [a, b, c, d] = items(4) as [Item, Item, Item, Item];
    const page = new LivePage(groups([[a, b], [c]]));
    expect(page.update(groups([[c, d], [a]]))).toEqual([
      [OP.insertAfter, '6', '<li dj-id="7">t3</li>'],
      [OP.remove, '4'],
      [OP.move, '1', '5'],
    ]);
  });
});

describe('a list without keys', () => {
  const render = (texts: readonly string[]): TemplateResult =>
    html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;

  it('knows its rows by their places', () => {
    expect(lastOps(render, ['a', 'b', 'c'], ['b', 'c'])).toEqual([
      [OP.text, '2', 'b', '3', 'c'],
      [OP.remove, '4'],
    ]);
  });
});

describe('rows with deps', () => {
  const counted = (): {
    calls: number[];
    render: (rows: readonly Item[], deps: readonly unknown[]) => TemplateResult;
  } => {
    const calls: number[] = [];
    const render = (rows: readonly Item[], deps: readonly unknown[]): TemplateResult =>
      html`<ul>${repeat(
        rows,
        idOf,
        (item) => {
          calls.push(item.id);
          return row(item);
        },
        deps,
      )}</ul>`;
    return { calls, render };
  };

  it('are rendered again only when their item or a dep is another one', () => {
    const { calls, render } = counted();
    const all = items(1_000);
    const page = new LivePage(render(all, ['a']));
    calls.length = 0;
    page.update(render(all, ['a']));
    // The fresh render that `update` compares with calls each row once; the update itself must not.
    expect(calls).toHaveLength(1_000);

    calls.length = 0;
    const next = all.map((item) => (item.id === 500 ? { ...item, text: 'changed' } : item));
    expect(page.update(render(next, ['a']))).toEqual([[OP.text, '86', 'changed']]);
    expect(calls).toHaveLength(1_001);

    calls.length = 0;
    page.update(render(next, ['b']));
    expect(calls).toHaveLength(2_000);

    for (const deps of [['b', 'c'], ['a'], []]) {
      calls.length = 0;
      page.update(render(next, deps));
      expect(calls).toHaveLength(2_000);
      calls.length = 0;
      page.update(render(next, deps));
      expect(calls).toHaveLength(1_000);
    }
  });

  it('without deps are always rendered', () => {
    const render = vi.fn(row);
    const view = (): TemplateResult => html`<ul>${repeat(all, idOf, render)}</ul>`;
    const all = items(3);
    const page = new LivePage(view());
    render.mockClear();
    page.update(view());
    expect(render).toHaveBeenCalledTimes(6);
  });
});

it('keeps the nodes of rows that stay', () => {
  const page = new LivePage(list(items(5)));
  const ul = page.page.root.childNodes[0] as unknown as { childNodes: unknown[] };
  const before = [...ul.childNodes];
  page.update(list(items(5).reverse()));
  expect([...ul.childNodes].reverse()).toEqual(before);
  for (const [at, node] of [...ul.childNodes].reverse().entries()) expect(node).toBe(before[at]);
  expect(canonical(page.page.root)).toContain('t4');
});
