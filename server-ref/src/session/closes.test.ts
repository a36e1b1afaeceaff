import { CLOSE } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { sharedStore } from '../../test/shared-store.ts';
import { counter } from '../../test/views.ts';
import { memoryBus } from '../bus/bus.ts';

const ext = (session: string, version: number, acked: number) => ({ session, version, acked, ref: acked });
const asUser = (id: string) => ({ headers: { 'x-user': id } });
const principal = (request: Request) => {
  const id = request.headers.get('x-user');
  return id === null ? null : { id };
};

describe('4400', () => {
  it('is for whom sends what is no JSON object, the third time', async () => {
    const client = await rig(counter()).connect();
    for (const text of ['hello', '42']) {
      await client.send(text);
      expect(client.closedWith).toBeUndefined();
    }
    await client.send('GET / HTTP/1.1');
    expect(client.closedWith).toBe(CLOSE.protocol);
  });

  it('is not for frames that are only unknown, or wrong: a newer client may send such', async () => {
    const client = await rig(counter()).connect();
    for (let times = 0; times < 10; times++) await client.send('{"type":"telepathy"}');
    for (let times = 0; times < 10; times++) await client.send('{"type":"event"}');
    await settled();
    expect(client.closedWith).toBeUndefined();
  });
});

describe('4401', () => {
  it('is for the sockets of a person who signs out, in all processes, and for nobody else', async () => {
    const bus = memoryBus();
    const store = sharedStore();
    const nodes = [rig(counter(), { bus, store, principal }), rig(counter(), { bus, store, principal })] as const;
    const [here, there, other, guest] = await Promise.all([
      nodes[0].connect(asUser('ada')),
      nodes[1].connect(asUser('ada')),
      nodes[1].connect(asUser('grace')),
      nodes[0].connect(),
    ]);
    for (const client of [here, there, other, guest]) await client?.mount();
    expect(nodes.map(({ server }) => server.sessionCount)).toEqual([2, 2]);
    nodes[0].server.signOut('ada');
    await settled();
    expect([here, there, other, guest].map((client) => client?.closedWith)).toEqual([
      CLOSE.sessionGone,
      CLOSE.sessionGone,
      undefined,
      undefined,
    ]);
    expect(nodes.map(({ server }) => server.sessionCount)).toEqual([1, 1]);
  });

  it('leaves nothing to take up, for a session without a connection either', async () => {
    const { server, connect } = rig(counter(), { principal });
    const client = await connect(asUser('ada'));
    const [reply] = await client.mount();
    const { session } = (reply as { ext: { session: string } }).ext;
    await client.event('add', {}, 1);
    await client.drop();
    server.signOut('ada');
    await settled();
    const again = await connect(asUser('ada'));
    expect(await again.mount({ ext: ext(session, 2, 1) })).toMatchObject([
      { type: 'mount', ext: { outcome: 'mounted', reason: 'session/unknown' } },
    ]);
  });
});

describe('4404', () => {
  it('is for a page that was shown once and whose view is gone', async () => {
    const store = sharedStore();
    const before = rig(counter({ name: 'test.old' }), { store });
    const client = await before.connect();
    const [reply] = await client.mount({ view: 'test.old' });
    const { session } = (reply as { ext: { session: string } }).ext;
    before.server.close();
    const again = await rig(counter(), { store }).connect();
    expect(await again.mount({ view: 'test.old', ext: ext(session, 1, 0) })).toEqual([]);
    expect(again.closedWith).toBe(CLOSE.unknownView);
  });

  it('is not for one that never was: the error says what is wrong', async () => {
    const client = await rig(counter()).connect();
    expect(await client.mount({ view: 'test.none' })).toMatchObject([{ type: 'error', code: 'view/unknown' }]);
    expect(client.closedWith).toBeUndefined();
  });
});

describe('4409', () => {
  it('is for a page of another build, once; its session goes on with the page that follows', async () => {
    const store = sharedStore();
    const before = rig(counter(), { store, build: 'a' });
    const client = await before.connect();
    const [reply] = await client.mount();
    const { session } = (reply as { ext: { session: string } }).ext;
    for (const ref of [1, 2]) await client.event('add', {}, ref);
    before.server.close();

    const after = rig(counter(), { store, build: 'b' });
    const outdated = await after.connect();
    expect(await outdated.mount({ ext: ext(session, 3, 2) })).toEqual([]);
    expect(outdated.closedWith).toBe(CLOSE.buildMismatch);

    const fresh = await after.connect();
    const mark = (ack: number) => [{ type: 'mount', ext: { session, ack } }];
    expect(await fresh.mount({ ext: ext(session, 3, 2) })).toMatchObject(mark(2));
    expect(fresh.closedWith).toBeUndefined();
    expect(await fresh.event('add', {}, 3)).toMatchObject([{ type: 'patch', ref: 3 }]);
    expect(fresh.shown).toBe(shownFor(counter(), { count: 3, names: [] }));
    after.server.close();

    // While both builds are there, it may come back to the first one; that is no reason any more.
    const back = await rig(counter(), { store, build: 'a' }).connect();
    expect(await back.mount({ ext: ext(session, 5, 3) })).toMatchObject(mark(3));
    expect(back.closedWith).toBeUndefined();
  });

  it('is for nobody where nobody names builds', async () => {
    const store = sharedStore();
    const before = rig(counter(), { store });
    const client = await before.connect();
    const [reply] = await client.mount();
    const { session } = (reply as { ext: { session: string } }).ext;
    before.server.close();
    const again = await rig(counter(), { store }).connect();
    expect(await again.mount({ ext: ext(session, 1, 0) })).toMatchObject([
      { type: 'mount', ext: { outcome: 'resumed' } },
    ]);
    expect(again.closedWith).toBeUndefined();
  });
});
