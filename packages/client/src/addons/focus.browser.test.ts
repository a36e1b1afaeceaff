import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { applyPatches } from '../dom/apply.ts';
import { morphContent } from '../dom/morph.ts';
import { focus } from './focus.ts';

let transport: FakeTransport;
let client: Client;
let version: number;

const row = (name: string, more = ''): string =>
  `<li data-key="${name}"><input type="checkbox" id="tick-${name}"><button id="remove-${name}"${more}>Remove</button></li>`;
const list = (...rows: string[]): string => `<h2>Things</h2><ul>${rows.join('')}</ul><button id="below">Buy</button>`;
const ABC = [row('a'), row('b'), row('c')];

function begin(html: string, features = [focus]): void {
  document.body.innerHTML = `<div dj-view="a.B">${html}</div>`;
  client = newClient({ clock: new FakeClock(), transport, applyPatches, mergeHtml: morphContent, features });
  client.start();
  transport.last.mountBase(html);
  version = 1;
}

beforeEach(() => {
  transport = new FakeTransport();
});
afterEach(() => {
  client.stop();
  document.body.replaceChildren();
});

const update = (html: string): void => transport.last.receive({ type: 'html_update', html, version: ++version });
const focusOn = (id: string): void => document.getElementById(id)?.focus();
const focused = (): string => {
  const { activeElement } = document;
  return activeElement?.id || `${activeElement?.localName}`;
};

it.each([
  ['first', 'a', list(row('b'), row('c')), 'remove-b'],
  ['middle', 'b', list(row('a'), row('c')), 'remove-c'],
  ['last', 'c', list(row('a'), row('b')), 'remove-b'],
  ['middle, and the one behind it', 'b', list(row('a')), 'remove-a'],
  ['middle, and the next cannot have it', 'b', list(row('a'), row('c', ' disabled')), 'remove-a'],
])(
  'the row with the focus goes, the %s: the next one or else the one before has it, at the same place',
  (_, key, html, next) => {
    begin(list(...ABC));
    focusOn(`remove-${key}`);
    update(html);
    expect(focused()).toBe(next);
  },
);

it('the last row goes: the list has the focus as long as it is there, and then is as the server made it', () => {
  begin(list(row('a')));
  focusOn('tick-a');
  update(list());
  expect(focused()).toBe('ul');
  focusOn('below');
  expect(document.querySelector('ul')?.outerHTML).toBe('<ul></ul>');
});

it.each([
  ['a form', '<form><input id="name"></form>'],
  ['a field', '<input id="name">'],
  ['a button', '<button id="name">Once</button>'],
])('%s that is no row goes: nothing beside it is pressed by the next Enter', (_, html) => {
  const others = '<button id="delete">Delete all</button><input type="checkbox" id="agree">';
  begin(`<section>${html}${others}</section>`);
  focusOn('name');
  update(`<section>${others}</section>`);
  expect(focused()).toBe('section');
});

it('buttons that are rows themselves follow each other', () => {
  begin('<p><button data-key="a" id="a">A</button><button data-key="b" id="b">B</button></p>');
  focusOn('a');
  update('<p><button data-key="b" id="b">B</button></p>');
  expect(focused()).toBe('b');
});

it('the focus stays where it is when another row goes, and is not given to anybody when nobody had it', () => {
  begin(list(...ABC));
  focusOn('remove-a');
  update(list(row('a'), row('c')));
  expect(focused()).toBe('remove-a');
  (document.activeElement as HTMLElement).blur();
  update(list(row('c')));
  expect(focused()).toBe('body');
});

const form = (key: number): string =>
  `<form dj-submit="add"><p data-key="n${key}"><input name="title" id="title" value=""></p></form>`;
const field = (): HTMLInputElement => document.querySelector('input') as HTMLInputElement;
const send = (): unknown =>
  document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));

it.each([
  ['went on typing', 'milkeggs', 'eggs'],
  ['began anew', 'eggs', 'eggs'],
  ['only waited', 'milk', ''],
])('a sent field makes place for an empty one, and the user %s: that is in the new one', (_, typed, kept) => {
  begin(form(1));
  const old = field();
  old.focus();
  old.value = 'milk';
  send();
  old.value = typed;
  let heard = '';
  document.addEventListener('input', ({ target }) => {
    heard = (target as HTMLInputElement).value;
  });
  update(form(2));
  expect([field() === old, document.activeElement === field(), field().value, heard]).toEqual([
    false,
    true,
    kept,
    kept,
  ]);
});

it('what was typed and not sent is not moved into another field', () => {
  begin(form(1));
  field().focus();
  field().value = 'milk';
  update(form(2));
  expect(field().value).toBe('');
});

it('what was typed after sending stays out of a field of another name, though that has the focus', () => {
  begin(form(1));
  const old = field();
  old.focus();
  old.value = 'milk';
  send();
  old.value = 'milkeggs';
  update(form(2).replace('name="title"', 'name="code"'));
  expect([field().name, document.activeElement === field(), field().value]).toEqual(['code', true, '']);
});

it('control: without it the focus is lost', () => {
  begin(list(...ABC), []);
  focusOn('remove-b');
  update(list(row('a'), row('c')));
  expect(focused()).toBe('body');
});
