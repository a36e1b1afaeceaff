import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, it } from 'vitest';
import { PAYLOADS, SAFE_URLS, UNSAFE_STYLES, UNSAFE_URLS } from '../../test/payloads.ts';
import { escapeAttribute, escapeText, isUnsafeStyle, isUnsafeUrl, isUrlAttribute } from './escape.ts';
import { html, type TemplateResult } from './html.ts';
import { Renderer } from './tree.ts';

/** What a browser makes of a template: element names with their attributes and texts, values as they are read. */
function read(result: TemplateResult): unknown[] {
  const markup = new Renderer().root(result).html;
  return outline(parseFragment(markup, { scriptingEnabled: true }));
}

function outline(parent: Tree.ParentNode): unknown[] {
  return parent.childNodes.map((node) => {
    if ('value' in node) return node.value;
    if (!('tagName' in node)) return node.nodeName;
    const attrs = node.attrs.filter((attr) => attr.name !== 'dj-id').map((attr) => [attr.name, attr.value]);
    return [node.tagName, Object.fromEntries(attrs), ...outline(node)];
  });
}

/** As a page can hold it. */
const shown = (text: string): string => text.replaceAll('\u0000', '\ufffd');
const texts = (text: string): string[] => (text === '' ? [] : [shown(text)]);

describe('a text that tries to leave its place', () => {
  it.each<[string, (payload: string) => unknown, (payload: string) => unknown]>([
    ['text', (p) => read(html`<p>${p}</p>`), (p) => [['p', {}, ...texts(p)]]],
    ['text beside text', (p) => read(html`<p>a ${p} b<i></i></p>`), (p) => [['p', {}, `a ${shown(p)} b`, ['i', {}]]]],
    ['text in a textarea', (p) => read(html`<textarea>${p}</textarea>`), (p) => [['textarea', {}, ...texts(p)]]],
    ['text in a title', (p) => read(html`<title>${p}</title>`), (p) => [['title', {}, ...texts(p)]]],
    ['text in a pre', (p) => read(html`<pre>${p}</pre>`), (p) => [['pre', {}, ...texts(p)]]],
    [
      'text in a drawing',
      (p) => read(html`<svg><text>${p}</text></svg>`),
      (p) => [['svg', {}, ['text', {}, ...texts(p)]]],
    ],
    ['an attribute in double quotes', (p) => read(html`<p title="${p}"></p>`), (p) => [['p', { title: shown(p) }]]],
    ['an attribute in single quotes', (p) => read(html`<p title='${p}'></p>`), (p) => [['p', { title: shown(p) }]]],
    ['an attribute without quotes', (p) => read(html`<p title=${p}></p>`), (p) => [['p', { title: shown(p) }]]],
    ['a part of an attribute', (p) => read(html`<p class="a ${p}"></p>`), (p) => [['p', { class: `a ${shown(p)}` }]]],
  ])('stays %s', (_, readWith, expected) => {
    for (const payload of PAYLOADS) expect(readWith(payload), JSON.stringify(payload)).toEqual(expected(payload));
  });

  it('stays one attribute in a URL, or is replaced', () => {
    for (const payload of PAYLOADS) {
      const [link] = read(html`<a href="${payload}"></a>`) as [[string, Record<string, string>]];
      expect(Object.keys(link[1])).toEqual(['href']);
      expect([shown(payload), 'about:blank']).toContain(link[1].href);
    }
  });

  it('stays one attribute in a style, or is left out', () => {
    for (const payload of PAYLOADS) {
      const [styled, ...rest] = read(html`<p style="color: ${payload}"></p>`) as [[string, Record<string, string>]];
      expect(rest).toEqual([]);
      expect([undefined, `color: ${shown(payload)}`]).toContain(styled[1].style);
    }
  });
});

