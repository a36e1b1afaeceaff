import { DjustError } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { CONTAINER, compile } from './compile.ts';
import { html, svg, type TemplateResult } from './html.ts';
import { renderToString } from './static.ts';

/** The template as HTML with `[n]` for values and `#n` for ids. */
function drawn(result: TemplateResult): string {
  return compile(result)
    .chunks.map((chunk) => {
      if (typeof chunk === 'string') return chunk;
      if (chunk.kind === 'id') return `#${chunk.id}`;
      const pieces = chunk.pieces.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join('');
      return chunk.kind === 'attribute' ? ` ${chunk.name}=${pieces}` : pieces;
    })
    .join('');
}

function codeOf(make: () => TemplateResult): string {
  try {
    compile(make());
  } catch (error) {
    return error instanceof DjustError ? error.code : String(error);
  }
  return 'compiles';
}

const x = 'x';

describe('ids', () => {
  it('are given only to what an operation may have to find', () => {
    expect(drawn(html`<div><p>static</p><p>${x}</p><i></i>${x}<b class=${x}></b></div>`)).toBe(
      '<div#0><p>static</p><p#1>[0]</p><i#2></i>[1]<b#3 class=[2]></b></div>',
    );
  });

  it('mark the only root element, so that a row is moved as a whole', () => {
    expect(compile(html`<li>static</li>`).rootId).toBe(0);
    expect(
      compile(html`
        <li>static</li>
      `).rootId,
    ).toBe(0);
  });

  it('mark no root when there is text beside it, or not exactly one element', () => {
    expect(compile(html`<li></li>${x}`).rootId).toBe(CONTAINER);
    expect(compile(html`<li></li><li></li>`).rootId).toBe(CONTAINER);
    expect(compile(html`text`).rootId).toBe(CONTAINER);
    expect(compile(html``).rootId).toBe(CONTAINER);
  });

  it('of the author are dropped', () => {
    expect(renderToString(html`<p dj-id="7">a</p>`)).toBe('<p>a</p>');
  });
});

it('is done once for a template, whatever its values', () => {
  const make = (value: unknown): TemplateResult => html`<p>${value}</p>`;
  expect(compile(make(1))).toBe(compile(make(2)));
});

describe('text and values between two elements', () => {
  const runs = (result: TemplateResult): unknown[] => compile(result).parts.filter((part) => part.kind === 'run');

  it('are one run, found at the start of its parent or behind an element', () => {
    expect(runs(html`<p>a ${x} b ${x}<b></b>${x}</p>`)).toMatchObject([
      { pieces: ['a ', 0, ' b ', 1], address: { code: 0, id: 0 }, isSole: false },
      { pieces: [2], address: { code: 1, id: 1 }, isSole: false },
    ]);
  });

  it('are sole when one value is all there is', () => {
    expect(runs(html`<ul>${x}</ul>`)).toMatchObject([{ isSole: true }]);
    expect(
      runs(html`<ul>
        ${x}
      </ul>`),
    ).toMatchObject([{ isSole: true }]);
    expect(runs(html`<p>${x} </p>`)).toMatchObject([{ isSole: false }]);
    expect(runs(html`<textarea>${x}</textarea>`)).toMatchObject([{ isSole: false, isRawText: true }]);
  });

  it('skip comments of the author', () => {
    expect(drawn(html`<p>a<!-- note -->${x}<!-- --></p>`)).toBe('<p#0>a[0]</p>');
  });
});

describe('attributes', () => {
  it('keep what is around a value', () => {
    expect(drawn(html`<p class="a ${x} b ${x}" id=${x}></p>`)).toBe('<p#0 class=a [0] b [1] id=[2]></p>');
  });

  it('are written with their names as HTML and SVG know them', () => {
    expect(renderToString(html`<svg VIEWBOX="0 0 1 1"><use xlink:href="#${x}"></use></svg>`)).toBe(
      '<svg viewBox="0 0 1 1"><use xlink:href="#x"></use></svg>',
    );
  });

  it.each([
    ['a click handler', () => html`<p onclick="go()"></p>`],
    ['a handler in capitals', () => html`<p ONMOUSEOVER="go()"></p>`],
    ['a handler with a value', () => html`<p onfocus=${x}></p>`],
    ['a handler in a drawing', () => html`<svg onload="go()"></svg>`],
  ])('refuse %s', (_, make) => {
    expect(codeOf(make)).toBe('template/inline-handler');
  });

  it('refuse a value in srcdoc', () => {
    expect(codeOf(() => html`<iframe srcdoc=${x}></iframe>`)).toBe('template/hole-position');
  });
});

