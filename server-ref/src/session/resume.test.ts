import { LIMITS } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { type Rig, rig, shownFor, type TestClient } from '../../test/rig.ts';
import { type Counter, counter } from '../../test/views.ts';
import type { Principal, ViewSpec } from '../view/define-view.ts';
import { html } from '../view/html.ts';

type Spec = Partial<ViewSpec<Counter>>;

/** Who the cookie of a request says it is. */
const principal = (request: Request): Principal | null => {
  const id = request.headers.get('cookie');
  return id ? { id, isAdmin: id.startsWith('admin') } : null;
};

async function adopted(
  spec: Spec = {},
  options: Parameters<typeof rig>[1] = {},
): Promise<Rig & { client: TestClient; session: string }> {
  const all = rig(counter(spec), options);
  const page = await all.get();
  const client = (await all.connect()).show(page);
  await client.mount({ ext: { session: page.session, version: page.version } });
  return { ...all, client, session: page.session };
}

/** Another connection of the same tab, which shows what the one before showed. */
async function again(
  all: Rig,
  before: TestClient,
  session: string,
  acked = 0,
): Promise<{ client: TestClient; frames: unknown[] }> {
  const client = await all.connect();
  client.page = before.page;
  client.version = before.version;
  const frames = await client.mount({ ext: { session, version: before.version, acked } });
  return { client, frames };
}

describe('a page that came over HTTP', () => {
  it('is adopted: mounted once, no HTML twice, version 1', async () => {
    const mount = vi.fn();
    const all = rig(counter({ mount }));
    const page = await all.get();
    const client = (await all.connect()).show(page);
    expect(await client.mount({ ext: { session: page.session, version: 1 } })).toEqual([
      {
        type: 'mount',
        session_id: page.session,
        view: 'test.view',
        version: 1,
        ext: { v: 1, features: ['ack', 'resume', 'adopt', 'ops'], session: page.session, outcome: 'adopted', ack: 0 },
      },
      { type: 'noop', ack: 0 },
    ]);
    expect(mount).toHaveBeenCalledTimes(1);
    await client.event('add', {}, 1);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
    expect(all.server.sessionCount).toBe(1);
  });

  it('gets what was broadcast between the page and its socket', async () => {
    const all = rig(
      counter({
        mount: (ctx) => ctx.subscribe('news'),
        info: { news: (state, message) => ({ names: [...state.names, String(message.name)] }) },
      }),
    );
    const page = await all.get();
    all.server.bus.publish('news', { name: 'early' });
    await settled();
    const client = (await all.connect()).show(page);
    expect(await client.mount({ ext: { session: page.session, version: 1 } })).toMatchObject([
      { type: 'mount', version: 1, ext: { outcome: 'adopted' } },
      { type: 'patch', version: 2, source: 'broadcast' },
      { type: 'noop' },
    ]);
    expect(client.shown).toBe(shownFor(counter(), { count: 0, names: ['early'] }));
  });

  it('hears what is broadcast while mount is still at work, after it', async () => {
    let finish = (): void => {};
    const all = rig(
      counter({
        mount: async (ctx) => {
          ctx.subscribe('news');
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          return { names: ['mounted'] };
        },
        info: { news: (state) => ({ names: [...state.names, 'news'] }) },
      }),
    );
    const page = all.get();
    await settled();
    all.server.bus.publish('news', {});
    await settled();
    finish();
    const { session, version, html } = await page;
    expect(html).toContain('mounted');
    expect(html).not.toContain('news');
    const client = (await all.connect()).show(await page);
    await client.mount({ ext: { session, version } });
    expect(client.shown).toBe(shownFor(counter(), { count: 0, names: ['mounted', 'news'] }));
  });

  it('is mounted anew when its token is unknown', async () => {
    const all = rig(counter());
    const client = await all.connect();
    const [reply] = await client.mount({ ext: { session: 'f'.repeat(32), version: 1 } });
    expect(reply).toMatchObject({
      type: 'mount',
      html: expect.any(String),
      version: 1,
      ext: { outcome: 'mounted', reason: 'session/unknown' },
    });
  });

  it('is mounted anew when it names a session of another view', async () => {
    const all = rig({ '/': counter(), '/other': counter({ name: 'test.other' }) });
    const page = await all.get('/');
    const client = await all.connect();
    const [reply] = await client.mount({ view: 'test.other', ext: { session: page.session, version: 1 } });
    expect(reply).toMatchObject({ view: 'test.other', ext: { outcome: 'mounted' } });
    expect((reply as { session_id: string }).session_id).not.toBe(page.session);
  });

  it('is rendered once more only when the browser shows nothing of it', async () => {
    const render = vi.fn(() => html`<p></p>`);
    const all = rig(counter({ render }));
    await (await all.connect()).mount();
    expect(render).toHaveBeenCalledTimes(1);
  });

  it('belongs to the first tab that takes it, even when two ask at once', async () => {
    const all = rig(counter());
    const page = await all.get();
    const [one, two] = [await all.connect(), await all.connect()];
    const frames = await Promise.all([
      one.mount({ ext: { session: page.session, version: 1, client_id: 'client-one' } }),
      two.mount({ ext: { session: page.session, version: 1, client_id: 'client-two' } }),
    ]);
    expect(frames.map(([mount]) => (mount as { ext: { outcome: string } }).ext.outcome)).toEqual([
      'adopted',
      'mounted',
    ]);
    expect(one.closedWith).toBeUndefined();
    expect(all.server.sessionCount).toBe(2);
  });
});

