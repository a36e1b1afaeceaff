import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { FakeTransport } from '../test/fake-transport.ts';
import { type Client, newClient } from './client.ts';
import { morphContent } from './dom/morph.ts';

/** Traps of the wire that no other suite meets by the way; the others bear the number of theirs in their names. */

let clock: FakeClock;
let transport: FakeTransport;
let client: Client;

function start(html: string): void {
  document.body.innerHTML = html;
  client = newClient({ clock, transport, mergeHtml: morphContent });
  client.start();
}

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
});

afterEach(() => {
  client.stop();
  document.body.replaceChildren();
});

it('W19: without a connection an event waits for one; it is never sent to another instance of the view by HTTP', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const xhr = vi.spyOn(XMLHttpRequest.prototype, 'send');
  start('<div dj-view="a.B"></div>');
  transport.last.mountBase();
  transport.last.lose();
  const outcome = client.push('add', { n: 1 });
  clock.advance(5_000);
  transport.last.mountBase();
  expect(transport.last.of('event').map(({ event, params }) => [event, params])).toEqual([['add', { n: 1 }]]);
  transport.last.receive({ type: 'noop', ref: 1 });
  expect(await outcome).toMatchObject({ status: 'acked' });
  expect([fetched.mock.calls.length, xhr.mock.calls.length]).toEqual([0, 0]);
  vi.restoreAllMocks();
});

it('W29: of several roots the first is mounted, over one socket; answers never reach another', () => {
  start('<div dj-view="a.First"><p>1</p></div><div dj-view="a.Second"><p>2</p></div>');
  transport.last.mountBase('<p dj-id="1">one</p>');
  expect(transport.connections).toHaveLength(1);
  expect(transport.last.of('mount').map(({ view }) => view)).toEqual(['a.First']);
  expect([...document.querySelectorAll('p')].map((one) => one.textContent)).toEqual(['one', '2']);
});

it('W30: a lazy root is not the first', () => {
  start('<div dj-view="a.Lazy" dj-lazy></div><div dj-view="a.Real"></div>');
  transport.last.mountBase();
  expect(transport.last.of('mount').map(({ view }) => view)).toEqual(['a.Real']);
});

it('W40: a script in HTML of the server never runs, however it comes', () => {
  Object.assign(globalThis, { ran: 0 });
  const script = '<script>globalThis.ran++</script>';
  start('<div dj-view="a.B"></div>');
  transport.last.mountBase(`<p>${script}</p>`);
  transport.last.receive({ type: 'html_update', html: `<p>${script}</p><div>${script}</div>`, version: 2 });
  transport.last.receive({ type: 'patch', version: 9, patches: [] });
  transport.last.receive({ type: 'html_recovery', html: `<b>${script}</b>`, version: 9 });
  expect(document.querySelector('b script')).not.toBeNull();
  expect((globalThis as unknown as { ran: number }).ran).toBe(0);
});
