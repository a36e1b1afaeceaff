import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { type Counter, counter } from '../../test/views.ts';
import { memoryStore } from '../state/memory.ts';
import type { ViewSpec } from '../view/define-view.ts';

type Spec = Partial<ViewSpec<Counter>>;

const chat: Spec = {
  mount: (ctx) => ctx.subscribe('room'),
  info: { room: (state, message) => ({ names: [...state.names, String(message.text)] }) },
  events: {
    say: (state, _params, ctx) => {
      ctx.broadcast('room', { text: `hello ${state.count}` });
      return { count: state.count + 1 };
    },
  },
};

describe('a broadcast', () => {
  it('reaches every subscriber, its sender included, after the commit', async () => {
    const all = rig(counter(chat));
    const [ann, bob] = [await all.connect(), await all.connect()];
    await ann.mount({ ext: { client_id: 'client-ann' } });
    await bob.mount({ ext: { client_id: 'client-bob' } });
    expect(await ann.event('say', {}, 1)).toMatchObject([
      { type: 'patch', version: 2, ref: 1 },
      { type: 'patch', version: 3 },
    ]);
    const [heard, ...more] = await bob.received();
    expect([heard, more]).toMatchObject([{ type: 'patch', version: 2 }, []]);
    // Nothing else comes without a ref and a source.
    expect(heard).not.toHaveProperty('source');
    expect(ann.shown).toBe(shownFor(counter(), { count: 1, names: ['hello 0'] }));
    expect(bob.shown).toBe(shownFor(counter(), { count: 0, names: ['hello 0'] }));
  });

  it('W20: waits while the receiver is busy and is never dropped for it', async () => {
    let finish = (): void => {};
    const all = rig(
      counter({
        ...chat,
        events: {
          ...chat.events,
          slow: () =>
            new Promise((resolve) => {
              finish = () => resolve({ count: 7 });
            }),
        },
      }),
    );
    const client = await all.connect();
    await client.mount();
    await client.event('slow', {}, 1);
    for (const text of ['a', 'b', 'c']) all.server.bus.publish('room', { text });
    await settled();
    finish();
    await client.received();
    expect(client.shown).toBe(shownFor(counter(), { count: 7, names: ['a', 'b', 'c'] }));
  });

  it('without a handler for its topic is no event', async () => {
    const store = memoryStore();
    const commit = vi.spyOn(store, 'commit');
    const all = rig(counter({ mount: (ctx) => ctx.subscribe('toString') }), { store });
    const client = await all.connect();
    await client.mount();
    commit.mockClear();
    all.server.bus.publish('toString', {});
    expect(await client.received()).toEqual([]);
    expect(commit).not.toHaveBeenCalled();
  });

  it('whose handler throws is an error without a ref, and the next one is heard', async () => {
    const all = rig(
      counter({
        mount: (ctx) => ctx.subscribe('room'),
        info: {
          room: (state, message) => {
            if (message.text === 'bad') throw new Error('secret');
            return { count: state.count + 1 };
          },
        },
      }),
    );
    const client = await all.connect();
    await client.mount();
    all.server.bus.publish('room', { text: 'bad' });
    all.server.bus.publish('room', { text: 'good' });
    const [error, patch] = await client.received();
    expect(error).toMatchObject({ type: 'error', code: 'event/failed' });
    expect(error).not.toHaveProperty('ref');
    expect(patch).toMatchObject({ type: 'patch', version: 2 });
  });

  it('is not heard by a session that ended', async () => {
    const handle = vi.fn();
    const all = rig(counter({ mount: (ctx) => ctx.subscribe('room'), info: { room: handle } }));
    await (await all.connect()).mount();
    all.server.close();
    all.server.bus.publish('room', {});
    await settled();
    expect(handle).not.toHaveBeenCalled();
  });

  it('may be asked for in mount only', async () => {
    const all = rig(counter({ events: { late: (_state, _params, ctx) => ctx.subscribe('room') } }));
    const client = await all.connect();
    await client.mount();
    expect(await client.event('late', {}, 1)).toMatchObject([{ type: 'error', code: 'event/failed' }]);
  });
});

