import { type Chunk, OP, type Ops } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { list, page } from '../../test/page.ts';
import { applyOps } from './compact.ts';
import { keyOf } from './ids.ts';

const apply = (ops: Ops, to: ReturnType<typeof page>) => applyOps(JSON.parse(JSON.stringify(ops)), to);

describe('applyOps', () => {
  it('touches what the batch names and nothing else', () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => `<p dj-id="r${i}">${i}</p>`).join('');
    const live = page(rows);
    const report = apply([[OP.text, 'r5', 'five', 'r500', 'five hundred']], live);
    expect(report).toMatchObject({ ok: true, touched: 2, added: [], removed: [] });
    expect(live.query('[dj-id=r500]').textContent).toBe('five hundred');
  });

  it('builds a row that its parser takes apart: text in a table is put in front of it', () => {
    const live = page('<div dj-id="u"></div>');
    const chunks = ['<table', 0, '><tbody', 1, '>', null, '</tbody></table>'];
    const report = apply(
      [
        [OP.template, 0, chunks],
        [OP.insert, 'u', [0, 5, '']],
        [OP.insert, '6', '<tr></tr>'],
      ] as Ops,
      live,
    );
    expect(report).toMatchObject({ ok: true });
    expect(live.html()).toBe('<div><table><tbody><tr></tr></tbody></table></div>');
  });

  it.each<[string, Chunk[], unknown[], string]>([
    ['a text alone', ['<li>', null, '</li>'], ['A'], '<li>A</li>'],
    ['a whole number', ['<li>', null, '</li>'], [7], '<li>7</li>'],
    ['no text', ['<li>', null, '</li>'], [''], '<li></li>'],
    ['a text of pieces', ['<li>(', null, '-', null, ')</li>'], ['A', 0], '<li>(A-0)</li>'],
    ['a text beside an element', ['<li><b></b>', null, '</li>'], ['A'], '<li><b></b>A</li>'],
    ['a text beside a comment', ['<li><!--c-->', null, '</li>'], ['A'], '<li><!--c-->A</li>'],
    ['a text area', ['<li><textarea>', null, '</textarea></li>'], ['A'], '<li><textarea>A</textarea></li>'],
    [
      'attributes among others',
      ['<li class="c"', ['id'], ' title="t"', ['lang'], '>', null, '</li>'],
      ['i', null, 'A'],
      '<li class="c" title="t" id="i">A</li>',
    ],
  ])('makes rows with %s', (_, chunks, values, expected) => {
    const live = page('<ul dj-id="u"></ul>');
    apply(
      [
        [OP.template, 0, chunks],
        [OP.insert, 'u', [0, 10, ...values, ...values]],
      ] as Ops,
      live,
    );
    expect(live.html()).toBe(`<ul>${expected}${expected}</ul>`);
  });

  describe('writes the ids of new rows later', () => {
    const chunks = ['<li', 0, '><b', 1, '>', null, '</b></li>'];
    const grown = () => {
      const live = page('<ul dj-id="u"></ul>');
      apply(
        [
          [OP.template, 0, chunks],
          [OP.insert, 'u', [0, 10, 'A', 'B']],
        ] as Ops,
        live,
      );
      return live;
    };
    const written = '<ul dj-id="u"><li dj-id="a"><b dj-id="b">A</b></li><li dj-id="c"><b dj-id="d">B</b></li></ul>';

    it('soon, by itself', async () => {
      const live = grown();
      expect(live.root.innerHTML).not.toBe(written);
      // Nothing that looks for an id finds the wrong row meanwhile.
      expect(live.root.querySelectorAll('li[dj-id]')).toHaveLength(0);
      await expect.poll(() => live.root.innerHTML).toBe(written);
      expect(live.index.settle).toBeUndefined();
    });

    it('and finds them by their names before', () => {
      const live = grown();
      apply([[OP.text, 'd', 'two']], live);
      expect(live.html()).toBe('<ul><li><b>A</b></li><li><b>two</b></li></ul>');
      expect(live.index.settle).toBeDefined();
    });

    it('and finds them by their numbers before, in the same batch too', () => {
      const live = grown();
      apply(
        [
          [OP.insertAfter, 12, [0, 14, 'C']],
          [OP.text, 15, 'three', -4, 'one'],
        ] as Ops,
        live,
      );
      expect(live.html()).toBe('<ul><li><b>one</b></li><li><b>B</b></li><li><b>three</b></li></ul>');
      expect(live.index.settle).toBeDefined();
    });

    it('before everything is read anew, and one that is taken away is missing', () => {
      const live = grown();
      live.query('li').remove();
      expect(apply([[OP.text, 11, 'x']] as Ops, live)).toMatchObject({
        ok: false,
        fault: { code: 'dom/target-missing' },
      });
      expect(live.root.innerHTML).toBe(written.replace(/<li.*?<\/li>/, ''));
      expect(apply([[OP.text, 'd', 'x']], live)).toMatchObject({ ok: true });
    });

    it('and those whose numbers are lower than the last ones', () => {
      const live = grown();
      apply(
        [
          [OP.insert, 'u', [0, 5, 'Z']],
          [OP.text, 6, 'zero', 5, 'one'],
        ] as Ops,
        live,
      );
      expect(live.html()).toBe('<ul><li><b>zero</b></li><li><b>one</b></li><li><b>B</b></li></ul>');
    });

    it('a group of numbers and names is refused', () => {
      const report = apply([[OP.text, 11, 'x', 'u', 'y', 13, 'z']] as Ops, grown());
      expect(report).toMatchObject({ ok: false, fault: { code: 'dom/target-missing' } });
    });
  });

  it.each<[string, Ops]>([
    ['an unknown id', [[OP.text, 'nope', 'x']]],
    ['an unknown neighbour', [[OP.moveAfter, 'nope', 'A']]],
    ['an unknown operation', [[42 as never, 'A']]],
    ['an operation that is cut off', [[OP.attr, 'A', 'class']]],
    ['a node that should move into itself', [[OP.move, 'A', 'u']]],
    ['a root that should go', [[OP.remove, '0']]],
    ['HTML that is none', [[OP.html, 'A', null]]],
    ['no list at all', 'nonsense' as never],
  ])('%s leaves the document as it was', (_, bad) => {
    const live = page(list('A', 'B', 'C'));
    const before = live.root.innerHTML;
    const good: Ops = [
      [OP.remove, 'B'],
      [OP.moveAfter, 'C', 'A'],
      [OP.insert, 'u', '<li dj-id="X">X</li>'],
      [OP.text, 'A', 'a'],
    ];
    const report = applyOps(Array.isArray(bad) ? [...good, ...bad] : bad, live);
    expect(report.ok).toBe(false);
    expect(live.root.innerHTML).toBe(before);
    expect(live.index.get('X')).toBeUndefined();
  });

  it('a node that a script took away counts as missing', () => {
    const live = page(list('A'));
    live.query('li').remove();
    expect(apply([[OP.text, 'A', 'x']], live)).toMatchObject({ ok: false, fault: { code: 'dom/target-missing' } });
  });

  it('an id that came with an insert is a neighbour in the same batch', () => {
    const live = page(list('A', 'B'));
    apply(
      [
        [OP.insertAfter, 'A', '<li dj-id="X">X</li>'],
        [OP.moveAfter, 'X', 'B'],
        [OP.insertAfter, 'X', '<li dj-id="Y">Y</li>'],
      ],
      live,
    );
    expect(live.html()).toBe('<ul><li>A</li><li>X</li><li>Y</li><li>B</li></ul>');
  });

  it('the text of a textarea follows, unless the user is in it', () => {
    const live = page('<textarea dj-id="t">old</textarea><textarea dj-id="f">old</textarea>');
    const [idle, busy] = live.root.querySelectorAll('textarea') as unknown as [
      HTMLTextAreaElement,
      HTMLTextAreaElement,
    ];
    idle.value = 'typed';
    busy.focus();
    busy.value = 'typing';
    apply([[OP.text, 't', 'new', 'f', 'new']], live);
    expect([idle.value, busy.value, busy.defaultValue]).toEqual(['new', 'typing', 'new']);
  });

  it('a text that the parser cut up is replaced as a whole', () => {
    const long = 'x'.repeat(70_000);
    const live = page(`<p dj-id="p">${long}</p>`);
    live.query('p').append('rest');
    apply([[OP.text, 'p', 'short']], live);
    expect(live.query('p').textContent).toBe('short');
  });

  it('SVG pieces become SVG elements, table rows stay rows', () => {
    const live = page('<svg dj-id="s"></svg><table><tbody dj-id="t"></tbody></table>');
    apply([[OP.insert, 's', '<circle dj-id="c" r="1"></circle>', 't', '<tr dj-id="r"><td>x</td></tr>']], live);
    expect(live.query('circle').namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(live.query('tbody').innerHTML).toContain('<tr dj-id="r"><td>x</td></tr>');
  });

  it('forgets the ids of what is removed, regions included', () => {
    const live = page(
      '<div dj-id="d"><!--dj-if id="a"--><b dj-id="1"><!--dj-if id="n"-->x<!--/dj-if--></b><!--/dj-if--></div>',
    );
    expect(live.index.byId.size).toBe(5);
    apply([[OP.remove, 'a']], live);
    live.index.sweep();
    expect(live.index.byId.size).toBe(2);
  });

  it('a refused batch leaves the ids as they were', () => {
    const live = page(`<p dj-id="p">old</p>`);
    const bad = applyOps(
      [
        [OP.insert, '0', `<p dj-id="p">new</p>`],
        [OP.remove, 'nobody'],
      ],
      live,
    );
    expect(bad.ok).toBe(false);
    apply([[OP.text, 'p', 'still here']], live);
    expect(live.query('p').textContent).toBe('still here');
    live.index.sweep();
    expect(live.index.byId.size).toBe(2);
  });

  it('a root that is out of the page for a moment keeps its ids', () => {
    const live = page('<p dj-id="p">old</p><p dj-id="q"></p>');
    apply([[OP.remove, 'q']], live);
    const { parentNode } = live.index.root;
    live.index.root.remove();
    live.index.sweep();
    parentNode?.appendChild(live.index.root);
    apply([[OP.text, 'p', 'new']], live);
    expect(live.query('p').textContent).toBe('new');
  });

  it('nobody finds what is gone, and soon nothing of it is held', async () => {
    const rows = Array.from({ length: 250 }, (_, at) => `<li dj-id="r${at}"></li>`);
    const live = page(`<ul dj-id="u">${rows.join('')}</ul>`);
    for (let at = 0; at < 250; at++) {
      apply([[OP.remove, `r${at}`]], live);
      expect(applyOps([[OP.text, `r${at}`, 'x']], live).ok).toBe(false);
    }
    apply([[OP.insert, 'u', '<li dj-id="r7">again</li>']], live);
    apply([[OP.text, 'r7', 'found']], live);
    expect(live.query('ul').textContent).toBe('found');
    await expect.poll(() => [...live.index.byId.keys()].sort()).toEqual([0, keyOf('r7'), keyOf('u')]);
  });
});

