import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { FakeTransport } from '../test/fake-transport.ts';
import { type Client, newClient } from './client.ts';
import { applyPatches } from './dom/apply.ts';
import { morphContent } from './dom/morph.ts';
import { RowBuilder } from './dom/rows.ts';
import { baseParams } from './features/base-params.ts';
import { loading } from './features/loading.ts';
import { model } from './features/model.ts';
import { notices } from './features/notices.ts';

let clock: FakeClock;
let transport: FakeTransport;
let client: Client;

/** A client on a page with this content, on its way to a plain djust 1.x server that answers when the test does. */
function begin(html: string): void {
  document.body.innerHTML = `<div dj-view="a.B">${html}</div>`;
  client = newClient({
    clock,
    transport,
    applyPatches,
    mergeHtml: morphContent,
    rows: () => new RowBuilder(),
    features: [baseParams, loading, model, notices],
  });
  client.start();
}

/** The same, mounted. */
function live(html: string): void {
  begin(html);
  transport.last.mountBase(html);
}

const query = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
const events = (): unknown[] => transport.last.of('event').map(({ event, params }) => [event, params]);
const type = (field: HTMLInputElement | HTMLTextAreaElement, value: string): void => {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
});

afterEach(() => {
  client.stop();
  document.body.replaceChildren();
});

