import { LIMITS } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { ORIGIN, rig, shownFor, type TestClient } from '../../test/rig.ts';
import { type Counter, counter } from '../../test/views.ts';
import type { ViewSpec } from '../view/define-view.ts';
import { html } from '../view/html.ts';

type Spec = Partial<ViewSpec<Counter>>;

async function connected(spec: Spec = {}, options: Parameters<typeof rig>[1] = {}) {
  const all = rig(counter(spec), options);
  return { ...all, client: await all.connect() };
}

async function mounted(spec: Spec = {}, options: Parameters<typeof rig>[1] = {}) {
  const all = await connected(spec, options);
  await all.client.mount();
  return all;
}

describe('a new connection', () => {
  it('is offered the extensions', async () => {
    const { client } = await connected();
    expect(client.hello).toEqual([
      { type: 'connect', session_id: expect.any(String), ext: { v: 1, features: ['ack', 'resume', 'adopt', 'ops'] } },
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
        session_id: expect.any(String),
        view: 'test.view',
        version: 1,
        html: expect.stringContaining('dj-id='),
        has_ids: true,
        ext: {
          v: 1,
          features: ['ack', 'resume', 'adopt', 'ops'],
          session: (frames[0] as { session_id: string }).session_id,
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
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'html_update' }]);
  });

  it('names the session after a random token, not the one of the socket', async () => {
    const { client } = await connected();
    const [{ session_id: socket } = { session_id: '' }] = client.hello as { session_id: string }[];
    const [reply] = (await client.mount()) as { session_id: string }[];
    expect(reply?.session_id).not.toBe(socket);
  });
});

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

  it('gets the page as html_update, with its ref echoed', async () => {
    const client = await stock();
    expect(await client.event('add', {}, 7)).toEqual([
      { type: 'html_update', version: 2, source: 'event', ref: 7, html: expect.stringContaining('Count: 1') },
    ]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
  });

  it('gets a noop when the page stays as it is, the first time too', async () => {
    const client = await stock();
    expect(await client.event('name', { name: '' }, 1)).toMatchObject([{ type: 'html_update' }]);
    const other = await stock({ render: () => html`<p>always</p>` });
    expect(await other.event('add', {}, 1)).toEqual([{ type: 'noop', source: 'event', event_name: 'add', ref: 1 }]);
  });

  it('may use its refs as it likes', async () => {
    const client = await stock();
    for (const ref of [5, 5, 1])
      expect(await client.event('add', {}, ref)).toMatchObject([{ type: 'html_update', ref }]);
    expect(client.shown).toContain('Count: 3');
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
    expect((await client.event('tell', {}, 1)).map(({ type }) => type)).toEqual(['html_update', 'flash']);
    expect((await client.event('only_tell', {}, 2)).map(({ type }) => type)).toEqual(['push_event', 'noop']);
  });

  it('gets the whole page again on request', async () => {
    const client = await stock();
    await client.event('add', {}, 1);
    expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'html_recovery', version: 3 }]);
    expect(await client.event('same', {}, 2)).toMatchObject([{ type: 'noop' }]);
    expect(await client.event('name', { name: '' }, 3)).toMatchObject([{ type: 'html_update', version: 4 }]);
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
    expect(await client.event('tell', {}, 1)).toMatchObject([
      { type: 'html_update', ref: 1, ack: 1 },
      { type: 'flash' },
    ]);
    expect(await client.event('tell', {}, 1)).toEqual([{ type: 'noop', ref: 1, ack: 1 }]);
  });
});

