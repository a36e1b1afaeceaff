import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLOSE_BOUNDARY,
  fromBase62,
  isBoundary,
  isClosing,
  isSignificant,
  openBoundary,
  openingId,
  type TreeNode,
  toBase62,
} from './tree-rules.ts';

const element = (nodeName: string): TreeNode => ({ nodeType: 1, nodeName, nodeValue: null, parentNode: null });
const text = (nodeValue: string, parent = 'DIV'): TreeNode => ({
  nodeType: 3,
  nodeName: '#text',
  nodeValue,
  parentNode: element(parent),
});
const comment = (nodeValue: string): TreeNode => ({
  nodeType: 8,
  nodeName: '#comment',
  nodeValue,
  parentNode: element('DIV'),
});

describe('children that count', () => {
  it.each<[string, TreeNode, boolean]>([
    ['an element', element('P'), true],
    ['a script', element('SCRIPT'), true],
    ['text', text('a'), true],
    ['text with blanks around', text('\n a \t'), true],
    ['no text', text(''), false],
    ['a single space', text(' '), true],
    ['two spaces', text('  '), false],
    ['a line break and blanks', text('\r\n\t '), false],
    ['a form feed', text('\f'), false],
    ['a vertical tab, U+000B', text('\v'), true],
    ['U+0085', text('\u0085'), true],
    ['an em space, U+2003', text('\u2003'), true],
    ['U+1680, U+2000 to U+200A', text('\u1680\u2000\u200a'), true],
    ['U+2028, U+2029, U+202F, U+205F, U+3000', text('\u2028\u2029\u202f\u205f\u3000'), true],
    ['a no-break space, U+00A0', text('\u00a0'), true],
    ['a no-break space among blanks', text(' \u00a0 '), true],
    ['a zero-width space, U+200B', text('\u200b'), true],
    ['a byte order mark, U+FEFF', text('\ufeff'), true],
    ['a blank in pre', text(' ', 'PRE'), true],
    ['a blank in code', text('\n', 'CODE'), true],
    ['a blank in textarea', text(' ', 'TEXTAREA'), true],
    ['a blank in script', text(' ', 'SCRIPT'), true],
    ['a blank in style', text(' ', 'STYLE'), true],
    ['a blank in pre of a server tree, in small letters', text(' ', 'pre'), true],
    ['no text in pre', text('', 'PRE'), false],
    ['blanks in a span, wherever that stands', text('\n ', 'SPAN'), false],
    ['blanks without a parent', { ...text('\n'), parentNode: null }, false],
    ['dj-if', comment('dj-if'), true],
    ['dj-if with an id', comment('dj-if id="if-1"'), true],
    ['dj-if with blanks around', comment('  dj-if id="if-1"\n'), true],
    ['the end of dj-if', comment('/dj-if'), true],
    ['the end with blanks around', comment(' /dj-if '), true],
    ['another comment', comment(' note '), false],
    ['dj-ifx', comment('dj-ifx'), false],
    ['/dj-if with more', comment('/dj-if x'), false],
    ['DJ-IF', comment('DJ-IF'), false],
    ['an empty comment', comment(''), false],
    ['a doctype', { ...element('html'), nodeType: 10 }, false],
  ])('%s: %s', (_, node, counts) => {
    expect(isSignificant(node)).toBe(counts);
  });
});

describe('boundaries', () => {
  it.each<[string, string | undefined]>([
    ['dj-if id="1c"', '1c'],
    [' dj-if  id="if-9af0-1" ', 'if-9af0-1'],
    ['dj-if id="a" data-x="b"', 'a'],
    ['dj-if', ''],
    ['dj-if other="x"', ''],
    ['/dj-if', undefined],
    ['note', undefined],
    ['', undefined],
  ])('%j opens %j', (data, id) => {
    expect(openingId(data)).toBe(id);
  });

  it('are written as they are read', () => {
    const inner = (markup: string): string => markup.slice('<!--'.length, -'-->'.length);
    expect(openingId(inner(openBoundary('1c')))).toBe('1c');
    expect(isBoundary(inner(openBoundary('1c')))).toBe(true);
    expect(isClosing(inner(openBoundary('1c')))).toBe(false);
    expect(isClosing(inner(CLOSE_BOUNDARY))).toBe(true);
    expect(isBoundary(inner(CLOSE_BOUNDARY))).toBe(true);
  });
});

describe('ids', () => {
  it.each<[number, string]>([
    [0, '0'],
    [9, '9'],
    [10, 'a'],
    [35, 'z'],
    [36, 'A'],
    [61, 'Z'],
    [62, '10'],
    [100, '1C'],
    [3843, 'ZZ'],
    [3844, '100'],
  ])('%i is %s', (value, id) => {
    expect(toBase62(value)).toBe(id);
    expect(fromBase62(id)).toBe(value);
  });

  it('come back from their text', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(fromBase62(toBase62(value))).toBe(value);
        expect(toBase62(value)).toMatch(/^(0|[1-9a-zA-Z][0-9a-zA-Z]*)$/);
      }),
    );
  });

  it.each(['', '-', '1-', 'if-9af0-1', ' 1', 'ä'])('%j is none', (id) => {
    expect(fromBase62(id)).toBeNaN();
  });
});