describe('directives', () => {
  it.each([
    ['click', '<button dj-click="go" data-id:int="5" data-some-name="x">b</button>', ['go', { id: 5, some_name: 'x' }]],
    ['click', '<button dj-click="go(1, \'two\')"><i>b</i></button>', ['go', { _args: [1, 'two'] }]],
    [
      'click',
      '<button dj-click="go" data-n:float="1.5" data-b:bool="yes" data-l:list="a, b,," data-j:json="[1]">b</button>',
      ['go', { n: 1.5, b: true, l: ['a', 'b'], j: [1] }],
    ],
    [
      'click',
      '<button dj-click="go" data-a="1" dj-params=\'{"a":2,"b":3}\' dj-value-a="4">b</button>',
      ['go', { a: '4', b: 3 }],
    ],
    [
      'click',
      '<button dj-click="go" data-n:int="x" data-e:int="" data-constructor="x">b</button>',
      ['go', { n: null, e: 0 }],
    ],
    [
      'click',
      '<p data-component-id="c" data-djust-embedded="v"><b dj-click="go">b</b></p>',
      ['go', { component_id: 'c', view_id: 'v' }],
    ],
    [
      'change',
      '<input dj-change="set" name="a" value="v" dj-value-row:int="3">',
      ['set', { value: 'v', field: 'a', row: 3, _target: 'a' }],
    ],
    [
      'change',
      '<input type="checkbox" checked dj-change="set" id="id_ok">',
      ['set', { value: true, field: 'ok', _target: 'id_ok' }],
    ],
    [
      'change',
      '<select dj-change="set" data-field="s"><option>x<option selected>y</select>',
      ['set', { value: 'y', field: 's', _target: null }],
    ],
    ['input', '<input type="checkbox" dj-input="set" name="a">', ['set', { value: 'on', field: 'a', _target: 'a' }]],
    ['focusin', '<input dj-focus="in" name="a" value="v">', ['in', { value: 'v', field: 'a' }]],
    ['focusout', '<input dj-blur="out(2)" name="a" value="v">', ['out', { value: 'v', field: 'a', _args: [2] }]],
  ])('%s on %s', (name, html, expected) => {
    live(html);
    const target = query('i, b, button, input, select');
    target.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    expect(events()).toEqual([expected]);
  });

  it('keys: a suffix filters, parameters name key and field', () => {
    live('<input dj-keydown="save.enter" name="a" value="v">');
    const press = (key: string): boolean =>
      query('input').dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key}`, bubbles: true }));
    press('x');
    press('Enter');
    expect(events()).toEqual([['save', { key: 'Enter', code: 'KeyEnter', value: 'v', field: 'a' }]]);
  });

  it('W25: submit sends the fields, names the button, keeps the page, and does not overtake the last keystroke', () => {
    live(
      '<form dj-submit="save"><input name="a" dj-input="typed"><input name="b" value="1"><input name="b" value="2"><button name="go">x</button></form>',
    );
    type(query<HTMLInputElement>('[name=a]'), 'last');
    expect(events()).toEqual([]);
    query('button').click();
    expect(events()).toEqual([
      ['typed', { value: 'last', field: 'a', _target: 'a' }],
      ['save', { a: 'last', b: '2', go: '', _target: 'go' }],
    ]);
  });

  it('serves elements that a patch brings, with the listeners it has', () => {
    live('<ul dj-id="u"></ul>');
    const listen = vi.spyOn(query('[dj-view]'), 'addEventListener');
    const node = { tag: 'li', attrs: { 'dj-id': '1', 'dj-click': 'go' }, children: [] };
    transport.last.receive({
      type: 'patch',
      version: 2,
      patches: [{ type: 'InsertChild', path: [0], d: 'u', index: 0, node }],
    });
    query('li').click();
    expect(events()).toEqual([['go', {}]]);
    expect(listen).not.toHaveBeenCalled();
  });

  it('a handler that is none is reported and sends nothing', () => {
    const faults: string[] = [];
    live('<button dj-click="not a name">b</button>');
    client.on('djust:error', ({ detail }) => faults.push(detail.code));
    query('button').click();
    expect(events()).toEqual([]);
    expect(faults).toEqual(['client/bad-handler']);
  });
});

describe('rate', () => {
  it('typing is sent after a pause, with the last value', () => {
    live('<input dj-input="typed" name="a">');
    for (const value of ['a', 'ab', 'abc']) type(query<HTMLInputElement>('input'), value);
    clock.advance(299);
    expect(events()).toEqual([]);
    clock.advance(1);
    expect(events()).toEqual([['typed', { value: 'abc', field: 'a', _target: 'a' }]]);
  });

  it('W23: a throttle sends the first value and the last, and reads its attribute anew', () => {
    live('<input dj-input="typed" name="a" dj-throttle="100">');
    const values = (): unknown[] => transport.last.of('event').map(({ params }) => (params as { value: string }).value);
    for (const value of ['1', '2', '3']) type(query<HTMLInputElement>('input'), value);
    expect(values()).toEqual(['1']);
    clock.advance(100);
    expect(values()).toEqual(['1', '3']);
    clock.advance(100);
    query('input').removeAttribute('dj-throttle');
    query('input').setAttribute('dj-debounce', '0');
    type(query<HTMLInputElement>('input'), '4');
    expect(values()).toEqual(['1', '3', '4']);
  });

  it('dj-debounce="blur" waits until the field is left', () => {
    live('<input dj-input="typed" name="a" dj-debounce="blur">');
    type(query<HTMLInputElement>('input'), 'x');
    clock.advance(10_000);
    expect(events()).toEqual([]);
    query('input').dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    expect(events()).toHaveLength(1);
  });
});

describe('W16', () => {
  const html =
    '<button dj-click="go" dj-lock>go</button><button dj-click="go" dj-disable-with="wait" id="w">save</button>';
  it.each([
    ['patch', { type: 'patch', version: 2, patches: [] }],
    ['noop', { type: 'noop' }],
    ['error', { type: 'error', error: 'No.' }],
    ['embedded_update', { type: 'embedded_update', view_id: 'v', html: '' }],
  ])('a lock is released by %s', async (_, answer) => {
    live(html);
    for (const [at, button] of [...document.querySelectorAll('button')].entries()) {
      button.click();
      expect(button.disabled).toBe(true);
      button.disabled = false;
      button.click();
      expect(transport.last.of('event')).toHaveLength(at + 1);
      button.disabled = true;
      const ref = at + 1;
      transport.last.receive({ ...answer, ref, ...(answer.type === 'patch' ? { version: 2 + at } : {}) });
      await client.settled();
      expect(button.disabled).toBe(false);
    }
    expect(query('#w').textContent).toBe('save');
  });

  it('a lock is released when the session is lost', async () => {
    live(html);
    query<HTMLButtonElement>('button').click();
    transport.last.lose();
    clock.advance(60_000);
    transport.last.mountBase(html);
    await client.settled();
    expect(query<HTMLButtonElement>('button').disabled).toBe(false);
  });

  it('W13: an embedded update ends its event, and rate limits leave no event open for good', async () => {
    live('<button dj-click="go">go</button>');
    query('button').click();
    transport.last.receive({ type: 'embedded_update', view_id: 'v', html: '', ref: 1 });
    await client.settled();
    expect(client.openEvents).toBe(0);
  });
});

describe('W41', () => {
  it('a field with dj-model that a patch brings is bound', () => {
    live('<p dj-id="p"></p>');
    const node = { tag: 'input', attrs: { 'dj-id': '1', 'dj-model': 'name' }, children: [] };
    transport.last.receive({
      type: 'patch',
      version: 2,
      patches: [{ type: 'InsertChild', path: [0], d: 'p', index: 0, node }],
    });
    type(query<HTMLInputElement>('input'), 'x');
    expect(events()).toEqual([['update_model', { field: 'name', value: 'x' }]]);
  });

  it.each([
    ['<input type="checkbox" dj-model="a">', { field: 'a', value: true }],
    ['<input type="radio" value="r" dj-model="a">', { field: 'a', value: 'r' }],
  ])('%s tells once', (html, params) => {
    live(html);
    query('input').click();
    expect(events()).toEqual([['update_model', params]]);
  });

  it('lazy, debounced, and several selected options', () => {
    live(
      '<input id="l" dj-model.lazy="a"><input id="d" dj-model.debounce-200="b"><select multiple dj-model="c"><option>x<option>y</select>',
    );
    type(query<HTMLInputElement>('#l'), 'x');
    expect(events()).toEqual([]);
    query('#l').dispatchEvent(new Event('change', { bubbles: true }));
    type(query<HTMLInputElement>('#d'), 'y');
    clock.advance(200);
    for (const option of document.querySelectorAll('option')) option.selected = true;
    query('select').dispatchEvent(new Event('change', { bubbles: true }));
    expect(events()).toEqual([
      ['update_model', { field: 'a', value: 'x' }],
      ['update_model', { field: 'b', value: 'y' }],
      ['update_model', { field: 'c', value: ['x', 'y'] }],
    ]);
  });
});

describe('settled', () => {
  it('waits for the mount, for pauses and for answers', async () => {
    document.body.innerHTML = '<div dj-view="a.B"><input dj-input="typed" name="a"></div>';
    client = newClient({ clock, transport });
    let isSettled = false;
    const watch = (): void => void client.settled().then(() => (isSettled = true));
    const check = async (): Promise<boolean> => {
      for (let i = 0; i < 5; i++) await Promise.resolve();
      return isSettled;
    };
    watch();
    expect(await check()).toBe(false);
    client.start();
    expect(await check()).toBe(false);
    transport.last.mountBase();
    expect(await check()).toBe(true);
    isSettled = false;
    type(query<HTMLInputElement>('input'), 'x');
    watch();
    expect(await check()).toBe(false);
    clock.advance(300);
    expect(await check()).toBe(false);
    transport.last.receive({ type: 'noop', ref: 1 });
    expect(await check()).toBe(true);
  });

  it('is at once where there is no view', async () => {
    client = newClient({ clock, transport });
    client.start();
    await client.settled();
    expect(transport.connections).toHaveLength(0);
  });
});

describe('the page', () => {
  it('is merged with the HTML of a mount: typed text, ticks and open details stay', () => {
    document.body.innerHTML =
      '<div dj-view="a.B"><input name="a" value="s"><input type="checkbox"><details><summary>x</summary></details><textarea>d</textarea><select><option>x<option>y</select><p>old</p></div>';
    client = newClient({ clock, transport, mergeHtml: morphContent });
    const [input, box] = document.querySelectorAll('input') as unknown as [HTMLInputElement, HTMLInputElement];
    input.value = 'typed';
    box.checked = true;
    query<HTMLDetailsElement>('details').open = true;
    query<HTMLTextAreaElement>('textarea').value = 'typed too';
    query<HTMLSelectElement>('select').value = 'y';
    client.start();
    transport.last.mountBase(
      '<input dj-id="1" name="a" value="s"><input dj-id="2" type="checkbox"><details dj-id="3"><summary>x</summary></details><textarea dj-id="5">d</textarea><select dj-id="7"><option>x<option>y<option>z</select><p dj-id="6">new</p>',
    );
    expect([input.value, box.checked, query<HTMLDetailsElement>('details').open]).toEqual(['typed', true, true]);
    expect(query<HTMLTextAreaElement>('textarea').value).toBe('typed too');
    expect(query<HTMLSelectElement>('select').value).toBe('y');
    expect(input.isConnected && input.getAttribute('dj-id')).toBe('1');
    expect(query('p').textContent).toBe('new');
  });

  it('that is let go has its ids, whoever takes it over', () => {
    live('<ul dj-id="1"></ul>');
    const ops = [
      [9, 0, ['<li', 0, '>', null, '</li>']],
      [4, '1', [0, 10, 'x']],
    ];
    transport.last.receive({ type: 'patch', version: 2, ops });
    client.stop();
    expect(query('ul').innerHTML).toBe('<li dj-id="a">x</li>');
  });

  it('W34: no reload when the server cannot recover right after a mount, and only one when it says so', () => {
    const reasons: string[] = [];
    live('<p dj-id="p">x</p>');
    client.on('djust:before-reload', (event) => {
      event.preventDefault();
      reasons.push(event.detail.reason);
    });
    transport.last.receive({ type: 'patch', version: 5, patches: [] });
    transport.last.receive(
      { type: 'error', error: 'x', recoverable: false },
      { type: 'error', error: 'x', recoverable: false },
    );
    expect(reasons).toEqual(['unrecoverable']);
  });

  it('the first connection is no lost one, until it takes too long or fails', () => {
    const { documentElement, body } = document;
    begin('<p></p>');
    expect(documentElement.dataset.djNet).toBe('connecting');
    expect(body.className).not.toContain('dj-disconnected');
    clock.advance(1_000);
    expect(query('#dj-connection').hidden).toBe(false);
    transport.last.lose();
    expect(documentElement.dataset.djNet).toBe('reconnecting');
    expect(body.className).toContain('dj-disconnected');
    clock.advance(60_000);
    transport.last.mountBase('<p></p>');
    clock.advance(60_000);
    expect(query('#dj-connection').hidden).toBe(true);
    expect(documentElement.dataset.djNet).toBe('online');
  });

  it('says that it is not connected, but not at once, and takes it back', () => {
    live('<p></p>');
    transport.last.lose();
    expect(document.documentElement.dataset.djNet).toBe('reconnecting');
    expect(query('#dj-connection')).toBeNull();
    clock.advance(1_000);
    expect(query('#dj-connection').hidden).toBe(false);
    clock.advance(60_000);
    transport.last.mountBase('<p></p>');
    expect(query('#dj-connection').hidden).toBe(true);
    expect(document.documentElement.dataset.djNet).toBe('online');
  });

  it('shows what failed, unless the page has something better to show', async () => {
    live('<p></p>');
    transport.last.receive({ type: 'error', error: 'Plain <b>text</b>' });
    await Promise.resolve();
    expect(query('.dj-notice-error').textContent).toContain('Plain <b>text</b>');
    client.on('djust:error', (event) => event.preventDefault());
    transport.last.receive({ type: 'error', error: 'second' });
    await Promise.resolve();
    expect(document.querySelectorAll('.dj-notice')).toHaveLength(1);
  });
});