describe('URLs', () => {
  it('that run code are replaced, in any disguise', () => {
    for (const url of UNSAFE_URLS) {
      expect(isUnsafeUrl(url), JSON.stringify(url)).toBe(true);
      expect(read(html`<a href=${url}></a>`)).toEqual([['a', { href: 'about:blank' }]]);
    }
  });

  it('that begin with U+0000 have no scheme left, for that character is replaced', () => {
    expect(isUnsafeUrl('\u0000javascript:alert(1)')).toBe(true);
    expect(read(html`<a href=${'\u0000javascript:alert(1)'}></a>`)).toEqual([
      ['a', { href: '\ufffdjavascript:alert(1)' }],
    ]);
  });

  it('that run no code are kept, images in data: among them', () => {
    for (const url of SAFE_URLS) {
      expect(isUnsafeUrl(url), JSON.stringify(url)).toBe(false);
      expect(read(html`<a href=${url}></a>`)).toEqual([['a', { href: url }]]);
    }
  });

  it('are looked at as a whole when they are put together', () => {
    expect(read(html`<a href="java${'script'}:${'alert(1)'}"></a>`)).toEqual([['a', { href: 'about:blank' }]]);
    expect(read(html`<a href="/${'javascript:alert(1)'}"></a>`)).toEqual([['a', { href: '/javascript:alert(1)' }]]);
  });

  it.each([
    ['src', (url: string) => html`<img src=${url}>`],
    ['action', (url: string) => html`<form action=${url}></form>`],
    ['formaction', (url: string) => html`<button formaction=${url}></button>`],
    ['poster', (url: string) => html`<video poster=${url}></video>`],
    ['data', (url: string) => html`<object data=${url}></object>`],
    ['cite', (url: string) => html`<q cite=${url}></q>`],
    ['background', (url: string) => html`<table background=${url}></table>`],
    ['ping', (url: string) => html`<a ping=${url}></a>`],
    ['xlink:href', (url: string) => html`<svg><use xlink:href=${url}></use></svg>`],
    ['HREF', (url: string) => html`<a HREF=${url}></a>`],
    ['to', (url: string) => html`<svg><set attributeName="href" to=${url} /></svg>`],
    ['values', (url: string) => html`<svg><animate attributeName="href" values="/;${url}" /></svg>`],
  ])('are looked at in %s', (_, make) => {
    expect(JSON.stringify(read(make('javascript:alert(1)')))).not.toContain('javascript');
  });

  it('are told from other attributes', () => {
    expect(isUrlAttribute('href')).toBe(true);
    expect(isUrlAttribute('title')).toBe(false);
  });

  it('are reported with their attribute', () => {
    const faults: unknown[] = [];
    new Renderer({ warn: (fault) => faults.push(fault) }).root(html`<a href=${'javascript:alert(1)'}></a>`);
    expect(faults).toMatchObject([{ code: 'template/unsafe-url', at: 'href', detail: 'javascript:alert(1)' }]);
  });
});

describe('styles', () => {
  it('that would do more than style one element are left out', () => {
    for (const value of UNSAFE_STYLES) {
      expect(isUnsafeStyle(value), value).toBe(true);
      expect(read(html`<p style="color: ${value}"></p>`)).toEqual([['p', {}]]);
    }
  });

  it.each([
    'color: red',
    'width: calc(1px + 2%)',
    '--x: var(--y, #fff)',
    'transform: translate(1px, 2px) rotate(3deg)',
  ])('are kept: %j', (value) => {
    expect(read(html`<p style=${value}></p>`)).toEqual([['p', { style: value }]]);
  });
});

it('leaves text without special characters as it is', () => {
  expect(escapeText('plain "text" it\'s')).toBe('plain "text" it\'s');
  expect(escapeAttribute("it's")).toBe("it's");
});

it('escapes each special character, every time', () => {
  for (let round = 0; round < 3; round++) {
    expect(escapeText('a&b<c>d\u00a0e\r')).toBe('a&amp;b&lt;c&gt;d&nbsp;e&#13;');
    expect(escapeAttribute('a&b<c>d"e\u00a0f\r')).toBe('a&amp;b&lt;c&gt;d&quot;e&nbsp;f&#13;');
  }
});