describe('before it has mounted, a client', () => {
  it('is told that its event came too early', async () => {
    const { client } = await connected();
    expect(await client.event('add', {}, 3)).toEqual([
      { type: 'error', error: 'Something went wrong on the server.', code: 'session/not-mounted', ref: 3 },
    ]);
    expect(await client.send({ type: 'url_change', params: {}, uri: '/' })).toMatchObject([
      { code: 'session/not-mounted' },
    ]);
  });

  it('gets no page to recover with', async () => {
    const { client } = await connected();
    expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'error', recoverable: false }]);
  });

  it('is answered when it pings', async () => {
    const { client } = await connected();
    expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
  });

  it('may mount afterwards', async () => {
    const { client } = await connected();
    await client.event('add', {}, 1);
    expect(await client.mount()).toMatchObject([{ type: 'mount' }]);
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
  ])('%s is refused and leaves nothing behind', async (_, spec, code) => {
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
      features: ['ack', 'resume', 'adopt', 'ops'],
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

describe('a bad frame', () => {
  const event = (params: unknown): string =>
    `{"type":"event","event":"add","params":${JSON.stringify(params)},"ref":1}`;
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it.each<[string, string, string]>([
    ['no JSON', '{', 'frame/not-json'],
    ['nothing', '', 'frame/not-json'],
    ['a list', '[]', 'frame/not-json'],
    ['null', 'null', 'frame/not-json'],
    ['a string', '"ping"', 'frame/not-json'],
    ['no type', '{}', 'frame/invalid'],
    ['a type that is no string', '{"type":1}', 'frame/invalid'],
    ['an unknown type', '{"type":"steal"}', 'frame/unknown-type'],
    ['a type of an inherited name', '{"type":"constructor"}', 'frame/unknown-type'],
    ['a batch of mounts', '{"type":"mount_batch","views":[{"view":"test.view"}]}', 'frame/unknown-type'],
    ['parameters nested too deep', `{"type":"event","event":"add","params":{"a":${nested(31)}}}`, 'frame/too-deep'],
    ['64 KiB of brackets', '['.repeat(65_536), 'frame/not-json'],
    ['64 KiB of closed brackets', nested(32_768), 'frame/not-json'],
    [
      'a key that reaches a prototype',
      '{"type":"event","event":"add","params":{"__proto__":{"x":1}}}',
      'frame/forbidden-key',
    ],
    [
      'the same further down',
      '{"type":"event","event":"add","params":{"a":[{"constructor":{"prototype":{}}}]}}',
      'frame/forbidden-key',
    ],
    [
      'too many keys',
      event(Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`k${at}`, 1]))),
      'frame/too-many-keys',
    ],
    ['too long a list', event({ a: Array(5_001).fill(0) }), 'frame/too-many-keys'],
    ['too long a string', event({ a: 'x'.repeat(32_769) }), 'frame/too-large'],
    ['an event name in capitals', '{"type":"event","event":"Add","params":{}}', 'frame/invalid'],
    [
      'a mount of another origin',
      '{"type":"mount","view":"test.view","url":"//evil.example/","params":{}}',
      'frame/invalid',
    ],
  ])('is answered by its code, and the connection lives: %s', async (_, text, code) => {
    const { client } = await mounted();
    expect(await client.send(text)).toMatchObject([{ type: 'error', code }]);
    expect(client.closedWith).toBeUndefined();
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
  });

  it('of an event is its answer, so that the next one need not wait for it', async () => {
    const { client } = await mounted();
    expect(await client.send('{"type":"event","event":"add","params":{"__proto__":1},"ref":1}')).toEqual([
      { type: 'error', error: expect.any(String), code: 'frame/forbidden-key', ref: 1, ack: 1 },
    ]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', ref: 2, ack: 2 }]);
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error', code: 'frame/forbidden-key', ref: 1 }]);
  });

  it('keeps its place among the events around it', async () => {
    const { client } = await mounted();
    const frames = await client.burst([
      { type: 'event', event: 'add', params: {}, ref: 1 },
      { type: 'event', event: 'add', params: 7, ref: 2 },
      { type: 'event', event: 'add', params: {}, ref: 3 },
    ]);
    expect(frames.map((frame) => ('ref' in frame ? frame.ref : 0)).sort()).toEqual([1, 2, 3]);
    expect(frames.find((frame) => 'ref' in frame && frame.ref === 2)).toMatchObject({ code: 'frame/invalid' });
    expect(client.shown).toContain('Count: 2');
  });

  it('says where the fault is in development only', async () => {
    const { client } = await connected({}, { isDevelopment: true });
    const [error] = await client.send('{"type":"mount","view":"test.view","url":"/","params":{"a":1}}');
    expect(error).toMatchObject({
      code: 'frame/invalid',
      at: '/params',
      hint: expect.any(String),
      debug_detail: expect.any(String),
    });
  });
});

