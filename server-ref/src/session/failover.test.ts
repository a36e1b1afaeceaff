import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { sharedStore } from '../../test/shared-store.ts';
import { type Counter, counter } from '../../test/views.ts';
import { memoryBus } from '../bus/bus.ts';

function nodes(spec: Parameters<typeof counter>[0] = {}) {
  const store = sharedStore();
  let mounts = 0;
  const view = counter({
    ...spec,
    mount: (context, state) => {
      mounts++;
      return spec.mount?.(context, state);
    },
  });
  const bus = memoryBus();
  return { one: rig(view, { store, bus }), two: rig(view, { store, bus }), mounts: () => mounts };
}

const ext = (session: string, version: number, acked: number) => ({ session, version, acked, ref: acked });

describe('a session whose process is gone', () => {
  it('is adopted elsewhere as it is: no second mount, no HTML again', async () => {
    const { one, two, mounts } = nodes();
    const page = await one.get();
    const client = (await two.connect()).show(page);
    const [reply] = await client.mount({ ext: ext(page.session, 1, 0) });
    expect(reply).toMatchObject({ type: 'mount', version: 1, ext: { outcome: 'adopted', session: page.session } });
    expect(reply).not.toHaveProperty('html');
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'patch', version: 2 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
    expect(mounts()).toBe(1);
  });

  it('is not heard here any more, whatever a handler of before still says: the event is done again elsewhere', async () => {
    let finish = (): void => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const said: unknown[] = [];
    const { one } = nodes({
      events: {
        say: async (_, __, ctx) => {
          await slow;
          ctx.broadcast('news', {});
        },
      },
    });
    one.server.bus.subscribe('news', (message) => said.push(message));
    const page = await one.get();
    const client = (await one.connect()).show(page);
    await client.mount({ ext: ext(page.session, 1, 0) });
    await client.event('say', {}, 1);
    one.server.close();
    finish();
    await settled();
    expect(said).toEqual([]);
  });

  it('goes on elsewhere with its state, and what was done is not done again', async () => {
    const { one, two, mounts } = nodes();
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ ext: ext(page.session, 1, 0) });
    await first.event('add', {}, 1);
    await first.event('add', {}, 2);
    // The process dies: its answer to ref 2 never arrived.
    const client = (await two.connect()).show(page);
    const [reply, ...more] = await client.mount({ ext: ext(page.session, 2, 1) });
    expect(reply).toMatchObject({ ext: { outcome: 'mounted', session: page.session, ack: 2 } });
    expect(more).toEqual([{ type: 'noop', ack: 2 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 2, names: [] }));
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'noop', ref: 2 }]);
    await client.event('add', {}, 3);
    expect(client.shown).toBe(shownFor(counter(), { count: 3, names: [] }));
    expect(mounts()).toBe(1);
  });

  it('still knows which event failed', async () => {
    const { one, two } = nodes();
    const first = await one.connect();
    const [reply] = await first.mount();
    const { session } = (reply as unknown as { ext: { session: string } }).ext;
    expect(await first.event('nope', {}, 1)).toMatchObject([{ type: 'error', ref: 1 }]);
    const client = await two.connect();
    const frames = await client.mount({ ext: ext(session, 1, 0) });
    expect(frames).toContainEqual(expect.objectContaining({ type: 'error', code: 'event/unknown', ref: 1 }));
  });

  it('hears what it subscribed to', async () => {
    const { one, two } = nodes({
      mount: (context) => context.subscribe('room'),
      info: { room: (_state, { count }) => ({ count: Number(count) }) },
    });
    const page = await one.get();
    const client = (await two.connect()).show(page);
    await client.mount({ ext: ext(page.session, 1, 0) });
    two.server.bus.publish('room', { count: 5 });
    expect(await client.received()).toMatchObject([{ type: 'patch', version: 2 }]);
  });

  it('is filled up where the next version of its view has new fields', async () => {
    const store = sharedStore();
    const one = rig(counter(), { store });
    const next = counter({ state: { count: 0, names: [], more: 'new' } as never });
    const two = rig(
      {
        '/': {
          ...next,
          render: ((state: Counter & { more: string }) => `<i>${state.count} ${state.more}</i>`) as never,
        },
      },
      { store },
    );
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ ext: ext(page.session, 1, 0) });
    await first.event('add', {}, 1);
    const client = await two.connect();
    await client.mount({ ext: ext(page.session, 2, 1) });
    expect(client.shown).toContain('1 new');
  });

  it('begins anew where the next version of its view cannot show its state', async () => {
    const store = sharedStore();
    const one = rig(counter(), { store });
    // What was a list is a text now.
    const render = (({ names }: { names: string }) => `<i>${names.toUpperCase()}</i>`) as never;
    const two = rig(counter({ state: { count: 0, names: 'none' } as never, render }), { store });
    const page = await one.get();
    const client = await two.connect();
    const frames = await client.mount({ ext: ext(page.session, 1, 0) });
    expect(frames[0]).toMatchObject({ version: 1, ext: { outcome: 'mounted', reason: 'session/unknown' } });
    expect(two.log).toMatchObject([{ level: 'warn', view: 'test.view' }]);
  });

  it('is not given to another tab', async () => {
    const { one, two } = nodes();
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ ext: ext(page.session, 1, 0) });
    const thief = await two.connect();
    const [reply] = await thief.mount({ ext: { ...ext(page.session, 1, 0), client_id: 'client-two' } });
    expect((reply as unknown as { ext: { session: string } }).ext.session).not.toBe(page.session);
    // Nor does it cost the owner anything.
    expect(await first.event('add', {}, 1)).toMatchObject([{ type: 'patch' }]);
  });
});

describe('a session that two processes hold', () => {
  it('belongs to the later one; the earlier one lets go of its browser and changes nothing', async () => {
    const { one, two } = nodes();
    const page = await one.get();
    const old = (await one.connect()).show(page);
    await old.mount({ ext: ext(page.session, 1, 0) });
    const client = (await two.connect()).show(page);
    await client.mount({ ext: ext(page.session, 1, 0) });
    await client.event('add', {}, 1);
    expect(await old.event('add', {}, 1)).toEqual([]);
    expect(old.closedWith).toBe(1012);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch' }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 2, names: [] }));
  });

  it('comes back to the first one with what was done elsewhere', async () => {
    const { one, two } = nodes();
    const page = await one.get();
    const ours = { session: page.session };
    const first = (await one.connect()).show(page);
    await first.mount({ ext: { ...ext(page.session, 1, 0), ...ours } });
    await first.drop();
    const second = (await two.connect()).show(page);
    await second.mount({ ext: ext(page.session, 1, 0) });
    await second.event('add', {}, 1);
    await second.drop();
    const third = (await one.connect()).show(page);
    await third.mount({ ext: ext(page.session, 1, 1) });
    expect(third.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
  });
});

it('a process that ends sends its browsers elsewhere and leaves the sessions', async () => {
  const { one, two } = nodes();
  const page = await one.get();
  const first = (await one.connect()).show(page);
  await first.mount({ ext: ext(page.session, 1, 0) });
  await first.event('add', {}, 1);
  one.server.close();
  await settled();
  expect(first.closedWith).toBe(1012);
  const client = (await two.connect()).show(page);
  await client.mount({ ext: ext(page.session, 2, 1) });
  expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
});
