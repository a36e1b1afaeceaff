import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { morphContent } from '../dom/morph.ts';
import { recovery } from './recovery.ts';

const HTML =
  '<input name="a" value="s" dj-change="check"><input name="b" value="s" dj-change="check">' +
  '<input name="c" dj-change="check" dj-no-recover><input type="checkbox" name="d" dj-change="check">' +
  '<select name="e" dj-change="check"><option>x</option><option>y</option></select>' +
  '<div dj-auto-recover="restore" data-id="7"><input name="f" dj-change="check"><input type="checkbox" name="g"></div>';

let client: Client;
afterEach(() => client.stop());

it('tells the view again what the fields show after it was mounted anew, and only what differs', () => {
  const [clock, transport] = [new FakeClock(), new FakeTransport()];
  document.body.innerHTML = `<div dj-view="a.B">${HTML}</div>`;
  client = newClient({ clock, transport, mergeHtml: morphContent, features: [recovery] });
  client.start();
  transport.last.mountBase(HTML);
  expect(transport.last.of('event')).toEqual([]);
  for (const [name, value] of [
    ['a', 'typed'],
    ['c', 'secret'],
    ['f', 'inside'],
  ])
    (document.querySelector(`[name=${name}]`) as HTMLInputElement).value = value as string;
  (document.querySelector('[name=d]') as HTMLInputElement).checked = true;
  (document.querySelector('[name=e]') as HTMLSelectElement).value = 'y';
  transport.last.lose();
  clock.advance(60_000);
  transport.last.mountBase(HTML);
  expect(transport.last.of('event').map(({ event, params }) => [event, params])).toEqual([
    ['check', { value: 'typed', field: 'a', _target: 'a' }],
    ['check', { value: true, field: 'd', _target: 'd' }],
    ['check', { value: 'y', field: 'e', _target: 'e' }],
    ['restore', { _form_values: { f: 'inside' }, _data_attrs: { id: '7' } }],
  ]);
});
