import type { JsonObject, ServerFrame } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import type { TestClient } from '../../test/rig.ts';
import { adopted, mounted, type Spec } from '../../test/sessions.ts';
import { html } from '../view/html.ts';

const DEVELOPMENT = { isDevelopment: true };

type Any = Record<string, unknown>;

/** Asks as the panel does; the answer has the same id. */
async function ask(client: TestClient, type: string, fields: object = {}): Promise<Any> {
  const frames = (await client.send({ type, id: 7, ...fields })) as unknown as Any[];
  return frames.find(({ id }) => id === 7) ?? {};
}

async function watched(spec: Spec = {}): Promise<Awaited<ReturnType<typeof adopted>>> {
  const all = await adopted(spec, DEVELOPMENT);
  await ask(all.client, 'dev:subscribe');
  return all;
}

const opsOf = (frames: ServerFrame[]): unknown =>
  (frames.find(({ type }) => type === 'patch') as { ops?: unknown })?.ops ?? null;

describe('a server in production', () => {
  it.each(['dev:subscribe', 'dev:state', 'dev:set', 'dev:replay', 'dev:travel'])(
    'refuses %s and goes on',
    async (type) => {
      const { client } = await mounted();
      expect(await client.send({ type, id: 1, path: ['count'], value: 99, refs: [1], node: 0 })).toEqual([
        { type: 'error', error: expect.any(String), code: 'frame/unknown-type' },
      ]);
      expect(opsOf(await client.event('add', {}, 1))).not.toBeNull();
      expect(client.hello[0]).not.toHaveProperty('dev');
    },
  );

  it('gives its traces to whoever wants them, and remembers no state', async () => {
    const names: string[] = [];
    const { client } = await mounted(
      {},
      { onTrace: ({ name, spans }) => names.push(name, ...spans.map((one) => one.name)) },
    );
    await client.event('add', {}, 1);
    expect(names).toEqual(['add', 'guard', 'handler', 'render', 'diff', 'encode', 'commit']);
    expect(await client.send({ type: 'dev:history', id: 1 })).toMatchObject([{ code: 'frame/unknown-type' }]);
  });
});

