import { OP, type Ops, OpWriter } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { html, repeat, type TemplateResult } from '../view/html.ts';
import { Renderer } from '../view/tree.ts';
import { updateRegion } from './slots.ts';
import { TemplateBook } from './templates.ts';

interface Item {
  id: number;
  text: string;
}

const items = (count: number): Item[] => Array.from({ length: count }, (_, id) => ({ id, text: `t${id}` }));
const idOf = (item: Item): number => item.id;

describe('new rows, for a browser that knows templates', () => {
  const rowsOf = (items: readonly Item[]): TemplateResult =>
    html`<ul>${repeat(items, idOf, (item) => html`<li class=${item.text === 'x' ? 'x' : null} data-n="${item.id}">${item.text}!</li>`)}</ul>`;
  const chunks = ['<li', 0, ['class'], ['data-n'], '>', null, '!</li>'];
  const open = (first: TemplateResult): { update: (next: TemplateResult) => Ops } => {
    const renderer = new Renderer();
    const { region } = renderer.root(first);
    const templates = new TemplateBook();
    return {
      update: (next) => {
        const out = new OpWriter();
        updateRegion(region, next, { renderer, out, templates });
        return out.ops;
      },
    };
  };

  it('travel as values, their template once', () => {
    const page = open(rowsOf(items(1)));
    const fresh = (from: number): Item[] => [0, 1, 2].map((n) => ({ id: from + n, text: n === 1 ? 'x' : 'a&b' }));
    expect(page.update(rowsOf([...items(1), ...fresh(10)]))).toEqual([
      [OP.template, 0, chunks],
      [OP.insertAfter, '2', [0, 3, null, '10', 'a&b', 'x', '11', 'x', null, '12', 'a&b']],
    ]);
    expect(page.update(rowsOf([...fresh(20).slice(0, 1), ...items(1), ...fresh(10)]))).toEqual([
      [OP.insert, '1', [0, 6, null, '20', 'a&b']],
    ]);
  });

  it('stand in a region of their own where there was nothing, and go as one node', () => {
    const render = (shown: readonly string[]): TemplateResult =>
      html`<div>${['a', 'b', 'c'].map((name) => html`<p>${name}</p>${shown.includes(name) ? html`<b>${name}</b>` : ''} <i></i>`)}</div>`;
    const page = open(render([]));
    const [first] = page.update(render(['a'])) as [[number, string, string]];
    expect(first[2]).toContain('<!--dj-if id=');
    expect(first).toHaveLength(3);
    const [name, insert] = page.update(render(['a', 'b']));
    expect(name).toEqual([OP.template, 0, ['<b', 0, '>', null, '</b>']]);
    expect(insert).toEqual([OP.insertAfter, expect.any(String), [-1, expect.any(Number), 'b']]);
    expect(page.update(render(['b']))).toEqual([[OP.remove, expect.any(String)]]);
  });

  it('travel as HTML when they are too few to name their template', () => {
    expect(open(rowsOf(items(1))).update(rowsOf(items(2)))).toEqual([
      [OP.insertAfter, '2', '<li dj-id="3" data-n="1">t1!</li>'],
    ]);
  });

  it('travel as HTML where a value is more than text, and keep their order', () => {
    const mixed = (list: readonly Item[]): TemplateResult =>
      html`<ul>${repeat(list, idOf, (item) => html`<li>${item.text === 'x' ? html`<b>x</b>` : item.text}</li>`)}</ul>`;
    const rows = [...items(2), { id: 8, text: 'x' }, ...items(4).slice(2)];
    expect(open(mixed([])).update(mixed(rows))).toEqual([
      [OP.template, 0, ['<li', 0, '>', null, '</li>']],
      [OP.insert, '1', [0, 2, 't0', 't1']],
      [OP.insertAfter, '3', '<li dj-id="4"><b dj-id="5">x</b></li>', '4', [0, 6, 't2', 't3']],
    ]);
  });

  it('take the place of a list of which nothing stays', () => {
    const page = open(rowsOf(items(3)));
    const all = [7, 8, 9].map((id) => ({ id, text: 't' }));
    expect(page.update(rowsOf(all))).toEqual([
      [OP.template, 0, chunks],
      [OP.html, '1', [0, 5, null, '7', 't', null, '8', 't', null, '9', 't']],
    ]);
    expect(page.update(rowsOf([]))).toEqual([[OP.html, '1', '']]);
  });
});
