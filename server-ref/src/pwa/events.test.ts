import { LIMITS } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { createServer, type DjustServer, type ServerOptions } from '../server.ts';
import { clientStore } from '../state/client.ts';
import { defineView } from '../view/define-view.ts';
import { html } from '../view/html.ts';
import { Errand } from './errand.ts';
import { eventsEndpoint } from './events.ts';

const ORIGIN = 'https://app.example';
const CLIENT = 'tab-1234567';
const PAGE = { view: 'test.list', url: '/list', params: {} };

/** A list that outlives its sessions, and says what was done to it. */
function site(options: Partial<ServerOptions> = {}) {
  const done: string[] = [];
  const schema = {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
  } as const;
  const list = defineView({
    name: 'test.list',
    state: { size: 0 },
    events: (on) => ({
      add: on(schema, ({ size }, params) => {
        const { name } = params as { name: string };
        if (name === 'bad') throw new Error('not this one');
        done.push(name);
        return { size: size + 1 };
      }),
    }),
    render: ({ size }) => html`<p>${size}</p>`,
  });
  const server = createServer({ pages: { '/list': list }, log: () => {}, isDevelopment: false, ...options });
  const endpoint = eventsEndpoint(server);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    endpoint(
      new Request(`${ORIGIN}/djust/events`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-djust-events': '1', ...headers },
      }),
    );
  const send = async (session: string, events: unknown[], more: object = {}): Promise<Record<string, unknown>> => {
    const response = await post({ client: CLIENT, session, acked: 0, page: PAGE, events, ...more });
    return { status: response?.status, ...((await response?.json()) as object) };
  };
  return { done, server, post, send, session: () => sessionOf(server) };
}

/** A page that was opened and is gone. */
async function sessionOf(server: DjustServer): Promise<string> {
  const errand = await Errand.begin(server, new Request(`${ORIGIN}/ws/live/`, { headers: { origin: ORIGIN } }));
  const ext = { v: 1, features: ['ack', 'resume'], client_id: CLIENT, session: null, version: 0, ref: 0, acked: 0 };
  await errand.ask(null, { type: 'mount', ...PAGE, ext });
  errand.close();
  return errand.session;
}

const add = (ref: number, name = `e${ref}`): object => ({ event: 'add', params: { name }, ref });

describe('events of a page that is gone', () => {
  it('are done once and in their order, however often they come', async () => {
    const { done, send, session } = site();
    const id = await session();
    const events = [add(1), add(2), add(3)];
    expect(await send(id, events)).toEqual({ status: 200, session: id, isSame: true, acked: 3, done: 3, failed: [] });
    expect(await send(id, events)).toEqual({ status: 200, session: id, isSame: true, acked: 3, done: 3, failed: [] });
    expect(await send(id, [add(3), add(4)])).toMatchObject({ acked: 4, done: 2 });
    expect(done).toEqual(['e1', 'e2', 'e3', 'e4']);
  });

  it('that fail are named, and do not stop the others', async () => {
    const { done, send, session } = site();
    const id = await session();
    expect(await send(id, [add(1), add(2, 'bad'), add(3)])).toMatchObject({ acked: 3, done: 3, failed: [1] });
    expect(done).toEqual(['e1', 'e3']);
  });

  it('are not done in another session before its name is written down', async () => {
    const { done, send } = site();
    const { session, ...rest } = await send('gone', [add(1), add(2)]);
    expect(rest).toEqual({ status: 200, isSame: false, acked: 0, done: 0, failed: [] });
    expect(done).toEqual([]);
    expect(await send(session as string, [add(1), add(2)])).toMatchObject({ done: 2 });
    // Its answer was lost.
    expect(await send(session as string, [add(1), add(2)])).toMatchObject({ done: 2 });
    expect(done).toEqual(['e1', 'e2']);
  });

  it('are not those of another tab or of another site', async () => {
    const { done, send, session, post } = site();
    const id = await session();
    expect((await send(id, [add(1)], { client: 'tab-7654321' })).session).not.toBe(id);
    expect((await post({}, { origin: 'https://evil.example' }))?.status).toBe(403);
    expect((await post({}))?.status).toBe(400);
    expect(await send(id, [add(1)], { page: { ...PAGE, view: 'other' } })).toMatchObject({ status: 409 });
    expect(done).toEqual([]);
  });

  it('are done once where the browser keeps the session, which has another name after each change', async () => {
    const { done, send, session } = site({ store: clientStore({ keys: [{ id: 'k1', secret: 's'.repeat(32) }] }) });
    const name = await session();
    const first = await send(name, [add(1), add(2)]);
    expect(first).toMatchObject({ status: 200, isSame: true, acked: 2, done: 2 });
    expect(first.session).not.toBe(name);
    expect(await send(first.session as string, [add(3)])).toMatchObject({ isSame: true, acked: 3, done: 1 });
    // Its answer was lost.
    expect(await send(first.session as string, [add(3)])).toMatchObject({ isSame: true, acked: 3, done: 1 });
    expect(done).toEqual(['e1', 'e2', 'e3']);
    expect(await send('of another site', [add(1)])).toMatchObject({ isSame: false, done: 0 });
  });

  it('are asked for later when the server is full, ends, or cannot render the page now', async () => {
    const { done, server, send, session } = site();
    const id = await session();
    const request = new Request(`${ORIGIN}/ws/live/`, { headers: { origin: ORIGIN } });
    const others = await Promise.all(
      Array.from({ length: LIMITS.connectionsPerIp }, () => Errand.begin(server, request)),
    );
    expect(await send(id, [add(1)])).toMatchObject({ status: 503, code: 'events/later' });
    for (const other of others) other.close();
    expect(await send(id, [add(1)])).toMatchObject({ status: 200, done: 1 });
    await server.drain(0);
    expect(await send(id, [add(2)])).toMatchObject({ status: 503, code: 'events/later' });
    const broken = site({
      principal: () => {
        throw new Error('the database is away');
      },
    });
    expect(await broken.send('any', [add(1)])).toMatchObject({ status: 503 });
    expect(done).toEqual(['e1']);
  });

  it('come fifty at a time at most, within the rate of a connection', async () => {
    const { done, send, session } = site();
    const id = await session();
    const events = Array.from({ length: 51 }, (_, at) => add(at + 1));
    expect(await send(id, events)).toMatchObject({ status: 413, code: 'events/too-many' });
    expect(await send(id, events.slice(0, 50))).toMatchObject({ done: 50 });
    expect(done).toHaveLength(50);
  });
});
