import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDoc, docHtml } from '../../../test/random-html.ts';
import { type HtmlNode, IdSource } from './node.ts';
import { HtmlReader } from './parse.ts';
import { parseWithParse5 } from './parse5.ts';

const plain = (nodes: readonly HtmlNode[]): unknown[] =>
  nodes.map((node) =>
    node.type === 'element'
      ? { tag: node.tag, space: node.space, attrs: node.attrs, key: node.key, children: plain(node.children) }
      : { type: node.type, text: node.text },
  );

const ours = (html: string): unknown => plain(new HtmlReader(new IdSource()).read(html));
const standard = (html: string): unknown => plain(parseWithParse5(html, new IdSource()));

/** Read directly: the next reading would find its keyed rows again. */
const isReadDirectly = (html: string): boolean => {
  const reader = new HtmlReader(new IdSource());
  reader.read(html);
  return reader.memory.html === html && html !== '';
};

const TAGS =
  'div p ul li table tbody tr td b i a button select option h1 h2 form svg g pre textarea br input dl dt dd span script title math'.split(
    ' ',
  );
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TAGS.map((tag) => `<${tag}>`), ...TAGS.map((tag) => `</${tag}>`)),
      fc.constantFrom(
        ' ',
        '\n',
        'text',
        '&amp;',
        '&lt',
        '&#39;',
        '&#128;',
        '&copy;',
        'a < b',
        '<!-- c -->',
        '<!--dj-if id="x"-->',
        '<!--/dj-if-->',
        '<!-->',
        '<br/>',
        '<p class=x y>',
        '<i title=\'q\' title="z">',
        '<DIV>',
        '\r\n',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('parseHtml', () => {
  it('makes of well-nested pages what the standard makes of them', () => {
    fc.assert(
      fc.property(anyDoc, (doc) => {
        expect(ours(docHtml(doc))).toEqual(standard(docHtml(doc)));
      }),
      { numRuns: 500 },
    );
  });

  it('makes of tag soup what the standard makes of it', () => {
    fc.assert(
      fc.property(soup, (html) => {
        expect(ours(html)).toEqual(standard(html));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['<ul><li data-key="1">a</li></ul>', true],
    ['<table><tbody><tr><td>x</td></tr></tbody></table>', true],
    ['<svg viewBox="0 0 1 1"><linearGradient id="g"></linearGradient></svg>', true],
    ['<p>a &amp; b &nbsp;</p><img src="x" alt=""><br />', true],
    ['<table><tr><td>x</td></tr></table>', false],
    ['<p><div></div></p>', false],
    ['<li>a<li>b', false],
    ['<a><a></a></a>', false],
    ['<b><i></b></i>', false],
    ['<P>x</P>', false],
    ['&copy;', false],
  ])('%s: read directly is %s', (html, expected) => {
    expect(isReadDirectly(html)).toBe(expected);
    expect(ours(html)).toEqual(standard(html));
  });

  it('takes rows over that look the same, and reads the others', () => {
    const rows = (...texts: string[]): string =>
      `<ul>${texts.map((text, i) => `<li data-key="${i}"><b>${text}</b></li>`).join('')}</ul>`;
    const reader = new HtmlReader(new IdSource());
    const [before, after] = [rows('a', 'b', 'c'), rows('a', 'X', 'c')].map((html) => {
      const [list] = reader.read(html);
      return (list as { children: HtmlNode[] }).children;
    });
    expect(after?.map((row, i) => row === before?.[i])).toEqual([true, false, true]);
  });
});
