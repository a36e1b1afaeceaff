import { expect, it } from 'vitest';
import { html } from '../view/html.ts';
import { expressionsIn } from './expressions.ts';

const stringsOf = ({ strings }: { strings: TemplateStringsArray }): readonly string[] => strings.raw;

const hole = (name: string): string => `\${${name}}`;

it('finds what stands between the braces of a template', () => {
  const [count, rows, price] = [1, ['a'], 2];
  const view = () => html`<b title="${count} ${rows.length}">${count}</b>
    <ul>${rows.map((row) => html`<li>${row}</li>`)}</ul><i>${price > 1 ? `${price} }` : '}'} \u20ac${
      // a comment with a }
      /* and } another */ { price }.price
    }</i>`;
  const found = expressionsIn(String(view), stringsOf(view()));
  expect(found?.slice(0, 3)).toEqual(['count', 'rows.length', 'count']);
  expect(found?.[3]).toMatch(/^rows\.map\(\(row\) => .*<li>\$\{row\}<\/li>`\)$/);
  expect(found?.[4]).toMatch(/^price > 1 \? `\$\{price\} \}` : ["']\}["']$/);
  expect(found).toHaveLength(6);
  const inner = html`<li>${rows[0]}</li>`;
  expect(expressionsIn(String(view), stringsOf(inner))).toEqual(['row']);
});

it('tells templates apart that begin alike, and knows when there is none', () => {
  const source = `a(html\`<p>${hole('one')}</p>\`); b(html\`<p>${hole('two')}</p><hr>\`); c(html\`<p>$\{"unfinished"`;
  expect(expressionsIn(source, ['<p>', '</p>'])).toEqual(['one']);
  expect(expressionsIn(source, ['<p>', '</p><hr>'])).toEqual(['two']);
  expect(expressionsIn(source, ['<p>', '</p><br>'])).toBeUndefined();
  expect(expressionsIn(source, ['<q>', ''])).toBeUndefined();
  expect(expressionsIn(`html\`\r\n<p>${hole('x')}\r\n</p>\``, ['\n<p>', '\n</p>'])).toEqual(['x']);
});

it('gives up where a source never ends', () => {
  const endless = `html\`<p>\${${'{'.repeat(50_000)}`;
  expect(expressionsIn(endless, ['<p>', '</p>'])).toBeUndefined();
  expect(expressionsIn('html`<p>${`${`${`', ['<p>', '</p>'])).toBeUndefined();
});