describe('a server in development', () => {
  it('sends what production sends, byte by byte, as long as no panel is open', async () => {
    const frames = async (isDevelopment: boolean): Promise<string[]> => {
      const { client, session } = await adopted({ title: ({ count }) => `${count}` }, { isDevelopment });
      for (const [at, event] of ['add', 'same', 'name', 'add'].entries())
        await client.event(event, { name: 'ada' }, at + 1);
      return client.peer.texts.slice(1).map((text) => text.replaceAll(session, 'SESSION'));
    };
    expect(await frames(true)).toEqual(await frames(false));
    expect((await frames(true)).length).toBeGreaterThan(5);
  });

  it('tells an open panel of each event by its ref, and a closed one nothing', async () => {
    const { client } = await watched();
    const frames = (await client.event('add_by', { by: 2 }, 1)) as unknown as Any[];
    const told = frames.find(({ type }) => type === 'dev:event');
    expect(told).toMatchObject({ ref: 1, event: 'add_by', delta: [{ path: 'count', before: '0', after: '2' }] });
    expect(((told?.spans ?? []) as Any[]).map(({ name }) => name)).toEqual([
      'guard',
      'handler',
      'render',
      'diff',
      'encode',
      'commit',
    ]);
    await client.send({ type: 'dev:unsubscribe' });
    expect((await client.event('add', {}, 2)).map(({ type }) => type)).toEqual(['patch']);
  });

  it('keeps what it tells of one event under 16 KiB', async () => {
    const { client } = await watched({
      events: { swell: () => ({ names: Array.from({ length: 40 }, (_, at) => `${at}`.repeat(800)) }) },
    });
    await client.event('swell', {}, 1);
    const told = client.peer.texts.filter((text) => text.startsWith('{"type":"dev:event"'));
    expect(told).toHaveLength(1);
    for (const text of told) expect(text.length).toBeLessThanOrEqual(16_384);
  });

  it('answers nobody who has not subscribed, and nothing that it does not know', async () => {
    const { client } = await adopted({}, DEVELOPMENT);
    expect(await ask(client, 'dev:state')).toMatchObject({ type: 'dev:refused', reason: 'Subscribe first.' });
    await ask(client, 'dev:subscribe');
    expect(await ask(client, 'dev:nonsense')).toMatchObject({ type: 'dev:refused' });
    expect(await ask(client, 'dev:toString')).toMatchObject({ type: 'dev:refused' });
    expect(await ask(client, 'dev:state', { path: ['__proto__'] })).toMatchObject({ type: 'dev:refused' });
  });

  it('gives any part of the state as JSON, whole but for its secrets, and not too much of it', async () => {
    const long = 'x'.repeat(3_000);
    const state = (more: object): Spec => ({ mount: () => more as never });
    const { client } = await watched(state({ deep: { list: [long], apiKey: 'k', huge: [] } }));
    const json = async (path: string[]): Promise<unknown> => {
      const { text } = await ask(client, 'dev:json', { path });
      return JSON.parse(String(text));
    };
    expect(await json(['deep'])).toEqual({ list: [long], apiKey: '[redacted]', huge: [] });
    expect(await json(['deep', 'list', '0'])).toBe(long);
    expect(await json([])).toMatchObject({ count: 0, deep: { apiKey: '[redacted]' } });
    expect(await ask(client, 'dev:json', { path: ['deep', 'apiKey'] })).toMatchObject({ type: 'dev:refused' });
    expect(await ask(client, 'dev:json', { path: ['none'] })).toMatchObject({ type: 'dev:refused' });
    const { client: other } = await watched(state({ big: 'y'.repeat(600_000) }));
    expect(await ask(other, 'dev:json', { path: ['big'] })).toMatchObject({
      reason: expect.stringContaining('a part'),
    });
  });

  it('says which handlers there are, and checks parameters as it would for an event', async () => {
    const { client } = await adopted({}, DEVELOPMENT);
    const welcome = await ask(client, 'dev:subscribe');
    expect((welcome.handlers as Any[]).map(({ name }) => name)).toEqual(['add', 'add_by', 'name', 'same']);
    expect(await ask(client, 'dev:check', { event: 'add_by', params: { by: 'x' } })).toMatchObject({
      fault: expect.stringContaining('event/params /params/by'),
    });
    expect(await ask(client, 'dev:check', { event: 'add_by', params: { by: 1 } })).toEqual({
      type: 'dev:checked',
      id: 7,
    });
  });

  it('lets handlers wait on request, ten seconds at most', async () => {
    const { client } = await watched();
    expect(await ask(client, 'dev:delay', { ms: 1e9 })).toMatchObject({ type: 'dev:delay', ms: 10_000 });
    expect(await ask(client, 'dev:delay', { ms: 400 })).toMatchObject({ ms: 400 });
    expect(await client.event('add', {}, 1)).toEqual([]);
    // Whoever comes behind it waits too, and again for itself.
    expect(await client.event('add', {}, 2)).toEqual([]);
    const types = async (ms: number): Promise<string[]> =>
      ((await client.advance(ms)) as unknown as Any[]).map(({ type }) => String(type));
    expect(await types(399)).toEqual([]);
    expect(await types(1)).toEqual(['patch', 'dev:event']);
    expect(await types(400)).toEqual(['patch', 'dev:event']);
    await ask(client, 'dev:delay', { ms: 'soon' });
    expect(opsOf(await client.event('add', {}, 3))).not.toBeNull();
  });

  it('says where a handler was written', async () => {
    const { client } = await watched();
    expect(await ask(client, 'dev:handler', { event: 'add' })).toMatchObject({
      type: 'dev:handler',
      file: expect.stringContaining('views.ts'),
      line: expect.any(Number),
    });
    expect(await ask(client, 'dev:handler', { event: 'toString' })).toMatchObject({ type: 'dev:refused' });
  });

  it('sets a field of the state, and shows it', async () => {
    const { client } = await watched();
    expect(await ask(client, 'dev:set', { path: ['count'], value: 41 })).toMatchObject({ type: 'dev:set' });
    await client.event('add', {}, 1);
    expect(client.shown).toContain('Count: 42');
    expect(await ask(client, 'dev:set', { path: ['colour'], value: 5 })).toMatchObject({ type: 'dev:refused' });
    expect(client.shown).toContain('Count: 42');
  });
});

