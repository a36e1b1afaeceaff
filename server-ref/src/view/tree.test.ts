import { DjustError, type Fault } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { html, repeat, type TemplateResult, unsafeHtml } from './html.ts';
import { renderToString } from './static.ts';
import { Renderer } from './tree.ts';

function rendered(result: TemplateResult): { markup: string; faults: Fault[] } {
  const faults: Fault[] = [];
  const { html: markup } = new Renderer({ warn: (fault) => faults.push(fault) }).root(result);
  return { markup, faults };
}

const markup = (result: TemplateResult): string => rendered(result).markup;

function codeOf(result: TemplateResult): string {
  try {
    renderToString(result);
  } catch (error) {
    return error instanceof DjustError ? `${error.code} ${error.at}` : String(error);
  }
  return 'renders';
}

describe('content', () => {
  it('reads strings, numbers and big numbers as text', () => {
    expect(markup(html`<p>${'a'}${1}${2n}${0}${-0}</p>`)).toBe('<p dj-id="1">a1200</p>');
  });

  it('reads nothing, true and false as nothing', () => {
    expect(markup(html`<p>${null}${undefined}${true}${false}${''}</p>`)).toBe('<p dj-id="1"></p>');
  });

  it('shares one text node with its neighbours while it is text', () => {
    expect(markup(html`<p>a ${1}${'b'} c</p>`)).toBe('<p dj-id="1">a 1b c</p>');
  });

  it('gets a boundary when it is more than text, so that it is found again', () => {
    expect(markup(html`<p>a ${html`<b>b</b>`} c</p>`)).toBe(
      '<p dj-id="1">a <!--dj-if id="2"--><b dj-id="3">b</b><!--/dj-if--> c</p>',
    );
  });

  it('needs no boundary when it is all that its parent holds', () => {
    expect(markup(html`<p>${html`<b>b</b>`}</p>`)).toBe('<p dj-id="1"><b dj-id="2">b</b></p>');
    expect(markup(html`${html`<b>b</b>`}`)).toBe('<b dj-id="1">b</b>');
  });

  it('takes markup that the author vouches for', () => {
    expect(markup(html`<p>${unsafeHtml('<b>&amp;</b>')}</p>`)).toBe('<p dj-id="1"><b>&amp;</b></p>');
  });

  it.each<[string, unknown, string]>([
    ['an object', { a: 1 }, 'Object'],
    ['an object without a prototype', Object.create(null), 'object'],
    ['a date', new Date(0), 'Date'],
    ['a promise', Promise.resolve(1), 'Promise'],
    ['a function', () => 1, 'function'],
    ['a symbol', Symbol('a'), 'symbol'],
    ['a map', new Map(), 'Map'],
  ])('refuses %s', (_, value, name) => {
    expect(codeOf(html`<p>${value}</p>`)).toBe(`template/bad-value ${name}`);
    expect(codeOf(html`<p class="a ${value}"></p>`)).toBe(`template/bad-value ${name}`);
  });

  it('refuses what only looks like a template or like trusted markup', () => {
    const fromJson = JSON.parse('{"strings":["<b>"],"values":[],"isSvg":false,"html":"<script>"}') as object;
    expect(codeOf(html`<p>${fromJson}</p>`)).toBe('template/bad-value Object');
  });

  it('refuses more than text in a textarea and in a title', () => {
    expect(codeOf(html`<textarea>${html`<b></b>`}</textarea>`)).toBe('template/bad-value TemplateResult');
    expect(codeOf(html`<title>${[1]}</title>`)).toBe('template/bad-value Array');
    expect(codeOf(html`<title>${unsafeHtml('a')}</title>`)).toBe('template/bad-value RawHtml');
  });
});

describe('lists', () => {
  it('put rows with one root element side by side', () => {
    const row = (text: string): TemplateResult => html`<li>${text}</li>`;
    expect(markup(html`<ul>${['a', 'b'].map(row)}</ul>`)).toBe(
      '<ul dj-id="1"><li dj-id="2">a</li><li dj-id="3">b</li></ul>',
    );
  });

  it('give every other row a boundary', () => {
    const rows = ['a', html`<i></i><i></i>`, null, ['b']];
    expect(markup(html`<ul>${rows}</ul>`)).toBe(
      [
        '<ul dj-id="1"><!--dj-if id="2"-->a<!--/dj-if-->',
        '<!--dj-if id="3"--><i></i><i></i><!--/dj-if-->',
        '<!--dj-if id="4"--><!--/dj-if-->',
        '<!--dj-if id="5"--><!--dj-if id="6"-->b<!--/dj-if--><!--/dj-if--></ul>',
      ].join(''),
    );
  });

  it('warn of a key that is there twice, and show both rows', () => {
    const list = repeat(
      ['x', 'x', 'x'],
      (item) => item,
      (item) => html`<li>${item}</li>`,
    );
    const { markup, faults } = rendered(html`<ul>${list}</ul>`);
    expect(markup.match(/<li/g)).toHaveLength(3);
    expect(faults).toMatchObject([
      { code: 'template/duplicate-key', at: 'x' },
      { code: 'template/duplicate-key', at: 'x' },
    ]);
  });
});

describe('attributes', () => {
  const attribute = (value: unknown): string => renderToString(html`<p title=${value}></p>`);

  it('are switched by true and false, and left out for nothing', () => {
    expect(attribute(true)).toBe('<p title=""></p>');
    expect(attribute(false)).toBe('<p></p>');
    expect(attribute(null)).toBe('<p></p>');
    expect(attribute(undefined)).toBe('<p></p>');
  });

  it('hold text and numbers, empty ones too', () => {
    expect(attribute('')).toBe('<p title=""></p>');
    expect(attribute(0)).toBe('<p title="0"></p>');
  });

  it('for which false is a value say so', () => {
    expect(
      renderToString(html`<p aria-hidden=${false} data-on=${true} draggable=${false} spellcheck=${false}></p>`),
    ).toBe('<p aria-hidden="false" data-on="true" draggable="false" spellcheck="false"></p>');
  });

  it('made of several parts read nothing and switches as nothing', () => {
    expect(renderToString(html`<p class="a ${null} ${false} ${true} ${1}"></p>`)).toBe('<p class="a    1"></p>');
  });
});

describe('a static render', () => {
  it('has neither ids nor boundaries', () => {
    const list = repeat(
      [1, 2],
      (item) => item,
      (item) => html`<li>${item}</li> `,
    );
    expect(renderToString(html`<div class=${'a'}>x ${html`<b>${1}</b>`}<ul>${list}</ul></div>`)).toBe(
      '<div class="a">x <b>1</b><ul><li>1</li> <li>2</li> </ul></div>',
    );
  });

  it('keeps a doctype', () => {
    expect(renderToString(html`<!doctype html><html><head></head><body>${'a'}</body></html>`)).toBe(
      '<!DOCTYPE html><html><head></head><body>a</body></html>',
    );
  });
});

it('counts ids up, over renders too', () => {
  const renderer = new Renderer();
  expect(renderer.root(html`<p>${1}</p>`).html).toBe('<p dj-id="1">1</p>');
  expect(renderer.root(html`<p>${1}</p>`).html).toBe('<p dj-id="2">1</p>');
});
