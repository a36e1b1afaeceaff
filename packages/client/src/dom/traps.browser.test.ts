import type { Patch } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { list, node, page, text } from '../../test/page.ts';
import { morphContent } from './morph.ts';

/** Weak spots of the wire's stock client, as batches that a djust 1.x server really sends. @see wire spec 13.1 */

const move = (from: number, to: number, id?: string): Patch => ({
  type: 'MoveChild',
  path: [0],
  d: 'u',
  from,
  to,
  ...(id ? { child_d: id } : {}),
});
const insert = (index: number, id: string): Patch => ({
  type: 'InsertChild',
  path: [0],
  d: 'u',
  index,
  node: node('li', id, text(id)),
});
const remove = (index: number, id?: string): Patch => ({
  type: 'RemoveChild',
  path: [0],
  d: 'u',
  index,
  ...(id ? { child_d: id } : {}),
});
const names = (root: Element): string => [...root.querySelectorAll('li')].map((li) => li.textContent).join('');

describe('W1', () => {
  it('a forward move lands on its final index: ABC → BCA', () => {
    const { root, apply, query } = page(list('A', 'B', 'C'));
    const a = query('li');
    expect(apply(move(0, 2, 'A')).ok).toBe(true);
    expect(names(root)).toBe('BCA');
    expect(root.querySelectorAll('li')[2]).toBe(a);
  });

  it('by old index alone, several at once: ABCDE → CDEAB', () => {
    const { root, apply } = page(list('A', 'B', 'C', 'D', 'E'));
    apply(move(0, 3), move(1, 4));
    expect(names(root)).toBe('CDEAB');
  });
});

describe('W2', () => {
  it('moves and inserts count in the same final list: AB → XBA', () => {
    const { root, apply } = page(list('A', 'B'));
    apply(move(1, 1, 'B'), insert(0, 'X'));
    expect(names(root)).toBe('XBA');
  });

  it('with a removal in between: ABCD → XDAY', () => {
    const { root, apply } = page(list('A', 'B', 'C', 'D'));
    apply(remove(1, 'B'), remove(2), insert(0, 'X'), move(3, 1, 'D'), insert(3, 'Y'));
    expect(names(root)).toBe('XDAY');
  });
});

describe('W3', () => {
  const html = '<p dj-id="1">a</p><i dj-id="2">b</i><ul dj-id="u"><li dj-id="3">x</li></ul>';
  const batch = (size: number): Patch[] => [
    {
      type: 'InsertSubtree',
      id: 'if-1',
      path: [],
      d: '0',
      index: 1,
      html: '<!--dj-if id="if-1"--><b dj-id="9">B</b><!--/dj-if-->',
    },
    // Paths count in the tree with the new boundary in it.
    { type: 'SetText', path: [4, 0], text: 'after' },
    ...Array.from(
      { length: size - 2 },
      (_, i): Patch => ({ type: 'SetAttr', path: [5], d: 'u', key: `data-${i}`, value: 'v' }),
    ),
  ];

  it.each([2, 12, 40])('a batch of %i patches places its subtree before it counts paths', (size) => {
    const { query, apply } = page(html);
    expect(apply(...batch(size)).ok).toBe(true);
    expect(query('i').textContent).toBe('after');
    expect(query('p').nextSibling?.nodeType).toBe(Node.COMMENT_NODE);
    expect(query('b').nextElementSibling).toBe(query('i'));
  });
});

describe('W4', () => {
  it('old indexes are looked up before a subtree goes', () => {
    const { root, apply, html } = page(
      '<p dj-id="p"><!--dj-if id="if-1"--><span dj-id="1">s</span><!--/dj-if--><i dj-id="2">i</i>text</p>',
    );
    const batch: Patch[] = [
      { type: 'RemoveSubtree', id: 'if-1' },
      { type: 'RemoveChild', path: [0], d: 'p', index: 4 },
    ];
    expect(apply(...batch).ok).toBe(true);
    expect(html()).toBe('<p><i>i</i></p>');
    expect(root.querySelector('i')?.textContent).toBe('i');
  });

  it('a region moves as a whole while its inside gains and loses children', () => {
    const { apply, html } = page(
      '<p dj-id="p"><!--dj-if id="a"--><b dj-id="1">1</b><b dj-id="2">2</b><!--/dj-if--><i dj-id="3">i</i></p>',
    );
    const batch: Patch[] = [
      { type: 'MoveSubtree', id: 'a', path: [0], d: 'p', index: 1 },
      { type: 'RemoveChild', path: [0], d: 'p', index: 1, child_d: '1' },
      { type: 'InsertChild', path: [0], d: 'p', index: 3, node: node('b', '4', text('4')) },
    ];
    expect(apply(...batch).ok).toBe(true);
    expect(html()).toBe('<p><i>i</i><!--dj-if id="a"--><b>2</b><b>4</b><!--/dj-if--></p>');
  });
});

