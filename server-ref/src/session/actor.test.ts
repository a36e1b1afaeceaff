import { LIMITS } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor, type TestClient } from '../../test/rig.ts';
import { type Counter, counter, schemaOf } from '../../test/views.ts';
import { memoryStore } from '../state/memory.ts';
import { on, type ViewSpec } from '../view/define-view.ts';
import { html } from '../view/html.ts';

type Spec = Partial<ViewSpec<Counter>>;

async function mounted(spec: Spec = {}, options: Parameters<typeof rig>[1] = {}) {
  const all = rig(counter(spec), options);
  const client = (await all.server) && (await all.connect());
  await client.mount();
  return { ...all, client };
}

/** A promise that a test settles. */
function gate<T = void>(): { opened: Promise<T>; open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('an event', () => {
  it('changes the state and is answered by a patch that names it and what is committed', async () => {
    const { client } = await mounted();
    expect(await client.event('add', {}, 1)).toEqual([
      {
        type: 'patch',
        version: 2,
        source: 'event',
        ref: 1,
        ack: 1,
        ops: [
          [2, expect.any(String), 'class', 'n-1'],
          [0, expect.any(String), 'Count: 1'],
        ],
      },
    ]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
  });

  it('that changes nothing is answered by a noop without a version', async () => {
    const { client } = await mounted({ events: { equal: (state) => ({ count: state.count }) } });
    for (const [ref, event] of [
      [1, 'same'],
      [2, 'equal'],
    ] as const) {
      expect(await client.event(event, {}, ref)).toEqual([
        { type: 'noop', source: 'event', event_name: event, ref, ack: ref },
      ]);
    }
    expect(client.version).toBe(1);
  });

  it('that changes the state but not the page is a noop too', async () => {
    const { client } = await mounted({ render: () => html`<p>always the same</p>` });
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'noop', ref: 1 }]);
  });

  it('gets its parameters through the schema', async () => {
    const { client } = await mounted();
    expect(await client.event('add_by', { by: 5 }, 1)).toMatchObject([{ type: 'patch' }]);
    expect(client.shown).toContain('Count: 5');
  });

  it('whose parameters the schema refuses is not run', async () => {
    const { client } = await mounted();
    expect(await client.event('add_by', { by: '5' }, 1)).toEqual([
      { type: 'error', error: 'The action was not understood.', code: 'event/params', ref: 1, ack: 1 },
    ]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', version: 2 }]);
    expect(client.shown).toContain('Count: 1');
  });

  it('of a bare function gets no parameters at all', async () => {
    const handle = vi.fn();
    const { client } = await mounted({ events: { bare: handle } });
    await client.event('bare', { role: 'admin' }, 1);
    expect(handle).toHaveBeenCalledWith(expect.anything(), {}, expect.anything());
  });

  it.each(['nope', 'constructor', 'to_string', 'then', 'mount', 'render'])(
    'that was not declared is refused: %s',
    async (name) => {
      const { client } = await mounted();
      expect(await client.event(name, {}, 1)).toEqual([
        { type: 'error', error: 'The page does not know this action.', code: 'event/unknown', ref: 1, ack: 1 },
      ]);
    },
  );

  it('without a ref is run and answered without one', async () => {
    const { client } = await mounted();
    const [patch] = await client.event('add');
    expect(patch).toMatchObject({ type: 'patch', version: 2 });
    expect(patch).not.toHaveProperty('ref');
    expect(patch).not.toHaveProperty('ack');
  });

  it('is run after the ones before it, however long they take', async () => {
    const first = gate();
    const { client } = await mounted({
      events: {
        slow: async (state) => {
          await first.opened;
          return { names: [...state.names, 'slow'] };
        },
      },
    });
    expect(
      await client.burst([
        { type: 'event', event: 'slow', params: {}, ref: 1 },
        { type: 'event', event: 'name', params: { name: 'fast' }, ref: 2 },
      ]),
    ).toEqual([]);
    first.open();
    expect(await client.received()).toMatchObject([{ ref: 1 }, { ref: 2 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 0, names: ['slow', 'fast'] }));
  });
});