describe('the user stays where he is', () => {
  const field = '<li dj-id="F"><input dj-id="i" name="n" value="abcdef"></li>';

  it('when the focused row moves: focus, selection and scroll position', () => {
    const live = page(`<ul dj-id="u"><li dj-id="A">A</li>${field}</ul>`);
    const input = live.query<HTMLInputElement>('input');
    input.focus();
    input.setSelectionRange(2, 4, 'backward');
    apply([[OP.move, 'u', 'F']], live);
    expect(document.activeElement).toBe(input);
    expect([input.selectionStart, input.selectionEnd, input.selectionDirection]).toEqual([2, 4, 'backward']);
  });

  it('when the row is made anew: in the field of the same name', () => {
    const live = page(`<ul dj-id="u">${field}</ul>`);
    live.query('input').focus();
    apply([[OP.html, 'u', '<li dj-id="G"><input dj-id="j" name="n" value="abcdef"></li>']], live);
    expect(document.activeElement).toBe(live.query('input'));
  });

  it('a value does not reach the field he is in, and reaches the others', () => {
    const live = page('<input dj-id="1" value="a"><input dj-id="2" value="a">');
    const [first, second] = live.root.querySelectorAll('input') as unknown as [HTMLInputElement, HTMLInputElement];
    first.focus();
    first.value = 'typing';
    second.value = 'typed';
    apply([[OP.attr, '1', 'value', 'server', '2', 'value', 'server']], live);
    expect([first.value, second.value]).toEqual(['typing', 'server']);
    first.value = 'a';
    apply([[OP.attr, '1', 'value', 'later']], live);
    first.blur();
    expect(first.value).toBe('later');
  });

  it.each([
    ['checked', '<input type="checkbox" dj-id="1">', 'checked'],
    ['selected', '<select><option>a</option><option dj-id="1">b</option></select>', 'selected'],
  ])('%s switches the property and back', (name, html, property) => {
    const live = page(html);
    const element = live.query('[dj-id]') as unknown as Record<string, boolean>;
    apply([[OP.attr, '1', name, '']], live);
    expect(element[property]).toBe(true);
    apply([[OP.attr, '1', name, null]], live);
    expect(element[property]).toBe(false);
  });

  it('attributes that scripts of the page own are left alone', () => {
    const live = page('<div dj-id="1" class="mine" dj-ignore-attrs="class, style"></div>');
    apply([[OP.attr, '1', 'class', 'theirs', '1', 'title', 'x']], live);
    expect(live.query('div').outerHTML).toContain('class="mine"');
    expect(live.query('div').title).toBe('x');
  });
});