describe('W5', () => {
  it('a text without an id is found by its path among text, elements and boundaries', () => {
    const { apply, html } = page(
      '<p dj-id="p">\n  <b dj-id="1">x</b> one <!-- no boundary --><!--dj-if id="a"-->two<!--/dj-if--> three</p>',
    );
    const set = (index: number, value: string): Patch => ({ type: 'SetText', path: [0, index], text: value });
    expect(apply(set(1, ' 1 '), set(3, '2'), set(5, ' 3')).ok).toBe(true);
    expect(html()).toBe('<p>\n  <b>x</b> 1 <!-- no boundary --><!--dj-if id="a"-->2<!--/dj-if--> 3</p>');
  });
});

describe('djust 1.2', () => {
  it('replaces a text, which has no id, by an element', () => {
    const { apply, html } = page('<p dj-id="p"><!--dj-if id="a"-->text<!--/dj-if--></p>');
    const patch: Patch = { type: 'Replace', path: [0, 1], node: node('em', '9', text('no')) };
    expect(apply(patch).ok).toBe(true);
    expect(html()).toBe('<p><!--dj-if id="a"--><em>no</em><!--/dj-if--></p>');
  });

  it('counts a single space, and no other blank text', () => {
    const { apply, html } = page('<p dj-id="p">\n  <b dj-id="1">x</b> <i dj-id="2">y</i></p>');
    const patch: Patch = { type: 'InsertChild', path: [0], d: 'p', index: 2, node: node('u', '9', text('z')) };
    expect(apply(patch).ok).toBe(true);
    expect(html()).toBe('<p>\n  <b>x</b> <u>z</u><i>y</i></p>');
  });
});

