import { LIMITS, type MountReply } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { connected, type Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';

describe('a new connection', () => {
  it('is offered the extensions', async () => {
    const { client } = await connected();
    expect(client.hello).toEqual([
      {
        type: 'connect',
        session_id: expect.any(String),
        ext: { v: 1, features: ['ack', 'resume', 'adopt', 'ops', 'templates'] },
      },
    ]);
  });

  it('of a plain djust 1.x server is offered none', async () => {
    const { client } = await connected({}, { features: [] });
    expect(client.hello).toEqual([{ type: 'connect', session_id: expect.any(String) }]);
  });

  it('gets the page when it mounts', async () => {
    const { client } = await connected();
    const frames = await client.mount();
    expect(frames).toEqual([
      {
        type: 'mount',
        view: 'test.view',
        version: 1,
        html: expect.stringContaining('dj-id='),
        has_ids: true,
        ext: {
          v: 1,
          features: ['ack', 'resume', 'adopt', 'ops', 'templates'],
          session: (frames[0] as MountReply).ext?.session,
          outcome: 'mounted',
          ack: 0,
        },
      },
    ]);
    expect(client.shown).toBe(shownFor(counter(), { count: 0, names: [] }));
  });

  it('agrees on what both sides know', async () => {
    const { client } = await connected({}, { features: ['ack', 'ops'] });
    const [reply] = await client.mount({ ext: { features: ['ops', 'resume', 'telepathy' as never] } });
    expect(reply).toMatchObject({ ext: { features: ['ops'] } });
    const [patch] = await client.event('add', {}, 1);
    expect(patch).toMatchObject({ type: 'patch', ref: 1 });
    expect(patch).not.toHaveProperty('ack');
  });

  it('with extensions of another version is treated as a plain client', async () => {
    const { client } = await connected();
    const [reply] = await client.mount({ ext: { v: 2 } });
    expect(reply).not.toHaveProperty('ext');
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'patch' }]);
  });

  it('names the session after a random token, not the one of the socket', async () => {
    const { client } = await connected();
    const [{ session_id: socket } = { session_id: '' }] = client.hello as { session_id: string }[];
    const [reply] = (await client.mount()) as MountReply[];
    expect(reply?.ext?.session).not.toBe(socket);
  });
});

describe('a mount', () => {
  it('of an unknown view is refused, and the connection lives', async () => {
    const { client } = await connected();
    for (const view of ['test.nope', 'node.fs', 'constructor.prototype', '__proto__.x']) {
      expect(await client.mount({ view })).toEqual([
        { type: 'error', error: 'This page does not exist.', code: 'view/unknown' },
      ]);
    }
    expect(await client.mount()).toMatchObject([{ type: 'mount' }]);
  });

  it.each<[string, Spec]>([
    ['says no', { authorize: () => false }],
    ['says no later', { authorize: async () => false }],
    [
      'throws',
      {
        authorize: () => {
          throw new Error('secret');
        },
      },
    ],
    ['rejects', { authorize: () => Promise.reject(new Error('secret')) }],
  ])('is denied when authorize %s, without a session', async (_, spec) => {
    const mount = vi.fn();
    const { client, server, get } = await connected({ ...spec, mount });
    expect(await client.mount()).toMatchObject([
      { type: 'error', error: 'You may not open this page.', code: 'session/denied' },
    ]);
    expect(client.closedWith).toBe(4403);
    expect((await get()).status).toBe(403);
    expect(mount).not.toHaveBeenCalled();
    expect(server.sessionCount).toBe(0);
  });

  it('is denied when authorize does not come back', async () => {
    const { client } = await connected({ authorize: () => new Promise(() => {}) });
    await client.mount();
    expect(await client.advance(LIMITS.handlerMs)).toMatchObject([{ code: 'session/denied' }]);
    expect(client.closedWith).toBe(4403);
  });

  it.each<[string, Spec, string]>([
    [
      'whose function throws',
      {
        mount: () => {
          throw new Error('secret');
        },
      },
      'view/mount-failed',
    ],
    [
      'whose render throws',
      {
        render: () => {
          throw new Error('secret');
        },
      },
      'view/render-failed',
    ],
  ])('W36: a mount %s is refused and leaves nothing behind', async (_, spec, code) => {
    const { client, server, clock } = await connected({ ...spec, tick: { everyMs: 100, handle: () => undefined } });
    expect(await client.mount()).toEqual([{ type: 'error', error: expect.any(String), code, id: expect.any(String) }]);
    expect(client.closedWith).toBeUndefined();
    expect(server.sessionCount).toBe(0);
    expect(await client.event('add', {}, 1)).toMatchObject([{ code: 'session/not-mounted' }]);
    await clock.advance(LIMITS.idleTimeoutMs);
    expect(clock.waiting).toBe(0);
  });

  it('may take longer than the first frame may', async () => {
    const { client } = await connected({ mount: () => new Promise(() => {}) });
    await client.mount();
    expect(await client.advance(LIMITS.firstFrameMs + 1)).toEqual([]);
    expect(client.closedWith).toBeUndefined();
    expect(await client.advance(LIMITS.handlerMs)).toMatchObject([{ type: 'error', code: 'event/timeout' }]);
  });

  it('that was given up subscribes to nothing any more', async () => {
    let finish = (): void => {};
    const { client, server } = await connected({
      mount: async (ctx) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        ctx.subscribe('news');
        ctx.present('room', {});
      },
    });
    const subscribe = vi.spyOn(server.bus, 'subscribe');
    await client.mount();
    await client.advance(LIMITS.handlerMs);
    finish();
    await settled();
    expect(subscribe).not.toHaveBeenCalled();
  });

  it('whose client leaves meanwhile leaves no session', async () => {
    let finish = (): void => {};
    const { client, server } = await connected({
      mount: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    void client.mount();
    await settled();
    await client.drop();
    finish();
    await settled();
    expect(server.sessionCount).toBe(0);
  });

  it('of another view on the same connection swaps the view', async () => {
    const all = rig({ '/': counter(), '/other': counter({ name: 'test.other', state: { count: 5, names: [] } }) });
    const client = await all.connect();
    await client.mount();
    const redirect = { type: 'live_redirect_mount', view: 'test.other', url: '/other', params: {} };
    const ext = {
      v: 1,
      features: ['ack', 'resume', 'adopt', 'ops', 'templates'],
      client_id: 'client-one',
      session: null,
      version: 0,
      ref: 0,
      acked: 0,
    };
    expect(await client.send({ ...redirect, ext })).toMatchObject([{ type: 'mount', view: 'test.other', version: 1 }]);
    await client.event('add', {}, 1);
    expect(client.shown).toContain('Count: 6');
    expect(client.closedWith).toBeUndefined();
  });

  it('gives the view its address, query and visitor', async () => {
    const seen: unknown[] = [];
    const all = rig(
      counter({
        mount: ({ url, params, principal, connected }) => void seen.push({ url, params, principal, connected }),
      }),
      {
        principal: (request) => ({ id: request.headers.get('cookie') ?? '' }),
      },
    );
    const client = await all.connect({ headers: { cookie: 'ann' } });
    await client.mount({ url: '/a', params: { b: 'c' } });
    expect(seen).toEqual([{ url: '/a', params: { b: 'c' }, principal: { id: 'ann' }, connected: false }]);
  });
});
