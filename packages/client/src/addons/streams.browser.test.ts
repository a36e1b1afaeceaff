import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { morphContent } from '../dom/morph.ts';
import { streams } from './streams.ts';

let transport: FakeTransport;
let client: Client;

beforeEach(() => {
  transport = new FakeTransport();
  document.body.innerHTML =
    '<div dj-view="a.B"><ul dj-stream="log"><li>1</li></ul><p id="t" dj-stream-mode="prepend">b</p></div>';
  client = newClient({ transport, mergeHtml: morphContent, features: [streams] });
  client.start();
  transport.last.opened();
  transport.last.receive({ type: 'connect', session_id: 's' });
  transport.last.receive({ type: 'mount', session_id: 's', view: 'a.B', version: 1 });
});

afterEach(() => client.stop());

const html = (): string => document.querySelector('[dj-view]')?.innerHTML ?? '';
const send = (...ops: object[]): void => transport.last.receive({ type: 'stream', stream: 'log', ops: ops as never });

it('adds, replaces, prunes and removes', () => {
  send({ op: 'append', html: '<li>2</li><li>3</li>' }, { op: 'prepend', html: '<li>0</li>' });
  expect(document.querySelector('ul')?.textContent).toBe('0123');
  send({ op: 'prune', limit: 2, edge: 'top' });
  expect(document.querySelector('ul')?.textContent).toBe('23');
  send({ op: 'delete', target: 'li:last-child' });
  expect(document.querySelector('ul')?.textContent).toBe('2');
  send({ op: 'replace', html: '<li>x</li>' });
  expect(html()).toContain('<ul dj-stream="log"><li>x</li></ul>');
});

it('W21: writes text where the element says, every piece of it', () => {
  send({ op: 'text', target: '#t', text: 'a' }, { op: 'text', target: '#t', text: 'c', mode: 'append' });
  expect(document.querySelector('#t')?.textContent).toBe('abc');
});

it('goes on after an operation that has no target, or no selector', () => {
  send(
    { op: 'append', target: '#none', html: 'x' },
    { op: 'append', target: '<<', html: 'x' },
    { op: 'append', html: '<li>2</li>' },
  );
  expect(document.querySelector('ul')?.textContent).toBe('12');
  transport.last.receive({ type: 'stream', stream: 'log', ops: null as never });
});

it('writes text as text', () => {
  send({ op: 'text', target: '#t', text: '<b>', mode: 'replace' }, { op: 'error', target: '#t', error: '<i>' });
  expect(document.querySelector('#t')?.querySelector('b, i')).toBeNull();
});