describe('nesting', () => {
  it.each<[string, () => TemplateResult]>([
    ['void elements', () => html`<p><br><img src="a"><input value=${x}></p>`],
    ['void elements with a slash', () => html`<p><br/><input value="${x}" /></p>`],
    ['foreign elements with a slash', () => html`<svg><path d=${x} /></svg>`],
    ['table parts at the root', () => html`<tr><td>${x}</td></tr>`],
    ['a table without tbody', () => html`<table><tr><td>${x}</td></tr></table>`],
    ['a caption with a value', () => html`<table><caption>${x}</caption><tbody>${x}</tbody></table>`],
    ['options', () => html`<select><optgroup label="a"><option value=${x}>${x}</option></optgroup></select>`],
    [
      'a whole document',
      () => html`<!DOCTYPE html><html lang="en"><head><title>${x}</title></head><body>${x}</body></html>`,
    ],
    ['noscript with elements in it', () => html`<div><noscript><img src="a"></noscript></div>`],
    ['a template element', () => html`<template><p>a</p></template>`],
    ['mathematics', () => html`<math><mi>${x}</mi></math>`],
    ['a custom element', () => html`<my-card title=${x}>${x}</my-card>`],
  ])('takes %s', (_, make) => {
    expect(codeOf(make)).toBe('compiles');
  });

  it.each<[string, () => TemplateResult]>([
    ['a paragraph', () => html`<p>a`],
    ['list items', () => html`<ul><li>a<li>b</ul>`],
    ['a self-closing div', () => html`<div/>`],
    ['a drawing', () => html`<svg><path></svg>`],
    ['a block in a paragraph, which closes it', () => html`<p><div></div></p>`],
    ['an anchor in an anchor', () => html`<a>1<a>2</a></a>`],
    ['plaintext', () => html`<plaintext>`],
  ])('refuses an unclosed element: %s', (_, make) => {
    expect(codeOf(make)).toBe('template/unclosed');
  });

  it.each<[string, () => TemplateResult]>([
    ['crossed tags', () => html`<b class=${x}><p>1</b>2</p>`],
    ['crossed formatting', () => html`<b><i>1</b>2</i>`],
    ['text in a table', () => html`<table>a<tbody></tbody></table>`],
    ['an element in a table', () => html`<table><div>a</div></table>`],
    ['a value in a table, where rows would get a tbody around them', () => html`<table>${x}</table>`],
    ['a form in a form', () => html`<form><form></form></form>`],
    ['a dropped tag', () => html`<select><div></div></select>`],
    ['a row outside of a table', () => html`<div><tr></tr></div>`],
    ['a body in a fragment', () => html`<body><p>a</p></body>`],
    ['a break closed', () => html`<p>a</br>b</p>`],
  ])('refuses what a browser moves, drops or adds: %s', (_, make) => {
    expect(codeOf(make)).toMatch(/^template\/(misnested|unclosed)$/);
  });

  it.each<[string, () => TemplateResult]>([
    ['content of a template element', () => html`<template><p>${x}</p></template>`],
    ['an attribute inside a template element', () => html`<template><p class=${x}></p></template>`],
    ['an attribute that is there twice', () => html`<a href="/" href=${x}></a>`],
    ['two values for one attribute', () => html`<a href=${x} href=${x}></a>`],
    ['a CDATA section', () => html`<svg><![CDATA[ > ${x} ]]></svg>`],
    ['a text that spells a placeholder', () => html`<p>&#xe000;0&#xe000;${x}</p>`],
    ['an attribute that spells a placeholder', () => html`<p title="&#xe000;0&#xe000;">${x}</p>`],
  ])('refuses a value that would be lost or doubled: %s', (_, make) => {
    expect(codeOf(make)).toBe('template/hole-position');
  });
});

describe('white space', () => {
  it('with a line break is one space between nodes and nothing at the edges', () => {
    expect(
      renderToString(html`
        <ul>
          <li>a</li>
          <li>b
            c</li>
        </ul>
      `),
    ).toBe('<ul><li>a</li> <li>b c</li></ul>');
  });

  it('without a line break stays', () => {
    expect(renderToString(html`<p> a  <b>b</b> ${x} </p>`)).toBe('<p> a  <b>b</b> x </p>');
  });

  it('around a value stays where it separates words', () => {
    expect(
      renderToString(html`<p>
        Hello ${x},
        ${x}
      </p>`),
    ).toBe('<p>Hello x, x</p>');
  });

  it('between the parts of a table or a select is nothing', () => {
    expect(
      renderToString(html`
        <table>
          <tbody>
            <tr>
              <td>a</td>
              <td>${x}</td>
            </tr>
          </tbody>
        </table>
      `),
    ).toBe('<table><tbody><tr><td>a</td><td>x</td></tr></tbody></table>');
    expect(
      renderToString(html`<select>
        <option>a</option>
        ${x}
      </select>`),
    ).toBe('<select><option>a</option>x</select>');
  });

  it('stays in pre, textarea and code, and in what stands inside of them', () => {
    expect(renderToString(html`<pre>a\n  ${x}\n <b>b\n  c</b></pre>`)).toBe('<pre>a\n  x\n <b>b\n  c</b></pre>');
    expect(renderToString(html`<textarea>a\n  b</textarea>`)).toBe('<textarea>a\n  b</textarea>');
    expect(renderToString(html`<code>a\n  b</code>`)).toBe('<code>a\n  b</code>');
  });

  it('keeps a line break at the start of pre, which a parser would drop', () => {
    expect(renderToString(html`<pre>\n\na</pre>`)).toBe('<pre>\n\na</pre>');
    expect(renderToString(html`<pre>${'\na'}</pre>`)).toBe('<pre>\n\na</pre>');
    expect(renderToString(html`<textarea>${'\na'}</textarea>`)).toBe('<textarea>\n\na</textarea>');
    expect(renderToString(html`<textarea>\n\n${'a'}</textarea>`)).toBe('<textarea>\n\na</textarea>');
  });
});

describe('raw elements', () => {
  it('are written as they are', () => {
    expect(renderToString(html`<style>a > b { content: "&"; }</style><script>if (a < b && c) {}</script>`)).toBe(
      '<style>a > b { content: "&"; }</style><script>if (a < b && c) {}</script>',
    );
  });

  it('are no raw elements inside a drawing', () => {
    expect(renderToString(html`<svg><style>a &lt; b</style></svg>`)).toBe('<svg><style>a &lt; b</style></svg>');
  });
});

it('parses pieces of a drawing in their own name space', () => {
  expect(renderToString(svg`<clipPath id=${x} /><linearGradient></linearGradient>`)).toBe(
    '<clipPath id="x"></clipPath><linearGradient></linearGradient>',
  );
});