describe('a connection that was lost', () => {
  it('is resumed with exactly the frames that were missed', async () => {
    const all = await adopted({
      mount: (ctx) => ctx.subscribe('news'),
      info: { news: (state, message) => ({ names: [...state.names, String(message.name)] }) },
    });
    await all.client.event('add', {}, 1);
    await all.client.drop();
    for (const name of ['a', 'b']) {
      all.server.bus.publish('news', { name });
      await settled();
    }
    const { client, frames } = await again(all, all.client, all.session, 1);
    expect(frames).toMatchObject([
      { type: 'mount', version: 2, ext: { outcome: 'resumed', ack: 1 } },
      { type: 'patch', version: 3 },
      { type: 'patch', version: 4 },
      { type: 'noop', ack: 1 },
    ]);
    expect(frames[0]).not.toHaveProperty('html');
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: ['a', 'b'] }));
  });

  it('loses no event and runs none twice: answers that were lost come again', async () => {
    const all = await adopted();
    // The answers to 2 (a patch), 3 (an error) and 4 (a noop) never arrive.
    await all.client.event('add', {}, 1);
    const { page, version } = all.client;
    const shown = { page, version } as TestClient;
    const snapshot = structuredClone(all.client.shown);
    all.client.page = undefined;
    await all.client.event('add', {}, 2);
    await all.client.event('add_by', { by: 'x' }, 3);
    await all.client.event('same', {}, 4);
    await all.client.drop();
    expect(snapshot).toContain('Count: 1');

    const { client, frames } = await again(all, shown, all.session, 1);
    expect(frames).toMatchObject([
      { type: 'mount', version: 2, ext: { outcome: 'resumed', ack: 4 } },
      { type: 'patch', version: 3, ref: 2 },
      { type: 'error', code: 'event/params', ref: 3 },
      { type: 'noop', ref: 4 },
      { type: 'noop', ack: 4 },
    ]);
    for (const [ref, event, params] of [
      [2, 'add', {}],
      [3, 'add_by', { by: 'x' }],
      [4, 'same', {}],
    ] as const) {
      expect(await client.event(event, params, ref)).toMatchObject([{ ref }]);
    }
    expect(client.shown).toContain('Count: 2');
  });

  it('gets the whole page when the log is too short', async () => {
    const all = await adopted({
      mount: (ctx) => ctx.subscribe('news'),
      info: { news: (state) => ({ count: state.count + 1 }) },
    });
    await all.client.drop();
    for (let at = 0; at <= LIMITS.logFrames; at++) {
      all.server.bus.publish('news', {});
      await settled();
    }
    const { client, frames } = await again(all, all.client, all.session);
    expect(frames).toMatchObject([
      { type: 'mount', html: expect.any(String), ext: { outcome: 'mounted', session: all.session } },
    ]);
    expect(client.shown).toContain(`Count: ${LIMITS.logFrames + 1}`);
    await client.event('add', {}, 1);
    expect(client.shown).toContain(`Count: ${LIMITS.logFrames + 2}`);
  });

  it('gets the whole page when it claims a version that never was', async () => {
    const all = await adopted();
    await all.client.drop();
    const client = await all.connect();
    expect(await client.mount({ ext: { session: all.session, version: 99 } })).toMatchObject([
      { html: expect.any(String) },
    ]);
  });

  it('does not go on with ids of before, when the page it was sent meanwhile was lost', async () => {
    const all = await adopted();
    const shown = { page: all.client.page, version: all.client.version } as TestClient;
    all.client.page = undefined;
    await all.client.send({ type: 'request_html' });
    await all.client.drop();
    const { client, frames } = await again(all, shown, all.session);
    expect(frames).toMatchObject([{ type: 'mount', html: expect.any(String) }]);
    await client.event('add', {}, 1);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
  });

  it('gets the title with the whole page', async () => {
    const all = rig(counter({ title: ({ count }) => `n ${count}` }));
    const client = await all.connect();
    expect(await client.mount()).toMatchObject([
      { type: 'mount' },
      { type: 'page_metadata', action: 'title', value: 'n 0' },
    ]);
  });

  it('takes the place of one that the server still believes in', async () => {
    const all = await adopted();
    const { client } = await again(all, all.client, all.session);
    expect(all.client.closedWith).toBe(1000);
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'patch', ref: 1 }]);
  });

  it('goes on when it was replaced while a handler was at work, and the session does not end behind it', async () => {
    let finish = (): void => {};
    const all = await adopted({
      events: {
        slow: () =>
          new Promise((resolve) => {
            finish = () => resolve({ count: 10 });
          }),
      },
    });
    await all.client.event('slow', {}, 1);
    const next = await all.connect();
    next.show({ ...(await all.get()), html: '', version: 1 });
    next.page = all.client.page;
    const mounting = next.mount({ ext: { session: all.session, version: 1 } });
    await settled();
    await all.client.drop();
    finish();
    await mounting;
    await next.received();
    expect(next.shown).toContain('Count: 10');
    for (let waited = 0; waited < LIMITS.resumeMs * 2; waited += 20_000) {
      await next.advance(20_000);
      await next.send({ type: 'ping' });
    }
    expect(await next.event('add', {}, 2)).toMatchObject([{ type: 'patch', ref: 2 }]);
  });

  it('that closed before its turn leaves nobody attached', async () => {
    let finish = (): void => {};
    const tick = vi.fn();
    const all = await adopted({
      tick: { everyMs: 1_000, handle: tick },
      events: {
        slow: () =>
          new Promise((resolve) => {
            finish = () => resolve({});
          }),
      },
    });
    await all.client.event('slow', {}, 1);
    const next = await all.connect();
    void next.mount({ ext: { session: all.session, version: 1 } });
    await settled();
    await next.drop();
    await all.client.drop();
    finish();
    await settled();
    tick.mockClear();
    await all.clock.advance(10_000);
    expect(tick).not.toHaveBeenCalled();
    await all.clock.advance(LIMITS.resumeMs);
    expect(all.server.sessionCount).toBe(0);
  });
});

