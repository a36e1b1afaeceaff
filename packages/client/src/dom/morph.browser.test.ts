import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page } from '../../test/page.ts';
import { morphContent } from './morph.ts';

describe('merging', () => {
  it('keeps the nodes of keyed rows through any order, also where other lists use the same keys', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'ABCDEF'));
    const list = (keys: string[]): string => {
      const rows = keys.map((key) => `<li dj-key="${key}">${key}</li>`).join('');
      const circles = keys.map((key) => `<circle dj-key="${key}"></circle>`).join('');
      const groups = keys.map((key) => `<div data-key="${key}"><ul>${rows}</ul></div>`).join('');
      return `<ul>${rows}</ul> <b>x</b> ${groups}<svg>${circles}</svg><ol>${rows}</ol>`;
    };
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const { root, query } = page(list(before));
        const old = new Map([...query('ul').children].map((row) => [row.textContent, row]));
        morphContent(root, list(after));
        expect(root.innerHTML).toBe(list(after));
        for (const row of query('ul').children)
          if (before.includes(row.textContent as string)) expect(row).toBe(old.get(row.textContent));
      }),
      { numRuns: 60 },
    );
  });

  it('ends as the new HTML, whatever was there', () => {
    const text = fc.constantFrom('', ' ', '\n  ', 'text', '<!--dj-if id="a"-->', '<!--/dj-if-->', '<!--x-->');
    const { tree } = fc.letrec<{ tree: string; element: string }>((tie) => ({
      tree: fc.array(fc.oneof({ maxDepth: 3 }, text, tie('element')), { maxLength: 4 }).map((parts) => parts.join('')),
      element: fc
        .tuple(
          fc.constantFrom('b', 'i', 'div', 'span'),
          fc.constantFrom('', ' id="u"', ' dj-key="k"', ' class="c"'),
          tie('tree'),
        )
        .map(([tag, attribute, inner]) => `<${tag}${attribute}>${inner}</${tag}>`),
    }));
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const { root } = page(before);
        const next = document.createElement('div');
        next.innerHTML = after;
        morphContent(root, after);
        expect(root.innerHTML).toBe(next.innerHTML);
      }),
      { numRuns: 300 },
    );
  });

  it('matches elements over the white space that a template leaves between them', () => {
    const { root, query } = page('\n  <form></form>\n  <p>a</p>\n');
    const nodes = [query('form'), query('p')];
    morphContent(root, '<form dj-id="1"></form><p dj-id="2">b</p>');
    expect([...root.children]).toEqual(nodes);
    expect(root.innerHTML).toBe('<form dj-id="1"></form><p dj-id="2">b</p>');
  });

  it('marks no option as chosen that the server did not mark', () => {
    const { root, query } = page('<select><option>a</option><option>b</option></select>');
    query<HTMLSelectElement>('select').value = 'b';
    morphContent(root, '<select><option>b</option><option>a</option></select>');
    expect(query('select').innerHTML).toBe('<option>b</option><option>a</option>');
    expect(query<HTMLSelectElement>('select').value).toBe('b');
  });

  it('takes over what the server says about a field, unless the user is in it', () => {
    const { root, query } = page(
      '<input name="a" value="1"><input name="b" value="1" dj-force-value><input type="checkbox">',
    );
    const [a, b, box] = root.querySelectorAll('input') as unknown as HTMLInputElement[];
    query<HTMLInputElement>('[name=a]').focus();
    (a as HTMLInputElement).value = 'typed';
    morphContent(
      root,
      '<input name="a" value="2"><input name="b" value="2" dj-force-value><input type="checkbox" checked>',
    );
    expect([a?.value, b?.value, box?.checked]).toEqual(['typed', '2', true]);
  });
});