describe('a replay on a fork', () => {
  it('of a whole session gives the very patches that were sent, and leaves the live state alone', async () => {
    const { client } = await watched();
    const sent: unknown[] = [];
    const events: [string, JsonObject][] = [
      ['add', {}],
      ['name', { name: 'ada' }],
      ['add_by', { by: 5 }],
      ['same', {}],
      ['name', { name: 'charles' }],
      ['add', {}],
    ];
    for (const [at, [event, params]] of events.entries()) sent.push(opsOf(await client.event(event, params, at + 1)));
    const shown = client.shown;
    const { steps } = (await ask(client, 'dev:replay', { refs: [1, 2, 3, 4, 5, 6] })) as {
      steps: { isSame: boolean; ops: unknown }[];
    };
    expect(steps.map(({ isSame }) => isSame)).toEqual([true, true, true, true, true, true]);
    expect(steps.map(({ ops }) => ops)).toEqual(sent);
    expect(client.shown).toBe(shown);
    expect(opsOf(await client.event('add', {}, 7))).not.toBeNull();
    expect(client.shown).toContain('Count: 8');
  });

  it('tells what other parameters would have done', async () => {
    const { client } = await watched();
    await client.event('add_by', { by: 2 }, 1);
    const { steps } = (await ask(client, 'dev:replay', { refs: [1], params: { by: 30 } })) as { steps: Any[] };
    expect(steps).toMatchObject([{ isSame: false, delta: [{ path: 'count', before: '2', after: '30' }] }]);
    expect(client.shown).toContain('Count: 2');
  });

  it('has no effect on anybody, and tells the handler that it is one', async () => {
    const heard: unknown[] = [];
    const replays: unknown[] = [];
    const { client, server } = await watched({
      events: {
        shout: (state, _params, ctx) => {
          replays.push(ctx.replay);
          ctx.broadcast('room', { said: 1 });
          ctx.flash('info', 'Hello');
          return { count: state.count + 1 };
        },
      },
    });
    server.bus.subscribe('room', (message) => void heard.push(message));
    await client.event('shout', {}, 1);
    expect(heard).toHaveLength(1);
    await ask(client, 'dev:replay', { refs: [1] });
    expect([heard.length, replays]).toEqual([1, [undefined, true]]);
  });

  it('is refused by a handler that must not run twice, with the reason', async () => {
    let runs = 0;
    const pay = {
      schema: undefined,
      replay: 'deny',
      handle: () => {
        runs++;
        return { count: 1 };
      },
    } as const;
    const { client } = await watched({ events: { pay } });
    await client.event('pay', {}, 1);
    const { steps } = (await ask(client, 'dev:replay', { refs: [1] })) as { steps: Any[] };
    expect(steps).toMatchObject([{ reason: 'pay refuses to be replayed' }]);
    expect(runs).toBe(1);
  });
});

describe('time travel', () => {
  it('shows the past without running anything, holds events back, and returns to the same state', async () => {
    let runs = 0;
    const { client } = await watched({
      events: {
        add: (state) => {
          runs++;
          return { count: state.count + 1 };
        },
      },
    });
    for (const ref of [1, 2, 3]) await client.event('add', {}, ref);
    const before = JSON.stringify(await ask(client, 'dev:state'));
    await ask(client, 'dev:travel', { node: 1 });
    expect(client.shown).toContain('Count: 1');
    expect((await client.event('add', {}, 4))[0]).toMatchObject({ code: 'debug/travelling', ref: 4 });
    await ask(client, 'dev:travel', { node: null });
    expect(client.shown).toContain('Count: 3');
    expect(JSON.stringify(await ask(client, 'dev:state'))).toBe(before);
    expect(runs).toBe(3);
    await client.event('add', {}, 5);
    expect(client.shown).toContain('Count: 4');
  });

  it('ends when the page comes back over another connection', async () => {
    const all = await watched();
    for (const ref of [1, 2]) await all.client.event('add', {}, ref);
    await ask(all.client, 'dev:travel', { node: 0 });
    expect(all.client.shown).toContain('Count: 0');
    await all.client.drop();
    const again = await all.connect();
    await again.mount({ ext: { session: all.session, version: 0, ref: 2, acked: 2 } });
    expect(again.shown).toContain('Count: 2');
    expect((await again.event('add', {}, 3))[0]).toMatchObject({ type: 'patch' });
    expect(again.shown).toContain('Count: 3');
  });

  it('lets other people’s changes wait for the present', async () => {
    const { client, server } = await watched({
      mount: (ctx) => ctx.subscribe('room'),
      info: { room: (state) => ({ count: state.count + 100 }) },
    });
    await client.event('add', {}, 1);
    await ask(client, 'dev:travel', { node: 0 });
    server.bus.publish('room', {});
    await client.received();
    expect(client.shown).toContain('Count: 0');
    await ask(client, 'dev:travel', { node: null });
    expect(client.shown).toContain('Count: 101');
  });

  it('goes on from the past as a branch, and keeps the other one', async () => {
    const { client } = await watched();
    for (const ref of [1, 2, 3]) await client.event('add', {}, ref);
    await ask(client, 'dev:travel', { node: 1 });
    await ask(client, 'dev:branch');
    await client.event('add_by', { by: 50 }, 4);
    expect(client.shown).toContain('Count: 51');
    const { nodes, head } = (await ask(client, 'dev:history')) as {
      nodes: { node: number; parent: number | null; name: string }[];
      head: number;
    };
    const parents = new Map(nodes.map(({ node, parent }) => [node, parent]));
    expect(parents.get(head)).not.toBe(3);
    expect(nodes.map(({ name }) => name)).toEqual(['mount', 'add', 'add', 'add', 'async', 'add_by']);
    expect(parents.get(4)).toBe(1);
    await ask(client, 'dev:travel', { node: 3 });
    expect(client.shown).toContain('Count: 3');
  });

  it('over 100 events of a state of 100 KB holds what changed, not copies', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({ at, text: 'x'.repeat(1_000) }));
    const seen = new Set<unknown>();
    const { client } = await watched({
      state: { count: 0, names: [], rows } as never,
      render: (state) => {
        seen.add((state as unknown as { rows: unknown }).rows);
        return html`<p>Count: ${state.count}</p>`;
      },
    });
    for (let ref = 1; ref <= 100; ref++) {
      await client.advance(50);
      await client.event('add', {}, ref);
    }
    const { nodes } = (await ask(client, 'dev:history')) as { nodes: unknown[] };
    expect(nodes).toHaveLength(101);
    await ask(client, 'dev:travel', { node: 0 });
    expect(client.shown).toContain('Count: 0');
    // Every state that was rendered, those of the past too, has the very same rows.
    expect(seen.size).toBe(1);
  });
});

