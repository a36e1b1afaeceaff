import { LIMITS } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { shownFor } from '../../test/rig.ts';
import { gate, mounted, type Spec } from '../../test/sessions.ts';
import { type Counter, counter, schemaOf } from '../../test/views.ts';
import { on } from '../view/define-view.ts';
import { html } from '../view/html.ts';

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
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error', code: 'view/render-failed', ref: 1 }]);
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
      { type: 'error', code: 'event/timeout', ref: 1 },
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
