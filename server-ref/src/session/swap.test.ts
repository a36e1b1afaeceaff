import { expect, it } from 'vitest';
import { rig } from '../../test/rig.ts';
import { defineView } from '../view/define-view.ts';
import { html } from '../view/html.ts';

const view = (name: string) =>
  defineView({
    name: `test.${name}`,
    state: { count: 0 },
    events: { add: ({ count }) => ({ count: count + 1 }) },
    render: ({ count }) => html`<p>${name} ${count}</p>`,
  });

const first = view('first');
const second = view('second');

it('a page that takes the place of another one is adopted over the same connection', async () => {
  const { get, connect } = rig({ '/first': first, '/second': second });
  const one = await get('/first');
  const client = await connect();
  await client.mount({ view: 'test.first', url: '/first', ext: { session: one.session, version: 1 } });
  const two = await get('/second');
  const [reply] = await client.send({
    type: 'live_redirect_mount',
    view: 'test.second',
    url: '/second',
    params: {},
    ext: {
      v: 1,
      features: ['ack', 'resume', 'adopt', 'ops'],
      client_id: 'client-1',
      session: two.session,
      version: 1,
      ref: 0,
      acked: 0,
    },
  });
  expect(reply).toMatchObject({
    type: 'mount',
    view: 'test.second',
    ext: { outcome: 'adopted', session: two.session },
  });
  expect(reply).not.toHaveProperty('html');
});

it('W49: another page is known by its path, whatever the client calls its view', async () => {
  const { connect } = rig({ '/first': first, '/second': second });
  const client = await connect();
  await client.mount({ view: 'test.first', url: '/first' });
  const [reply] = await client.send({ type: 'live_redirect_mount', view: 'test.first', url: '/second', params: {} });
  expect(reply).toMatchObject({ type: 'mount', view: 'test.second' });
});
