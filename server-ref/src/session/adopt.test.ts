import { LIMITS, type MountReply } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { adopted } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { html } from '../view/html.ts';

describe('a page that came over HTTP', () => {
  it('is adopted: mounted once, no HTML twice, version 1', async () => {
    const mount = vi.fn();
    const all = rig(counter({ mount }));
    const page = await all.get();
    const client = (await all.connect()).show(page);
    expect(await client.mount({ ext: { session: page.session, version: 1 } })).toEqual([
      {
        type: 'mount',
        view: 'test.view',
        version: 1,
        ext: {
          v: 1,
          features: ['ack', 'resume', 'adopt', 'ops', 'templates'],
          session: page.session,
          outcome: 'adopted',
          ack: 0,
        },
      },
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
      { type: 'patch', version: 2 },
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
    expect((reply as MountReply).ext?.session).not.toBe(page.session);
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
    ]);
  });
});