describe('what a template does wrong, and how long steps take', () => {
  const list: Spec = {
    render: ({ count }) => html`<ul>${Array.from({ length: 12 }, (_, at) => html`<li>${count + at}</li>`)}</ul>`,
  };

  it('is told once, and to a panel that comes later too', async () => {
    const { client } = await watched(list);
    const frames = (await client.event('add', {}, 1)) as unknown as Any[];
    expect(frames.filter(({ type }) => type === 'dev:warning')).toMatchObject([
      { code: 'template/unkeyed-list', at: expect.stringContaining('<li>'), hint: expect.stringContaining('repeat') },
    ]);
    const again = (await client.event('add', {}, 2)) as unknown as Any[];
    expect(again.filter(({ type }) => type === 'dev:warning')).toEqual([]);
    expect(await ask(client, 'dev:subscribe')).toMatchObject({ warnings: [{ code: 'template/unkeyed-list' }] });
  });

  it('is summed up by the name of the step', async () => {
    const { client } = await watched();
    for (let ref = 1; ref <= 5; ref++) await client.event('add', {}, ref);
    const { spans } = (await ask(client, 'dev:spans')) as { spans: { name: string; count: number; p95: number }[] };
    expect(spans.find(({ name }) => name === 'handler')).toMatchObject({ count: 5, p95: expect.any(Number) });
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['event add', 'guard', 'render', 'commit']));
  });
});

describe('a rule of the server’s own for secrets', () => {
  const secret: Spec = { state: { count: 0, names: [], salary: 4_711, password: 'open' } as never };

  it('hides what it names, in the state, in changes and on the way to a field', async () => {
    const { client } = await adopted(secret, { isDevelopment: true, redact: /salary/gi });
    await ask(client, 'dev:subscribe');
    for (let time = 0; time < 3; time++) {
      const text = JSON.stringify(await ask(client, 'dev:state', { path: [] }));
      expect(text).not.toContain('4711');
      expect(text).toContain('open');
    }
    expect(await ask(client, 'dev:state', { path: ['salary'] })).toMatchObject({ type: 'dev:refused' });
    expect(await ask(client, 'dev:set', { path: ['salary'], value: 1 })).toMatchObject({ type: 'dev:refused' });
  });

  it('is the usual one where there is none', async () => {
    const { client } = await adopted(secret, { isDevelopment: true });
    await ask(client, 'dev:subscribe');
    const text = JSON.stringify(await ask(client, 'dev:state', { path: [] }));
    expect([text.includes('4711'), text.includes('open')]).toEqual([true, false]);
  });
});
