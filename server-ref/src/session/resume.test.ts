import { LIMITS, type MountReply } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { type Rig, rig, shownFor, type TestClient } from '../../test/rig.ts';
import { adopted } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import type { Principal } from '../view/define-view.ts';

/** Who the cookie of a request says it is. */
const principal = (request: Request): Principal | null => {
  const id = request.headers.get('cookie');
  return id ? { id, isAdmin: id.startsWith('admin') } : null;
};

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
    expect((frames[0] as MountReply).ext?.session).not.toBe(session);
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

it('a server that closes ends its sessions and says so', async () => {
  const all = await adopted();
  all.server.close();
  expect(all.client.closedWith).toBe(1000);
  expect(all.server.sessionCount).toBe(0);
});
