import { describe, expect, it } from 'vitest';
import { rig, type TestClient } from '../../test/rig.ts';
import { connected, type Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { html } from '../view/html.ts';

describe('a client without extensions', () => {
  async function stock(spec: Spec = {}): Promise<TestClient> {
    const { client } = await connected(spec);
    expect(await client.mount({ ext: null })).toEqual([
      {
        type: 'mount',
        session_id: expect.any(String),
        view: 'test.view',
        version: 1,
        html: expect.any(String),
        has_ids: true,
      },
    ]);
    return client;
  }

  it('gets patches, with its ref echoed', async () => {
    const client = await stock();
    expect(await client.event('add', {}, 7)).toEqual([
      {
        type: 'patch',
        version: 2,
        source: 'event',
        ref: 7,
        patches: [
          { type: 'SetAttr', d: '1', path: [0], key: 'class', value: 'n-1' },
          { type: 'SetText', path: [0, 0], text: 'Count: 1' },
        ],
      },
    ]);
  });

  it('gets the whole page when the last render failed', async () => {
    let isBroken = false;
    const client = await stock({
      render: (state) => {
        if (isBroken) throw new Error('broken');
        return html`<p>Count: ${state.count}</p>`;
      },
    });
    isBroken = true;
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error' }]);
    isBroken = false;
    expect(await client.event('add', {}, 2)).toMatchObject([
      { type: 'html_update', html: expect.stringContaining('Count: 1') },
    ]);
  });

  it('gets a noop when the page stays as it is, the first time too', async () => {
    const client = await stock();
    expect(await client.event('name', { name: '' }, 1)).toMatchObject([{ type: 'patch' }]);
    const other = await stock({ render: () => html`<p>always</p>` });
    expect(await other.event('add', {}, 1)).toEqual([{ type: 'noop', source: 'event', event_name: 'add', ref: 1 }]);
  });

  it('may use its refs as it likes', async () => {
    const client = await stock();
    for (const ref of [5, 5, 1]) expect(await client.event('add', {}, ref)).toMatchObject([{ type: 'patch', ref }]);
  });

  it('gets errors as djust 1.x sends them, without a ref', async () => {
    const client = await stock();
    const [error] = await client.event('nope', {}, 1);
    expect(error).toEqual({ type: 'error', error: expect.any(String), code: 'event/unknown' });
  });

  it('gets side frames behind an update and before a noop', async () => {
    const client = await stock({
      events: {
        tell: (state, _params, ctx) => {
          ctx.flash('info', 'x');
          return { count: state.count + 1 };
        },
        only_tell: (_state, _params, ctx) => ctx.push('x', {}),
      },
    });
    expect((await client.event('tell', {}, 1)).map(({ type }) => type)).toEqual(['patch', 'flash']);
    expect((await client.event('only_tell', {}, 2)).map(({ type }) => type)).toEqual(['push_event', 'noop']);
  });

  it('gets the whole page again on request', async () => {
    const client = await stock();
    await client.event('add', {}, 1);
    expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'html_recovery', version: 3 }]);
    expect(await client.event('same', {}, 2)).toMatchObject([{ type: 'noop' }]);
    expect(await client.event('name', { name: '' }, 3)).toMatchObject([{ type: 'patch', version: 4 }]);
  });

  it('whose page was rendered anew is not sent what looks the same', async () => {
    const client = await stock({ render: () => html`<p>always</p>` });
    await client.send({ type: 'request_html' });
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'noop' }]);
  });

  it('cannot take a session over by its token', async () => {
    const { get, connect } = rig(counter());
    const page = await get();
    const client = await connect();
    const [reply] = await client.send({
      type: 'mount',
      view: 'test.view',
      url: '/',
      params: {},
      session: page.session,
    });
    expect((reply as { session_id: string }).session_id).not.toBe(page.session);
  });
});

describe('a client with ack but without ops', () => {
  it('is not sent an old update as the answer to an event that comes again', async () => {
    const { client } = await connected({
      events: {
        tell: (state, _params, ctx) => {
          ctx.flash('info', 'x');
          return { count: state.count + 1 };
        },
      },
    });
    await client.mount({ ext: { features: ['ack'] } });
    expect(await client.event('tell', {}, 1)).toMatchObject([{ type: 'patch', ref: 1 }, { type: 'flash' }]);
    expect(await client.event('tell', {}, 1)).toEqual([{ type: 'noop', ref: 1, ack: 1 }]);
  });
});
