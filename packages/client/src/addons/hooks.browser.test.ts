import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport, type Frame } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { applyPatches } from '../dom/apply.ts';
import { morphContent } from '../dom/morph.ts';
import { hooks } from './hooks.ts';

let clock: FakeClock;
let transport: FakeTransport;
let client: Client;
let calls: unknown[];

interface TestHook {
  el: HTMLElement;
  values: Record<string, unknown>;
  pushEvent(event: string, params: object): Promise<unknown>;
  handleEvent(event: string, run: (payload: unknown) => void): void;
}

let hook: TestHook;

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
  calls = [];
  const note =
    (name: string) =>
    (...args: unknown[]): unknown =>
      calls.push([name, ...args]);
  const page = globalThis as unknown as { djust: object; DjustHooks: object };
  page.djust = {};
  page.DjustHooks = {
    Chart: {
      mounted(this: TestHook) {
        hook = this;
        calls.push(['mounted', this.el.id]);
        this.handleEvent('data', note('data'));
      },
      beforeUpdate: note('beforeUpdate'),
      updated: note('updated'),
      destroyed: note('destroyed'),
      disconnected: note('disconnected'),
      reconnected: note('reconnected'),
    },
  };
  const html =
    '<p dj-id="1" id="a" dj-hook="Chart" dj-hook-value-max-size="5" dj-hook-value-name="x">t</p><b dj-id="2">b</b>';
  document.body.innerHTML = `<div dj-view="a.B">${html}</div>`;
  client = newClient({ clock, transport, applyPatches, features: [hooks] });
  client.start();
  transport.last.mountBase();
});

afterEach(() => client.stop());

const set = (version: number, id: string): Frame => ({
  type: 'patch',
  version,
  patches: [{ type: 'SetAttr', path: [0], d: id, key: 'title', value: `${version}` }],
});

it('loaded beside the handshake, it waits for the HTML of the mount, which is no update', () => {
  client.stop();
  calls = [];
  client = newClient({ clock, transport, applyPatches, mergeHtml: morphContent });
  client.start();
  client.use(hooks);
  expect(calls).toEqual([]);
  transport.last.mountBase('<p dj-id="1" id="a" dj-hook="Chart" title="t">t</p><b dj-id="2">b</b>');
  expect(calls).toEqual([['mounted', 'a']]);
  transport.last.receive(set(2, '2'));
  expect(calls).toEqual([['mounted', 'a'], ['beforeUpdate']]);
});

it('follows the life of its element', () => {
  transport.last.receive(set(2, '1'));
  transport.last.receive({ type: 'patch', version: 3, patches: [{ type: 'RemoveChild', path: [], d: '0', index: 0 }] });
  expect(calls).toEqual([['mounted', 'a'], ['beforeUpdate'], ['updated'], ['beforeUpdate'], ['destroyed']]);
});

it('is not told of updates that leave its element alone, nor of what the page wrote itself', () => {
  hook.el.title = 'written by a script';
  transport.last.receive(set(2, '2'));
  expect(calls.slice(1)).toEqual([['beforeUpdate']]);
});

it('hears what the server pushes, and so does the window', () => {
  const heard = vi.fn();
  addEventListener('djust:push_event', (event) => heard((event as CustomEvent).detail), { once: true });
  transport.last.receive({ type: 'push_event', event: 'data', payload: { n: 1 } });
  expect(calls.at(-1)).toEqual(['data', { n: 1 }]);
  expect(heard).toHaveBeenCalledWith({ event: 'data', payload: { n: 1 } });
});

it('W17: what it pushes while the connection is away is sent afterwards', () => {
  transport.last.lose();
  void hook.pushEvent('save', { n: 1 });
  clock.advance(60_000);
  transport.last.mountBase();
  expect(transport.last.of('event').map(({ event, params }) => [event, params])).toEqual([['save', { n: 1 }]]);
  expect((calls as string[][]).map(([name]) => name as string).filter((name) => name.includes('connected'))).toEqual([
    'disconnected',
    'reconnected',
  ]);
});

it('reads its values as JSON where they are', () => {
  expect([hook.values.maxSize, hook.values.name, hook.values.none]).toEqual([5, 'x', undefined]);
});