describe('W6', () => {
  it.each(['linearGradient', 'clipPath', 'foreignObject', 'feGaussianBlur', 'animateTransform', 'filter'])(
    '<%s> is made as an SVG element',
    (tag) => {
      const { apply, query } = page('<svg dj-id="s"></svg>');
      apply({ type: 'InsertChild', path: [0], d: 's', index: 0, node: node(tag, '1') });
      const made = query('svg').firstElementChild;
      expect(made?.namespaceURI).toBe('http://www.w3.org/2000/svg');
      expect(made?.localName).toBe(tag);
    },
  );

  it.each(['hgroup', 'ruby', 'x-own', 'dialog', 'style'])('<%s> is made as itself', (tag) => {
    const { apply, query } = page('<div dj-id="d"></div>');
    apply({ type: 'InsertChild', path: [0], d: 'd', index: 0, node: node(tag, '1') });
    expect(query('div').firstElementChild?.localName).toBe(tag);
  });

  it('MathML, and HTML inside a foreignObject', () => {
    const { apply, query } = page('<div dj-id="d"></div>');
    const html = node('foreignObject', '3', node('p', '4'));
    apply(
      { type: 'InsertChild', path: [0], d: 'd', index: 0, node: node('math', '1', node('mfrac', '2')) },
      { type: 'InsertChild', path: [0], d: 'd', index: 1, node: node('svg', '5', html) },
    );
    expect(query('mfrac').namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
    expect(query('p')).toBeInstanceOf(HTMLParagraphElement);
  });

  it('a script is made and never runs', async () => {
    const { apply, query } = page('<div dj-id="d"></div>');
    Object.assign(globalThis, { hasRun: false });
    apply({
      type: 'InsertChild',
      path: [0],
      d: 'd',
      index: 0,
      node: node('script', '1', text('globalThis.hasRun = true')),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(query('script').textContent).toContain('hasRun');
    expect((globalThis as { hasRun?: boolean }).hasRun).toBe(false);
  });
});

describe('W7', () => {
  it('a dj-* attribute can be removed', () => {
    const { apply, query } = page('<button dj-id="b" dj-click="go">go</button>');
    apply({ type: 'RemoveAttr', path: [0], d: 'b', key: 'dj-click' });
    expect(query('button').hasAttribute('dj-click')).toBe(false);
  });
});

describe('W8', () => {
  it.each([
    ['U+00A0 counts', '<p dj-id="p">\u00a0<b>b</b>t</p>', 2, '<p>&nbsp;<b>b</b>X</p>'],
    ['U+2003 counts', '<p dj-id="p">\u2003<b>b</b>t</p>', 2, '<p>\u2003<b>b</b>X</p>'],
    ['U+000B counts', '<p dj-id="p">\u000b<b>b</b>t</p>', 2, '<p>\u000b<b>b</b>X</p>'],
    ['blank text directly in pre counts', '<pre dj-id="p"> <b>b</b>t</pre>', 2, '<pre> <b>b</b>X</pre>'],
  ])('%s', (_, html, index, expected) => {
    const { apply, html: result } = page(html);
    expect(apply({ type: 'SetText', path: [0, index], text: 'X' }).ok).toBe(true);
    expect(result()).toBe(expected);
  });

  it('blank text deeper inside of pre does not count', () => {
    const { apply, html } = page('<pre dj-id="p"><b>\n <i>i</i>t</b></pre>');
    apply({ type: 'SetText', path: [0, 0, 1], text: 'X' });
    expect(html()).toBe('<pre><b>\n <i>i</i>X</b></pre>');
  });
});

describe('W9', () => {
  it.each([
    ['an unknown id', { type: 'SetAttr', path: [9, 9], d: 'nope', key: 'a', value: 'b' }],
    ['a path that leads nowhere', { type: 'SetText', path: [0, 7, 3], text: 'x' }],
    ['an index beyond the end', { type: 'InsertChild', path: [0], d: 'u', index: 99, node: node('li', 'z') }],
    ['an unknown operation', { type: 'Explode', path: [] }],
    ['a missing child', { type: 'RemoveChild', path: [0], d: 'u', index: 50 }],
    ['a missing region', { type: 'MoveSubtree', id: 'nope', path: [0], d: 'u', index: 0 }],
  ])('%s leaves the document as it was, whatever came before it', (_, bad) => {
    const { root, apply, index } = page(`${list('A', 'B', 'C')}<p dj-id="p" class="x">text</p>`);
    const before = root.innerHTML;
    const nodes = [...root.querySelectorAll('*')];
    const good: Patch[] = [
      move(0, 2, 'A'),
      remove(1, 'B'),
      insert(0, 'X'),
      { type: 'SetAttr', path: [1], d: 'p', key: 'class', value: 'y' },
      { type: 'SetText', path: [1, 0], text: 'other' },
    ];
    const report = apply(...good, bad as Patch);
    expect(report.ok).toBe(false);
    expect(root.innerHTML).toBe(before);
    expect([...root.querySelectorAll('*')]).toEqual(nodes);
    expect(index.get('B')).toBeDefined();
    expect(index.get('X')).toBeUndefined();
  });
});

describe('W10', () => {
  it('HTML without ids leaves the ids that are there', () => {
    const { root, query } = page('<section data-djust-embedded="c1"><p dj-id="7" class="a">old</p></section>');
    morphContent(query('section'), '<p class="b">new</p>');
    expect(root.innerHTML).toContain('<p dj-id="7" class="b">new</p>');
  });
});

describe('W11', () => {
  it('a container that piles up does not keep its siblings from being merged', () => {
    const { root, html } = page(
      '<h1>old</h1><ul id="log" dj-update="append"><li id="m1">1</li></ul><div><p>old</p></div>',
    );
    morphContent(root, '<h1>new</h1><ul id="log" dj-update="append"><li id="m2">2</li></ul><div><p>new</p></div>');
    expect(html()).toBe(
      '<h1>new</h1><ul id="log" dj-update="append"><li id="m1">1</li><li id="m2">2</li></ul><div><p>new</p></div>',
    );
  });
});