describe('a silent client', () => {
  it('is sent away when its first frame does not come within 10 s', async () => {
    const { client, clock } = await connected();
    await client.advance(LIMITS.firstFrameMs - 1);
    expect(client.closedWith).toBeUndefined();
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
    expect(clock.waiting).toBe(0);
  });

  it('is sent away when it talks but does not mount', async () => {
    const { client } = await connected();
    await client.advance(LIMITS.firstFrameMs - 1);
    await client.send({ type: 'ping' });
    await client.mount({ view: 'test.nope' });
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
  });

  it('is sent away after 60 s of silence, and can resume', async () => {
    const { client, server } = await mounted();
    await client.advance(LIMITS.idleTimeoutMs - 1);
    await client.send({ type: 'ping' });
    await client.advance(LIMITS.idleTimeoutMs - 1);
    expect(client.closedWith).toBeUndefined();
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
    expect(server.sessionCount).toBe(1);
  });
});

describe('a client in a hurry', () => {
  const pings = (count: number): object[] => Array.from({ length: count }, () => ({ type: 'ping' }));

  it('is refused its 61st message of one tick', async () => {
    const { client } = await connected();
    const frames = await client.burst(pings(LIMITS.messageBurst + 1));
    expect(frames.slice(0, -1)).toEqual(Array(LIMITS.messageBurst).fill({ type: 'pong' }));
    expect(frames.at(-1)).toEqual({
      type: 'rate_limit_exceeded',
      message: 'Too many messages. Please slow down.',
      retry_after_ms: 10,
    });
    expect(client.closedWith).toBeUndefined();
  });

  it('is sent away with 4429 at its third strike', async () => {
    const { client, server } = await mounted();
    await client.burst(pings(LIMITS.messageBurst + 1));
    expect(client.closedWith).toBeUndefined();
    await client.burst(pings(1));
    expect(client.closedWith).toBe(4429);
    expect(server.sessionCount).toBe(1);
  });

  it('is forgiven one strike after 30 s', async () => {
    const { client } = await mounted();
    for (let round = 0; round < 4; round++) {
      await client.burst(pings(LIMITS.messageBurst + 1));
      expect(client.closedWith).toBeUndefined();
      await client.advance(LIMITS.strikeForgivenMs);
    }
  });

  it('gets done what was taken before it was sent away', async () => {
    const { client, connect } = await mounted();
    const events = Array.from({ length: 100 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 }));
    await client.burst(events);
    expect(client.closedWith).toBe(4429);
    const next = await connect();
    const session = (JSON.parse(client.peer.texts[1] as string) as { session_id: string }).session_id;
    const [reply] = await next.mount({ ext: { session, version: 1 } });
    expect(reply).toMatchObject({ ext: { outcome: 'resumed', ack: LIMITS.messageBurst - 1 } });
  });

  it('loses no event when it sends again from the gap', async () => {
    const { client } = await mounted();
    const events = Array.from({ length: 65 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 }));
    // The mount took one of 60, so refs 60 and 61 are refused: two strikes.
    await client.burst(events.slice(0, 61));
    await client.advance(1_000);
    // 62 arrives although 60 and 61 did not: it must not be taken for all three.
    expect(await client.burst(events.slice(61, 62))).toEqual([]);
    await client.burst(events.slice(59));
    expect(client.shown).toContain('Count: 65');
  });
});

it('a client that stops reading is cut off at 4 MiB', async () => {
  const { client } = await mounted();
  client.peer.bufferedBytes = LIMITS.outboundCloseBytes + 1;
  await client.event('add', {}, 1);
  expect(client.closedWith).toBe(1013);
});