describe('ticks', () => {
  const ticking = (handle: NonNullable<Spec['tick']>['handle']): Spec => ({ tick: { everyMs: 1_000, handle } });

  it('come at their interval while a browser is attached, and only then', async () => {
    const handle = vi.fn((state: Readonly<Counter>) => ({ count: state.count + 1 }));
    const all = rig(counter(ticking(handle)));
    const page = await all.get();
    await all.clock.advance(5_000);
    expect(handle).not.toHaveBeenCalled();

    const client = (await all.connect()).show(page);
    await client.mount({ ext: { session: page.session, version: 1 } });
    await client.advance(999);
    expect(handle).not.toHaveBeenCalled();
    expect(await client.advance(1)).toMatchObject([{ type: 'patch', source: 'tick', version: 2 }]);
    await client.advance(2_000);
    expect(handle).toHaveBeenCalledTimes(3);

    await client.drop();
    await all.clock.advance(10_000);
    expect(handle).toHaveBeenCalledTimes(3);
  });

  it('that change nothing say nothing', async () => {
    const all = rig(counter(ticking(() => undefined)));
    const client = await all.connect();
    await client.mount();
    expect(await client.advance(3_000)).toEqual([]);
  });

  it('do not pile up when one of them is slow', async () => {
    let running = 0;
    let most = 0;
    const finishers: (() => void)[] = [];
    const all = rig(
      counter(
        ticking(async () => {
          most = Math.max(most, ++running);
          await new Promise<void>((resolve) => {
            finishers.push(resolve);
          });
          running--;
          return undefined;
        }),
      ),
    );
    const client = await all.connect();
    await client.mount();
    await client.advance(10_000);
    expect(finishers).toHaveLength(1);
    finishers[0]?.();
    await client.advance(999);
    expect(finishers).toHaveLength(1);
    await client.advance(1);
    expect(finishers).toHaveLength(2);
    expect(most).toBe(1);
  });

  it('go on after one that throws', async () => {
    let calls = 0;
    const all = rig(
      counter(
        ticking((state) => {
          if (++calls === 1) throw new Error('secret');
          return { count: state.count + 1 };
        }),
      ),
    );
    const client = await all.connect();
    await client.mount();
    expect(await client.advance(1_000)).toMatchObject([{ type: 'error', code: 'event/failed' }]);
    expect(await client.advance(1_000)).toMatchObject([{ type: 'patch', source: 'tick' }]);
  });

  it('are not run when the browser left while they waited for their turn', async () => {
    let finish = (): void => {};
    const tick = vi.fn();
    const all = rig(
      counter({
        ...ticking(tick),
        events: {
          slow: () =>
            new Promise((resolve) => {
              finish = () => resolve({});
            }),
        },
      }),
    );
    const client = await all.connect();
    await client.mount();
    await client.event('slow', {}, 1);
    await client.advance(1_000);
    await client.drop();
    finish();
    await settled();
    expect(tick).not.toHaveBeenCalled();
  });
});

describe('presence', () => {
  const present: Spec = {
    mount: (ctx) => ctx.present('room', { name: ctx.params.name ?? '' }),
    info: {
      'presence:room': (_state, message) => ({
        names: (message.present as { name: string }[]).map(({ name }) => name),
      }),
    },
  };

  it('tells everybody who comes and who goes', async () => {
    const all = rig(counter(present));
    const ann = await all.connect();
    await ann.mount({ params: { name: 'ann' }, ext: { client_id: 'client-ann' } });
    expect(ann.shown).toContain('"ann"');

    const bob = await all.connect();
    await bob.mount({ params: { name: 'bob' }, ext: { client_id: 'client-bob' } });
    await ann.received();
    for (const client of [ann, bob])
      expect(client.shown).toBe(shownFor(counter(), { count: 0, names: ['ann', 'bob'] }));

    await bob.drop();
    await ann.received();
    expect(ann.shown).toBe(shownFor(counter(), { count: 0, names: ['ann'] }));
  });

  it('counts a page only while it is attached', async () => {
    const all = rig(counter(present));
    await all.get('/?name=crawler');
    const ann = await all.connect();
    await ann.mount({ params: { name: 'ann' } });
    expect(ann.shown).toBe(shownFor(counter(), { count: 0, names: ['ann'] }));
  });
});