describe('a session is refused', () => {
  const isNew = (frames: unknown[], session: string): void => {
    expect(frames).toMatchObject([
      { type: 'mount', html: expect.any(String), version: 1, ext: { outcome: 'mounted', ack: 0 } },
    ]);
    expect((frames[0] as { session_id: string }).session_id).not.toBe(session);
  };

  it('to another client id, which gets a new one', async () => {
    const all = await adopted();
    const other = await all.connect();
    isNew(await other.mount({ ext: { session: all.session, version: 1, client_id: 'client-two' } }), all.session);
    expect(all.client.closedWith).toBeUndefined();
    expect(await all.client.event('add', {}, 1)).toMatchObject([{ type: 'patch' }]);
    expect(other.shown).toContain('Count: 0');
  });

  it.each([
    ['ann', 'bob'],
    ['ann', ''],
    ['', 'bob'],
  ])('to another person: %j, then %j', async (first, second) => {
    const all = rig(counter(), { principal });
    const page = await all.get('/', first ? { cookie: first } : {});
    const client = await all.connect({ headers: second ? { cookie: second } : {} });
    isNew(await client.mount({ ext: { session: page.session, version: 1 } }), page.session);
  });

  it('to a client that did not agree on the feature', async () => {
    const all = rig(counter());
    const page = await all.get();
    const client = await all.connect();
    isNew(
      await client.mount({ ext: { session: page.session, version: 1, features: ['ack', 'ops', 'resume'] } }),
      page.session,
    );

    const resumed = await adopted();
    await resumed.client.drop();
    const next = await resumed.connect();
    isNew(
      await next.mount({ ext: { session: resumed.session, version: 1, features: ['ack', 'ops', 'adopt'] } }),
      resumed.session,
    );
  });

  it('to a visitor whom the view refuses by now, and then it is gone', async () => {
    let isWelcome = true;
    const all = await adopted({ authorize: () => isWelcome });
    await all.client.drop();
    isWelcome = false;
    const client = await all.connect();
    expect(await client.mount({ ext: { session: all.session, version: 1 } })).toEqual([
      { type: 'error', error: 'You may not open this page.', code: 'session/denied' },
    ]);
    expect(client.closedWith).toBe(4403);
    expect(all.server.sessionCount).toBe(0);
  });
});