it('frames that pile up behind a slow mount are refused from the 65th on', async () => {
  const { client } = await connected({ mount: () => new Promise(() => {}) });
  await client.mount();
  await client.burst(Array.from({ length: 50 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 })));
  await client.advance(1_000);
  const frames = await client.burst(
    Array.from({ length: 20 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 51 })),
  );
  expect(frames.filter((frame) => frame.type === 'error' && frame.code === 'session/busy')).toHaveLength(7);
});

describe('the Origin header', () => {
  it.each<[string, string | null]>([
    ['of a foreign site', 'https://evil.example'],
    ['http for https', 'http://app.example'],
    ['of another port', 'https://app.example:8443'],
    ['null', 'null'],
    ['missing', null],
    ['with our host as a prefix', 'https://app.example.evil.example'],
    ['with our host as a suffix', 'https://evil-app.example'],
    ['of a subdomain', 'https://sub.app.example'],
    ['in capitals', 'HTTPS://APP.EXAMPLE'],
    ['with a trailing dot', 'https://app.example.'],
    ['with a trailing slash', 'https://app.example/'],
    ['with user info', 'https://app.example@evil.example'],
    ['with our user info', 'https://evil.example@app.example'],
    ['empty', ''],
    ['of a file', 'file://'],
  ])('%s is refused with 4403, and nothing of the app is run', async (_, origin) => {
    const authorize = vi.fn(() => true);
    const principal = vi.fn(() => null);
    const all = rig(counter({ authorize }), { principal });
    const client = await all.connect({ origin });
    expect(client.hello).toEqual([]);
    expect(client.closedWith).toBe(4403);
    await client.mount();
    expect(authorize).not.toHaveBeenCalled();
    expect(principal).not.toHaveBeenCalled();
    expect(all.server.sessionCount).toBe(0);
  });

  it.each<[string, string, string]>([
    ['our own', ORIGIN, `${ORIGIN}/ws/live/`],
    ['our own with a port', 'http://localhost:3000', 'http://localhost:3000/ws/live/'],
    ['one that the configuration names', 'https://partner.example', `${ORIGIN}/ws/live/`],
  ])('%s is taken', async (_, origin, url) => {
    const all = rig(counter(), { allowedOrigins: ['https://partner.example'] });
    const client = await all.connect({ origin, url });
    expect(client.closedWith).toBeUndefined();
  });

  it('null is refused even when somebody put it into the configuration', async () => {
    const all = rig(counter(), { allowedOrigins: ['null'] });
    expect((await all.connect({ origin: 'null' })).closedWith).toBe(4403);
  });
});

describe('one address', () => {
  it('may hold 50 connections, and gets a place back when one closes', async () => {
    const all = rig(counter());
    const clients: TestClient[] = [];
    for (let at = 0; at < LIMITS.connectionsPerIp; at++) clients.push(await all.connect());
    expect((await all.connect()).closedWith).toBe(4429);
    expect((await all.connect({ address: '192.0.2.2' })).closedWith).toBeUndefined();
    await clients[0]?.drop();
    await clients[0]?.drop();
    expect((await all.connect()).closedWith).toBeUndefined();
    expect((await all.connect()).closedWith).toBe(4429);
  });

  it('of IPv6 is a /64', async () => {
    const all = rig(counter());
    for (let at = 0; at < LIMITS.connectionsPerIp; at++)
      await all.connect({ address: `2001:db8:1:2::${at.toString(16)}` });
    expect((await all.connect({ address: '2001:db8:1:2:ffff::1' })).closedWith).toBe(4429);
    expect((await all.connect({ address: '2001:db8:1:3::1' })).closedWith).toBeUndefined();
  });

  it('is not counted for a connection that was refused', async () => {
    const all = rig(counter(), {
      principal: (request) => {
        if (request.headers.has('x-broken')) throw new Error('secret');
        return null;
      },
    });
    for (let at = 0; at < LIMITS.connectionsPerIp + 1; at++) await all.connect({ headers: { 'x-broken': '1' } });
    expect((await all.connect({ headers: { 'x-broken': '1' } })).closedWith).toBe(4403);
    expect((await all.connect()).closedWith).toBeUndefined();
  });
});