describe('a handler that throws', () => {
  const failing: Spec = {
    events: {
      fail: () => {
        throw new Error('secret');
      },
      fail_later: async () => {
        await Promise.resolve();
        throw new Error('secret');
      },
      spoil: (state) => {
        (state.names as string[]).push('spoilt');
        return {};
      },
    },
  };

  it.each(['fail', 'fail_later'])('leaves the state as it was and is answered: %s', async (name) => {
    const { client, log } = await mounted(failing);
    await client.event('add', {}, 1);
    const [error] = await client.event(name, {}, 2);
    expect(error).toEqual({
      type: 'error',
      error: 'The action failed. Nothing was changed.',
      code: 'event/failed',
      id: expect.any(String),
      ref: 2,
      ack: 2,
    });
    expect(log.find((entry) => entry.id === (error as { id: string }).id)).toMatchObject({
      level: 'error',
      message: 'event/failed',
    });
    expect(await client.event('add', {}, 3)).toMatchObject([{ type: 'patch', version: 3 }]);
    expect(client.shown).toContain('Count: 2');
  });

  it('because it writes into the state is told so in development', async () => {
    const { client } = await mounted(failing, { isDevelopment: true });
    const [error] = await client.event('spoil', {}, 1);
    expect(error).toMatchObject({
      code: 'event/failed',
      at: 'spoil',
      event: 'spoil',
      traceback: expect.stringContaining('TypeError'),
    });
    expect(client.shown).not.toContain('spoilt');
  });

  it('because it writes into the state that all visitors begin with never reaches another visitor', async () => {
    const { client, connect } = await mounted(failing, { isDevelopment: false });
    expect(await client.event('spoil', {}, 1)).toMatchObject([{ code: 'event/failed' }]);
    const other = await connect();
    await other.mount({ ext: { client_id: 'client-two' } });
    expect(other.shown).not.toContain('spoilt');
  });

  it('drops what it wanted to push and broadcast', async () => {
    const heard = vi.fn();
    const { client, server } = await mounted({
      events: {
        fail: (_state, _params, ctx) => {
          ctx.push('pushed', {});
          ctx.flash('info', 'flashed');
          ctx.broadcast('topic', {});
          throw new Error('secret');
        },
      },
    });
    server.bus.subscribe('topic', heard);
    expect(await client.event('fail', {}, 1)).toMatchObject([{ type: 'error' }]);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('a render that throws', () => {
  const spec: Spec = {
    render: ({ count, names }) => {
      if (count === 1) throw new Error('secret');
      return html`<p>${count}</p><ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`;
    },
  };

  it('takes the state back, and the next event is as if nothing had been', async () => {
    const { client } = await mounted(spec);
    expect(await client.event('add', {}, 1)).toMatchObject([
      { type: 'error', code: 'view/render-failed', ref: 1, ack: 1 },
    ]);
    expect(await client.event('add_by', { by: 2 }, 2)).toMatchObject([{ type: 'patch', version: 2 }]);
    expect(client.shown).toBe(shownFor(counter(spec), { count: 2, names: [] }));
  });

  it('half way through a list leaves no half updated page', async () => {
    const half: Spec = {
      render: ({ names }) =>
        html`<ul>${names.map((name) => {
          if (name === 'bad') throw new Error('secret');
          return html`<li>${name}</li>`;
        })}</ul>`,
    };
    const { client } = await mounted({ ...half, events: { both: () => ({ names: ['x', 'bad'] }) } });
    await client.event('name', { name: 'a' }, 1);
    expect(await client.event('both', {}, 2)).toMatchObject([{ code: 'view/render-failed' }]);
    await client.event('name', { name: 'b' }, 3);
    expect(client.shown).toBe(shownFor(counter(half), { count: 0, names: ['a', 'b'] }));
  });

  it('in the title takes the page back with the state', async () => {
    const titled: Spec = {
      title: ({ count }) => {
        if (count === 1) throw new Error('secret');
        return `n ${count}`;
      },
    };
    const { client } = await mounted(titled);
    expect(await client.event('add', {}, 1)).toMatchObject([{ code: 'view/render-failed' }]);
    expect(await client.event('add_by', { by: 3 }, 2)).toMatchObject([
      { type: 'patch', version: 2 },
      { type: 'page_metadata', value: 'n 3' },
    ]);
    expect(client.shown).toBe(shownFor(counter(), { count: 3, names: [] }));
  });

  it('because a payload is no JSON is the same', async () => {
    const { client } = await mounted({
      events: {
        odd: (state, _params, ctx) => {
          ctx.push('odd', { value: 1n as unknown as number });
          return { count: state.count + 10 };
        },
      },
    });
    expect(await client.event('odd', {}, 1)).toMatchObject([{ type: 'error', ref: 1 }]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', version: 2 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
  });
});

describe('a handler that does not come back', () => {
  const stuck = (): Spec => ({ events: { stuck: () => new Promise(() => {}) } });

  it('is given up after 30 s, and the next event is run', async () => {
    const { client } = await mounted(stuck());
    await client.burst([
      { type: 'event', event: 'stuck', params: {}, ref: 1 },
      { type: 'event', event: 'add', params: {}, ref: 2 },
    ]);
    expect(await client.advance(LIMITS.handlerMs - 1)).toEqual([]);
    expect(await client.advance(1)).toMatchObject([
      { type: 'error', code: 'event/timeout', ref: 1, ack: 1 },
      { type: 'patch', ref: 2, version: 2 },
    ]);
  });

  it('is told by its signal, and what it answers later is dropped', async () => {
    const late = gate<Partial<Counter>>();
    let isAborted = false;
    const { client } = await mounted({
      events: {
        stuck: (_state, _params, ctx) => {
          ctx.signal.addEventListener('abort', () => {
            isAborted = true;
          });
          return late.opened;
        },
      },
    });
    await client.event('stuck', {}, 1);
    await client.advance(LIMITS.handlerMs);
    expect(isAborted).toBe(true);
    late.open({ count: 99 });
    await settled();
    await client.event('add', {}, 2);
    expect(client.shown).toContain('Count: 1');
  });

  it.each<[string, Spec]>([
    ['allow', { events: { guarded: on(schemaOf(Object), () => undefined, { allow: () => new Promise(() => {}) }) } }],
    [
      'a schema',
      {
        events: {
          guarded: on(
            { '~standard': { version: 1, vendor: 'test', validate: () => new Promise(() => {}) } },
            () => undefined,
          ),
        },
      },
    ],
  ])('is the same for %s that does not come back', async (_, spec) => {
    const { client } = await mounted(spec);
    await client.event('guarded', {}, 1);
    expect(await client.advance(LIMITS.handlerMs)).toMatchObject([{ type: 'error', code: 'event/timeout', ref: 1 }]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', ref: 2 }]);
  });
});

describe('an event that comes again', () => {
  it('is answered and not run twice', async () => {
    const { client } = await mounted();
    await client.event('add', {}, 1);
    await client.event('add_by', { by: 'x' }, 2);
    await client.event('same', {}, 3);
    expect(await client.event('add', {}, 1)).toEqual([{ type: 'noop', ref: 1, ack: 3 }]);
    expect(await client.event('add_by', { by: 'x' }, 2)).toMatchObject([
      { type: 'error', code: 'event/params', ref: 2 },
    ]);
    expect(await client.event('same', {}, 3)).toEqual([
      { type: 'noop', source: 'event', event_name: 'same', ref: 3, ack: 3 },
    ]);
    expect(client.shown).toContain('Count: 1');
  });

  it('while it still runs is answered once', async () => {
    const slow = gate();
    const { client } = await mounted({
      events: {
        slow: async (state) => {
          await slow.opened;
          return { count: state.count + 1 };
        },
      },
    });
    await client.event('slow', {}, 1);
    expect(await client.event('slow', {}, 1)).toEqual([]);
    slow.open();
    expect(await client.received()).toMatchObject([{ type: 'patch', ref: 1, ack: 1 }]);
    expect(client.shown).toContain('Count: 1');
  });

  it('behind a gap waits for what is missing', async () => {
    const { client } = await mounted();
    expect(await client.event('add', {}, 2)).toEqual([]);
    expect(await client.event('add', {}, 1)).toMatchObject([{ ref: 1, ack: 1 }]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ ref: 2, ack: 2 }]);
  });
});

describe('a full queue', () => {
  const spec = (opened: Promise<void>): Spec => ({
    events: {
      wait: async () => {
        await opened;
        return undefined;
      },
    },
  });

  /** In portions that the rate limit lets through. */
  async function flood(client: TestClient, from: number, to: number): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let ref = from; ref <= to; ref++) {
      if (ref % 50 === 0) await client.advance(1_000);
      answers.push(...(await client.event(ref === 1 ? 'wait' : 'add', {}, ref)));
    }
    return answers;
  }

  it('takes 64 events and says session/busy to one more', async () => {
    const first = gate();
    const { client } = await mounted(spec(first.opened));
    expect(await flood(client, 1, LIMITS.sessionQueue)).toEqual([]);
    expect(await client.event('add', {}, 65)).toEqual([
      { type: 'error', error: 'The page is still busy with earlier actions.', code: 'session/busy', ref: 65, ack: 0 },
    ]);
    first.open();
    expect(await client.received()).toHaveLength(LIMITS.sessionQueue);
    expect(client.shown).toContain('Count: 63');
  });

  it('does not hold up the events after it', async () => {
    const first = gate();
    const { client } = await mounted(spec(first.opened));
    await flood(client, 1, 66);
    first.open();
    await client.received();
    expect(await client.event('add', {}, 67)).toMatchObject([{ type: 'patch', ref: 67, ack: 67 }]);
    expect(await client.event('add', {}, 65)).toMatchObject([{ type: 'error', code: 'session/busy', ref: 65 }]);
    expect(client.shown).toContain('Count: 64');
  });

  it('refuses a change of the query too, and asks for the page only once', async () => {
    const first = gate();
    const { client } = await mounted(spec(first.opened));
    await flood(client, 1, LIMITS.sessionQueue);
    expect(await client.send({ type: 'url_change', params: {}, uri: '/?a=1' })).toMatchObject([
      { code: 'session/busy' },
    ]);
    await client.send({ type: 'request_html' });
    await client.send({ type: 'request_html' });
    first.open();
    const frames = await client.received();
    expect(frames.filter((frame) => frame.type === 'html_recovery')).toHaveLength(1);
  });

  it('drops a broadcast and says so in the log', async () => {
    const first = gate();
    const { client, server, log } = await mounted({
      ...spec(first.opened),
      mount: (ctx) => ctx.subscribe('topic'),
      info: { topic: (state) => ({ count: state.count + 100 }) },
    });
    await flood(client, 1, LIMITS.sessionQueue);
    server.bus.publish('topic', {});
    await settled();
    expect(log).toMatchObject([{ level: 'warn', topic: 'topic' }]);
    first.open();
    await client.received();
    expect(client.shown).toContain('Count: 63');
  });
});

describe('side frames', () => {
  const spec: Spec = {
    title: ({ count }) => (count > 1 ? 'Many' : 'Few'),
    events: {
      tell: (state, _params, ctx) => {
        ctx.push('confetti', { many: true });
        ctx.flash('success', 'Saved');
        return { count: state.count + 1 };
      },
      only_tell: (_state, _params, ctx) => ctx.flash('info', 'Hello'),
    },
  };

  it('follow the patch', async () => {
    const { client } = await mounted(spec);
    expect(await client.event('tell', {}, 1)).toMatchObject([
      { type: 'patch', version: 2, ref: 1 },
      { type: 'push_event', event: 'confetti', payload: { many: true } },
      { type: 'flash', action: 'put', level: 'success', message: 'Saved' },
    ]);
    expect(await client.event('tell', {}, 2)).toMatchObject([
      { type: 'patch', version: 3 },
      { type: 'push_event' },
      { type: 'flash' },
      { type: 'page_metadata', action: 'title', value: 'Many' },
    ]);
  });

  it('alone travel with an empty patch, so that a resume brings them back', async () => {
    const { client } = await mounted(spec);
    expect(await client.event('only_tell', {}, 1)).toMatchObject([
      { type: 'patch', ops: [], version: 2, ref: 1 },
      { type: 'flash', message: 'Hello' },
    ]);
  });

  it('of mount arrive behind the mount reply, once', async () => {
    const all = rig(counter({ mount: (ctx) => ctx.flash('info', 'Welcome'), title: 'Home' }));
    const client = await all.connect();
    expect(await client.mount()).toMatchObject([
      { type: 'mount', version: 1 },
      { type: 'page_metadata', value: 'Home' },
      { type: 'flash', message: 'Welcome' },
    ]);

    const page = await all.get();
    const adopter = await all.connect();
    const frames = await adopter.mount({ ext: { session: page.session, version: 1, client_id: 'client-two' } });
    expect(frames).toMatchObject([{ type: 'mount' }, { type: 'flash', message: 'Welcome' }, { type: 'noop' }]);

    await adopter.drop();
    const later = await all.connect();
    const again = await later.mount({ ext: { session: page.session, version: 1, client_id: 'client-two' } });
    expect(again).toMatchObject([{ type: 'mount', ext: { outcome: 'resumed' } }, { type: 'noop' }]);
  });
});

describe('a change of the query', () => {
  it('reaches the view with its new parameters', async () => {
    const seen: unknown[] = [];
    const { client } = await mounted({
      paramsChanged: (state, ctx) => {
        seen.push(ctx.params);
        return { count: state.count + 1 };
      },
    });
    expect(await client.send({ type: 'url_change', params: { page: '2' }, uri: '/?page=2' })).toMatchObject([
      { type: 'patch', event_name: 'url_change', version: 2 },
    ]);
    expect(seen).toEqual([{ page: '2' }]);
  });

  it('is answered even when the view does not care', async () => {
    const { client } = await mounted();
    expect(await client.send({ type: 'url_change', params: {}, uri: '/' })).toEqual([
      { type: 'noop', event_name: 'url_change' },
    ]);
  });
});

describe('the whole page on request', () => {
  it('brings a picture that went wrong up to date', async () => {
    const { client } = await mounted();
    await client.event('add', {}, 1);
    expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'html_recovery', version: 3 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', version: 4 }]);
    expect(client.shown).toContain('Count: 2');
  });

  it('may be asked for right after the mount, and more than once', async () => {
    const { client } = await mounted();
    for (let round = 0; round < 2; round++) {
      expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'html_recovery' }]);
    }
  });

  it('that cannot be rendered makes the browser reload', async () => {
    let isBroken = false;
    const { client } = await mounted({
      render: () => {
        if (isBroken) throw new Error('secret');
        return html`<p></p>`;
      },
    });
    isBroken = true;
    expect(await client.send({ type: 'request_html' })).toMatchObject([
      { type: 'error', code: 'view/render-failed', recoverable: false },
    ]);
  });
});

