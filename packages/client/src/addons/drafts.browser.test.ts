import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { morphContent } from '../dom/morph.ts';
import { drafts } from './drafts.ts';

const BUILD_MISMATCH = 4409;
const FORM =
  '<form><input id="title" value="old"><textarea name="text"></textarea><input type="checkbox" name="tags" value="x">' +
  '<input type="checkbox" name="tags" value="y" checked><input type="radio" name="size" value="s" checked>' +
  '<input type="radio" name="size" value="l"><select name="colour"><option>red</option><option>blue</option></select></form>' +
  '<ul><li data-key="1"><input name="row" dj-input="rename"></li><li data-key="2"><input name="row" dj-input="rename"></li></ul>';
const PASSWORD = '<input type="password" name="secret" value="">';

let transport: FakeTransport;
let client: Client;
/** Times that the page would have been loaded anew. */
let reloads: number;

/** A page, as loaded; `epoch` names its user. */
function load(html: string, { features = [drafts], epoch = 'ann' } = {}): void {
  client?.stop();
  document.body.innerHTML = `<div dj-view="a.B" data-dj-epoch="${epoch}">${html}</div>`;
  transport = new FakeTransport();
  client = newClient({ clock: new FakeClock(), transport, mergeHtml: morphContent, features });
  // The test's own page stays; what comes last decides.
  client.on('djust:before-reload', (event) => {
    if (!event.defaultPrevented) reloads++;
    event.preventDefault();
  });
  client.start();
  transport.last.mountExt('mounted');
}

const field = <T extends Element = HTMLInputElement>(selector: string): T => document.querySelector<T>(selector) as T;
const enter = (): void => {
  field('#title').value = 'new title';
  field('[name=text]').value = 'long\ntext';
  field('[value=x]').checked = true;
  field('[value=y]').checked = false;
  field('[value=l]').checked = true;
  field('select').value = 'blue';
  field('[data-key="2"] input').value = 'second';
};
const shown = (): unknown[] => [
  ...['#title', '[name=text]', 'select', '[data-key="1"] input', '[data-key="2"] input'].map((s) => field(s).value),
  ...['[value=x]', '[value=y]', '[value=s]', '[value=l]'].map((s) => field(s).checked),
];
const ENTERED = ['new title', 'long\ntext', 'blue', '', 'second', true, false, false, true];
const UNTOUCHED = ['old', '', 'red', '', '', false, true, true, false];

beforeEach(() => {
  reloads = 0;
  sessionStorage.clear();
});
afterEach(() => {
  client.stop();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

it('another build: what was entered is in the page that comes, once, and its view hears of it', async () => {
  const asked = vi.spyOn(globalThis, 'confirm');
  load(FORM);
  enter();
  transport.last.lose(BUILD_MISMATCH);
  expect(reloads).toBe(1);
  expect(asked).not.toHaveBeenCalled();
  load(FORM);
  expect(shown()).toEqual(ENTERED);
  document.querySelector('[data-key="2"] input')?.dispatchEvent(new Event('focusout', { bubbles: true }));
  expect(sessionStorage.length).toBe(0);
  load(FORM);
  expect(shown()).toEqual(UNTOUCHED);
});

it('the view hears of what came back', () => {
  load('<input name="a" dj-change="check">');
  field('[name=a]').value = 'typed';
  transport.last.lose(BUILD_MISMATCH);
  load('<input name="a" dj-change="check">');
  expect(transport.last.of('event').map(({ event, params }) => [event, params])).toEqual([
    ['check', { value: 'typed', field: 'a', _target: 'a' }],
  ]);
});

it('a field that the user has changed meanwhile, or that the site shows otherwise, stays', () => {
  load(FORM);
  enter();
  transport.last.lose(BUILD_MISMATCH);
  // The site has the tick by now, and the row is gone.
  load(FORM.replace('value="x"', 'value="x" checked').replace('<li data-key="2">', '<li data-key="3">'));
  expect(field('[value=x]').checked).toBe(true);
  expect(field('[data-key="3"] input').value).toBe('');
});

it.each([
  ['another person', { epoch: 'bob' }],
  ['nobody', { epoch: '' }],
])('%s finds nothing of it, and nothing is left', (_, who) => {
  load(FORM);
  enter();
  transport.last.lose(BUILD_MISMATCH);
  load(FORM, who);
  expect(shown()).toEqual(UNTOUCHED);
  expect(sessionStorage.length).toBe(0);
});

it('another page does not get it', () => {
  load(FORM);
  enter();
  transport.last.lose(BUILD_MISMATCH);
  const { href } = location;
  history.replaceState(null, '', '?other');
  load(FORM);
  history.replaceState(null, '', href);
  expect(shown()).toEqual(UNTOUCHED);
});

it.each([
  ['a password', PASSWORD, '[name=secret]'],
  ['what the author marks', '<div data-no-store><input name="note"></div>', '[name=note]'],
  ['one of two fields that look the same', '<input name="twin"><input name="twin">', '[name=twin]'],
  ['a field without a name', '<input>', 'input:not([id],[name])'],
])('%s cannot be kept: the user is asked, and the page stays when he says so', (_, html, selector) => {
  const answers = [false, true];
  vi.spyOn(globalThis, 'confirm').mockImplementation(() => answers.shift() as boolean);
  for (const expected of [0, 1]) {
    load(`${html}<textarea name="text"></textarea>`);
    field(selector).value = 'secret';
    field('textarea').value = 'public';
    transport.last.lose(BUILD_MISMATCH);
    expect(reloads).toBe(expected);
    expect(JSON.stringify(sessionStorage)).not.toContain('secret');
  }
  load(`${html}<textarea name="text"></textarea>`);
  expect([field(selector).value, field('textarea').value]).toEqual(['', 'public']);
});

it.each(['no json', '{"a":1}', '["x"]', `[${JSON.stringify(`${location.href}ann`)},"][","v"]`])(
  'storage that holds %s changes nothing',
  (text) => {
    sessionStorage['djust-drafts'] = text;
    load(FORM);
    expect(shown()).toEqual(UNTOUCHED);
    expect(client.phase).toBe('live');
  },
);

it('control: without it what was entered is gone', () => {
  load(FORM, { features: [] });
  enter();
  transport.last.lose(BUILD_MISMATCH);
  expect(reloads).toBe(1);
  load(FORM, { features: [] });
  expect(shown()).toEqual(UNTOUCHED);
});
