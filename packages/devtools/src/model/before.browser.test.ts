import { OP, type Ops } from '@djust/protocol';
import { expect, it } from 'vitest';
import { beforeOf } from './before.ts';
import { CAPS } from './caps.ts';

const PAGE = `
  <main dj-view="a.b" dj-id="0"><h1 dj-id="1" class="old">Title</h1><p dj-id="2"><b dj-id="3">b</b> behind</p>
  <ul dj-id="4"><li dj-id="5">one</li><li dj-id="6">two</li></ul><div dj-id="7"><!--dj-if id="8"-->in region<!--/dj-if--> tail</div>
  <form><input dj-id="9" name="password" value="hunter2"><input dj-id="a" name="city" value="Rome"></form><i dj-id="b"></i></main>`;

/** What the browser notes of a change is read against the operations that are said to have made it. */
function noted(ops: Ops, change: (find: (id: string) => HTMLElement) => void): ReturnType<typeof beforeOf> {
  const box = new DOMParser().parseFromString(PAGE, 'text/html').body;
  document.body.replaceChildren(...box.childNodes);
  const observer = new MutationObserver(() => {});
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterDataOldValue: true,
    attributeOldValue: true,
  });
  change((id) => document.querySelector(`[dj-id="${id}"]`) as HTMLElement);
  return beforeOf(observer.takeRecords(), ops);
}

it.each<[string, Ops, (find: (id: string) => HTMLElement) => void, Record<string, string>]>([
  [
    'a text',
    [[OP.text, '1', 'New']],
    (find) => Object.assign(find('1').firstChild as Text, { data: 'New' }),
    { 'text 1': 'Title' },
  ],
  [
    'a text written as content',
    [[OP.text, '1', 'New']],
    (find) => Object.assign(find('1'), { textContent: 'New' }),
    { 'text 1': 'Title' },
  ],
  ['a text that was not there', [[OP.text, 'b', 'x']], (find) => find('b').append('x'), { 'text b': '' }],
  ['a text that is gone', [[OP.text, '1', '']], (find) => find('1').firstChild?.remove(), { 'text 1': 'Title' }],
  [
    'a text behind an element',
    [[OP.textAfter, '3', '!']],
    (find) => Object.assign(find('3').nextSibling as Text, { data: '!' }),
    { 'textAfter 3': ' behind' },
  ],
  [
    'a text in a region',
    [[OP.text, '8', '!']],
    (find) => Object.assign(find('7').childNodes[1] as Text, { data: '!' }),
    { 'text 8': 'in region' },
  ],
  [
    'a text behind a region',
    [[OP.textAfter, '8', '!']],
    (find) => Object.assign(find('7').lastChild as Text, { data: '!' }),
    { 'textAfter 8': ' tail' },
  ],
  [
    'attributes',
    [[OP.attr, '1', 'class', 'new', '1', 'id', 'x']],
    (find) => Object.assign(find('1'), { className: 'new', id: 'x' }),
    { 'attr 1 class': 'old', 'attr 1 id': '–' },
  ],
  ['a row that went', [[OP.remove, '5']], (find) => find('5').remove(), { 'remove 5': '<li>one</li>' }],
  [
    'content that was replaced',
    [[OP.html, '4', '<li>three</li>']],
    (find) => find('4').replaceChildren('x'),
    { 'html 4': '<li>one</li><li>two</li>' },
  ],
  [
    'a region that was replaced',
    [[OP.html, '8', 'x']],
    (find) => find('7').childNodes[1]?.remove(),
    { 'html 8': 'in region' },
  ],
])('keeps %s', (_what, ops, change, before) => {
  expect(noted(ops, change)).toEqual(before);
});

it('keeps the first of a place that is written twice, and nothing that no operation names', () => {
  const twice = noted([[OP.text, '1', 'New']], (find) => {
    for (const text of ['a', 'b']) Object.assign(find('1').firstChild as Text, { data: text });
    find('2').title = 'by a script of the page';
  });
  expect(twice).toEqual({ 'text 1': 'Title' });
  expect(noted([[OP.move, '4', '6', '5']], (find) => find('4').prepend(find('6')))).toBeUndefined();
});

it('keeps no secret of a field', () => {
  const ops: Ops = [[OP.attr, '9', 'value', 'x', 'a', 'value', 'y']];
  const before = noted(ops, (find) => {
    find('9').setAttribute('value', 'x');
    find('a').setAttribute('value', 'y');
  });
  expect(before).toEqual({ 'attr 9 value': '[redacted]', 'attr a value': 'Rome' });
});

it('keeps no more than its share of a large page', () => {
  const big = noted([[OP.html, '4', '']], (find) => {
    const rows = Array.from({ length: 2_000 }, () => document.createElement('li'));
    find('4').append(...rows);
    find('4').replaceChildren();
  });
  expect(big?.['html 4']?.length).toBeLessThanOrEqual(CAPS.beforeChars + 1);
  expect(big?.['html 4']?.slice(0, 24)).toBe('<li>one</li><li>two</li>');
});