it('the same person with other rights is seen with these from then on', async () => {
  let isAdmin = true;
  const all = await adopted(
    {
      events: {
        secret: { schema: undefined, handle: () => ({ count: 1 }), allow: (ctx) => ctx.principal?.isAdmin === true },
      },
    },
    { principal: () => ({ id: 'ann', isAdmin }) },
  );
  expect(await all.client.event('secret', {}, 1)).toMatchObject([{ type: 'patch' }]);
  await all.client.drop();
  isAdmin = false;
  const { client } = await again(all, all.client, all.session, 1);
  expect(await client.event('secret', {}, 2)).toMatchObject([{ type: 'error', code: 'event/denied' }]);
});

describe('a session without a connection', () => {
  it('waits for its page for 30 s', async () => {
    const all = rig(counter());
    await all.get();
    await all.clock.advance(LIMITS.adoptMs - 1);
    expect(all.server.sessionCount).toBe(1);
    await all.clock.advance(1);
    expect(all.server.sessionCount).toBe(0);
    expect(all.clock.waiting).toBe(0);
  });

  it('waits for its client for 120 s after the connection was lost', async () => {
    const all = await adopted();
    await all.clock.advance(LIMITS.adoptMs);
    expect(all.server.sessionCount).toBe(1);
    await all.client.drop();
    await all.clock.advance(LIMITS.resumeMs - 1);
    expect(all.server.sessionCount).toBe(1);
    await all.clock.advance(1);
    expect(all.server.sessionCount).toBe(0);
    expect(all.clock.waiting).toBe(0);
  });

  it('gives way to newer pages when 1,000 of them wait, the oldest first', async () => {
    const all = rig(counter());
    const first = await all.get();
    const second = await all.get();
    for (let page = 2; page <= LIMITS.adoptSessions; page++) await all.get();
    expect(all.server.sessionCount).toBe(LIMITS.adoptSessions);
    const client = await all.connect();
    expect(await client.mount({ ext: { session: first.session, version: 1 } })).toMatchObject([
      { ext: { outcome: 'mounted' } },
    ]);
    const other = await all.connect();
    expect(await other.mount({ ext: { session: second.session, version: 1 } })).toMatchObject([
      { ext: { outcome: 'adopted' } },
      {},
    ]);
  });
});

it('a server that closes ends its sessions and says so', async () => {
  const all = await adopted();
  all.server.close();
  expect(all.client.closedWith).toBe(1000);
  expect(all.server.sessionCount).toBe(0);
});