describe('a store', () => {
  it('gets state, version and last ref in one piece, before the browser hears of them', async () => {
    const commits: { version: number; lastRef: number; sent: number }[] = [];
    const store = memoryStore();
    const all = rig(counter(), {
      store: {
        ...store,
        commit: async (id, record) => {
          await Promise.resolve();
          commits.push({ version: record.version, lastRef: record.lastRef, sent: client.peer.texts.length });
          await store.commit(id, record);
        },
      },
    });
    const client: TestClient = await all.connect();
    await client.mount();
    const sent = client.peer.texts.length;
    commits.length = 0;
    await client.event('add', {}, 1);
    expect(commits).toEqual([{ version: 2, lastRef: 1, sent }]);
  });

  it('that fails takes the change back, and the event is answered by an error', async () => {
    let isDown = false;
    const store = memoryStore();
    const { client, log } = await mounted(
      {},
      {
        store: {
          ...store,
          commit: (id, record) => {
            if (isDown) throw new Error('redis is down');
            store.commit(id, record);
          },
        },
      },
    );
    isDown = true;
    expect(await client.event('add', {}, 1)).toMatchObject([
      { type: 'error', code: 'server/internal', ref: 1, ack: 1 },
    ]);
    expect(JSON.stringify(client.peer.texts)).not.toContain('redis');
    expect(log.length).toBeGreaterThan(0);
    isDown = false;
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', version: 2, ref: 2 }]);
    expect(client.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error', code: 'server/internal' }]);
  });

  it('keeps nothing of a session that ended, even when a handler was still at work', async () => {
    const slow = gate();
    const store = memoryStore();
    const { client, server } = await mounted(
      {
        events: {
          slow: async () => {
            await slow.opened;
            return { count: 5 };
          },
        },
      },
      { store },
    );
    await client.event('slow', {}, 1);
    expect(store.size).toBe(1);
    server.close();
    slow.open();
    await settled();
    expect(store.size).toBe(0);
  });

  it('keeps nothing of a session that ended while it was written', async () => {
    const slow = gate();
    const store = memoryStore();
    let isSlow = false;
    const { client, server } = await mounted(
      {},
      {
        store: {
          ...store,
          commit: async (id, record) => {
            if (isSlow) await slow.opened;
            await store.commit(id, record);
          },
        },
      },
    );
    isSlow = true;
    await client.event('add', {}, 1);
    server.close();
    await settled();
    slow.open();
    await settled();
    expect(store.size).toBe(0);
  });

  it('that fails to forget a session is logged and harms nothing', async () => {
    const store = memoryStore();
    const { server, log } = await mounted({}, { store: { ...store, delete: () => Promise.reject(new Error('down')) } });
    server.close();
    await settled();
    expect(log).toMatchObject([{ level: 'error', message: 'session task failed' }]);
  });
});

describe('a mistake of the view', () => {
  it('is logged once a session', async () => {
    const { client, log } = await mounted({
      render: ({ count }) => html`<ul>${[1, 1, count].map((key) => html`<a href=${`javascript:${key}`}></a>`)}</ul>`,
    });
    await client.event('add', {}, 1);
    await client.event('add', {}, 2);
    expect(log.filter((entry) => entry.code === 'template/unsafe-url')).toHaveLength(1);
  });
});
