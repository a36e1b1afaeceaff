import { LIMITS } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor, type TestClient } from '../../test/rig.ts';
import { gate, mounted, type Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { memoryStore } from '../state/memory.ts';

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
    expect(await client.event('add', {}, 67)).toMatchObject([{ type: 'patch', ref: 67 }]);
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

describe('a store', () => {
  it('gets state, version and last ref in one piece, before the browser hears of them', async () => {
    const commits: { version: number; lastRef: number; sent: number }[] = [];
    const store = memoryStore();
    const all = rig(counter(), {
      store: {
        ...store,
        commit: async (id, record, token) => {
          await Promise.resolve();
          commits.push({ version: record.version, lastRef: record.lastRef, sent: client.peer.texts.length });
          return store.commit(id, record, token);
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
          commit: (id, record, token) => {
            if (isDown) throw new Error('redis is down');
            return store.commit(id, record, token);
          },
        },
      },
    );
    isDown = true;
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error', code: 'server/internal', ref: 1 }]);
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
          commit: async (id, record, token) => {
            if (isSlow) await slow.opened;
            return store.commit(id, record, token);
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
