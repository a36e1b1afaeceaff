import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { applyPatches } from '../dom/apply.ts';
import { optimistic } from './optimistic.ts';

let clock: FakeClock;
let transport: FakeTransport;
let client: Client;
let root: HTMLElement;

const HTML = `<ul dj-id="1"><li dj-id="2">one</li></ul>
  <button dj-id="3" dj-click="add" dj-optimistic="add">Add</button>
  <button dj-id="4" dj-click="toggle" dj-optimistic="toggle" class="off">off</button>
  <button dj-id="5" dj-click="gone" dj-optimistic="gone">Remove me</button>`;

const element = (id: number): HTMLElement => root.querySelector(`[dj-id="${id}"]`) as HTMLElement;
const shown = (): string[] => [...root.querySelectorAll('li')].map(({ textContent }) => textContent);
const names: string[] = [];

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
  names.length = 0;
  Object.assign(globalThis, {
    djust: {
      optimistic: {
        add: () => {
          const row = document.createElement('li');
          row.id = crypto.randomUUID();
          row.textContent = 'guess';
          names.push(row.id);
          element(1).append(row);
        },
        toggle: (button: HTMLElement) => {
          button.className = 'on';
          button.setAttribute('aria-pressed', 'true');
          (button.firstChild as Text).data = 'on';
        },
        gone: (button: HTMLElement) => button.remove(),
      },
    },
  });
  document.body.innerHTML = `<div dj-view="a.B">${HTML}</div>`;
  root = document.body.firstElementChild as HTMLElement;
  client = newClient({ clock, transport, applyPatches, features: [optimistic] });
  client.start();
  transport.last.mountBase();
});

afterEach(() => client.stop());

const answered = (): Promise<void> => client.settled();

/** The server answers the first event with one more row. */
function answerWith(text: string): Promise<void> {
  const node = { tag: 'li', attrs: { 'dj-id': '9' }, children: [{ tag: '#text', text }] };
  const patches = [{ type: 'InsertChild', path: [0], d: '1', index: 1, node }];
  transport.last.receive({ type: 'patch', version: 2, ref: 1, patches });
  return answered();
}

it('an event is shown at once, and what the server answers takes its place', async () => {
  element(3).click();
  expect(shown()).toEqual(['one', 'guess']);
  await answerWith('two');
  expect(shown()).toEqual(['one', 'two']);
});

it('two in the same moment are two, and the first answer leaves the second', async () => {
  element(3).click();
  element(3).click();
  expect(shown()).toEqual(['one', 'guess', 'guess']);
  expect(new Set(names).size).toBe(2);
  transport.last.receive({ type: 'noop', ref: 1 });
  await vi.waitFor(() => expect(shown()).toEqual(['one', 'guess']));
});

it('an error brings back exactly what was there, the same nodes, and the focus', async () => {
  const before = root.outerHTML;
  const [toggle, gone] = [element(4), element(5)];
  gone.focus();
  toggle.click();
  gone.click();
  expect(toggle.textContent).toBe('on');
  expect(gone.isConnected).toBe(false);
  transport.last.receive({ type: 'error', error: 'no', ref: 2 });
  await vi.waitFor(() => expect(gone.isConnected).toBe(true));
  expect(document.activeElement).toBe(gone);
  expect(toggle.className).toBe('on');
  transport.last.receive({ type: 'error', error: 'no', ref: 1 });
  await answered();
  expect(root.outerHTML).toBe(before);
  expect([element(4), element(5)]).toEqual([toggle, gone]);
});

it('is taken back after ten seconds, and a late answer does not make it twice', async () => {
  element(3).click();
  clock.advance(9_999);
  expect(shown()).toEqual(['one', 'guess']);
  clock.advance(1);
  expect(shown()).toEqual(['one']);
  await answerWith('late');
  expect(shown()).toEqual(['one', 'late']);
});

it('does not stand in the way of a patch for another reason', async () => {
  element(3).click();
  transport.last.receive({
    type: 'patch',
    version: 2,
    source: 'broadcast',
    patches: [{ type: 'SetText', path: [0, 0, 0], text: 'first' }],
  });
  expect(shown()).toEqual(['first', 'guess']);
});

it('a mistake of the page is reported, and nothing of it stays', async () => {
  const before = root.innerHTML;
  const reported = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
  Object.assign(globalThis, {
    djust: {
      optimistic: {
        add: () => {
          element(1).replaceChildren();
          throw new Error('half done');
        },
      },
    },
  });
  element(3).click();
  expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'half done' }));
  transport.last.receive({ type: 'noop', ref: 1 });
  await answered();
  expect(root.innerHTML).toBe(before);
  reported.mockRestore();
});
