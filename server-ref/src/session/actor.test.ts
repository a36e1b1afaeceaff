import { describe, expect, it, vi } from 'vitest';
import { rig, shownFor } from '../../test/rig.ts';
import { gate, mounted, type Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { html } from '../view/html.ts';

describe('an event', () => {
  it('changes the state and is answered by a patch that names it and what is committed', async () => {
    const { client } = await mounted();
    expect(await client.event('add', {}, 1)).toEqual([
      {
        type: 'patch',
        version: 2,
        ref: 1,
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
      expect(await client.event(event, {}, ref)).toEqual([{ type: 'noop', source: 'event', event_name: event, ref }]);
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
      { type: 'error', error: 'The action was not understood.', code: 'event/params', ref: 1 },
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
        { type: 'error', error: 'The page does not know this action.', code: 'event/unknown', ref: 1 },
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
    expect(await client.event('same', {}, 3)).toEqual([{ type: 'noop', source: 'event', event_name: 'same', ref: 3 }]);
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
    expect(await client.received()).toMatchObject([{ type: 'patch', ref: 1 }]);
    expect(client.shown).toContain('Count: 1');
  });

  it('behind a gap waits for what is missing', async () => {
    const { client } = await mounted();
    expect(await client.event('add', {}, 2)).toEqual([]);
    expect(await client.event('add', {}, 1)).toMatchObject([{ ref: 1 }]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ ref: 2 }]);
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

  it('W37: of mount arrive behind the mount reply, once', async () => {
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
    expect(frames).toMatchObject([{ type: 'mount' }, { type: 'flash', message: 'Welcome' }]);

    await adopter.drop();
    const later = await all.connect();
    const again = await later.mount({ ext: { session: page.session, version: 1, client_id: 'client-two' } });
    expect(again).toMatchObject([{ type: 'mount', ext: { outcome: 'resumed' } }]);
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
