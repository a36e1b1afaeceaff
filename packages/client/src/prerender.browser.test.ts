import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { FakeTransport } from '../test/fake-transport.ts';
import { newClient } from './client.ts';

afterEach(() => {
  Reflect.deleteProperty(document, 'prerendering');
  document.body.replaceChildren();
});

it('a page that is rendered ahead opens no connection until it is shown, and then one', () => {
  document.body.innerHTML = '<div dj-view="a.B"></div>';
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  const transport = new FakeTransport();
  const client = newClient({ clock: new FakeClock(), transport });
  client.start();
  client.start();
  expect(transport.connections).toHaveLength(0);
  Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
  document.dispatchEvent(new Event('prerenderingchange'));
  expect(transport.connections).toHaveLength(1);
  client.stop();
});
