import { CLOSE, LIMITS } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { tracked } from '../../test/fake-clock.ts';
import { type Rig, rig, shownFor, type TestClient } from '../../test/rig.ts';
import type { Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { type ClientStoreOptions, clientStore } from '../state/client.ts';
import type { Seals, StateStore } from '../state/store.ts';

const keys = [{ id: 'k1', secret: 'a secret of more than thirty characters' }];

/** Encryption happens in another thread. */
function storeOf(options: Partial<ClientStoreOptions> = {}): StateStore {
  const store = clientStore({ keys, ...options });
  const { seal, open, renewMs } = store.seals as Seals;
  const seals: Seals = {
    renewMs,
    seal: (session) => tracked(seal(session)),
    open: (sealed, isTheirs) => tracked(open(sealed, isTheirs)),
  };
  return { ...store, seals };
}

/** Processes that share nothing but a key. */
function nodes(count: number, spec: Spec = {}, builds: readonly string[] = []) {
  let mounts = 0;
  const view = counter({
    ...spec,
    mount: (context, state) => {
      mounts++;
      return spec.mount?.(context, state);
    },
  });
  const all = Array.from({ length: count }, (_, at) => {
    const node: { rig?: Rig } = {};
    const clock = { now: () => node.rig?.clock.now() ?? 0, after: () => () => {}, id: () => '' };
    const made = rig(view, { store: storeOf({ clock }), ...(builds[at] !== undefined && { build: builds[at] }) });
    node.rig = made;
    return made;
  });
  return { all: all as [Rig, Rig, Rig], mounts: () => mounts };
}

/** The name of the session as the browser has it. */
function nameOf(client: TestClient): string {
  const said = client.peer.texts.map((text) => JSON.parse(text) as { session?: string; ext?: { session?: string } });
  return said.map(({ session, ext }) => session ?? ext?.session).findLast((name) => name !== undefined) as string;
}

const ext = (session: string, version: number, acked: number, ref = acked) => ({ session, version, acked, ref });

/** A page of the first process, with a browser that did `count` things. */
async function visited(one: Rig, count: number): Promise<TestClient> {
  const page = await one.get();
  const client = (await one.connect()).show(page);
  await client.mount({ ext: ext(page.session, 1, 0) });
  for (let ref = 1; ref <= count; ref++) await client.event('add', {}, ref);
  return client;
}

describe('a session that its browser keeps', () => {
  it('is adopted by any process, without a second mount and without HTML', async () => {
    const { all, mounts } = nodes(2);
    const page = await all[0].get();
    const client = (await all[1].connect()).show(page);
    const frames = await client.mount({ ext: ext(page.session, 1, 0) });
    const reply = frames.find(({ type }) => type === 'mount');
    expect(reply).toMatchObject({ version: 1, ext: { outcome: 'adopted', session: nameOf(client) } });
    expect(reply).not.toHaveProperty('html');
    expect(mounts()).toBe(1);
  });

  it('has its new name before the answer that it speaks for', async () => {
    const { all } = nodes(1);
    const client = await visited(all[0], 0);
    const before = nameOf(client);
    const frames = await client.event('add', {}, 1);
    expect(frames).toMatchObject([
      { type: 'noop', session: expect.stringMatching(/^1\.k1\./) },
      { type: 'patch', version: 2, ref: 1 },
    ]);
    expect(nameOf(client)).not.toBe(before);
  });

  it('goes on in a process that never saw it, and what was done is not done again', async () => {
    const { all, mounts } = nodes(3);
    const first = await visited(all[0], 2);
    // The name arrived, the answer to ref 3 did not: the process is gone.
    await first.event('add', {}, 3);
    const second = await all[1].connect();
    await second.mount({ ext: ext(nameOf(first), 3, 2, 3) });
    expect(second.shown).toBe(shownFor(counter(), { count: 3, names: [] }));
    expect(await second.event('add', {}, 3)).toMatchObject([{ type: 'noop', ref: 3 }]);
    await second.event('add', {}, 4);
    const third = await all[2].connect();
    await third.mount({ ext: ext(nameOf(second), second.version, 4) });
    expect(third.shown).toBe(shownFor(counter(), { count: 4, names: [] }));
    expect(mounts()).toBe(1);
  });

  it('takes an event whose outcome never arrived for one that did not happen', async () => {
    const { all } = nodes(2);
    const first = await visited(all[0], 2);
    const name = nameOf(first);
    first.peer.cut(first.peer.texts.length);
    await first.event('add', {}, 3);
    const second = await all[1].connect();
    await second.mount({ ext: ext(name, 3, 2, 3) });
    expect(await second.event('add', {}, 3)).toContainEqual(expect.objectContaining({ type: 'patch', ref: 3 }));
    expect(second.shown).toBe(shownFor(counter(), { count: 3, names: [] }));
  });

  it('comes back to a process that still has an older picture of it', async () => {
    const { all } = nodes(2);
    const first = await visited(all[0], 1);
    await first.drop();
    const second = await all[1].connect();
    await second.mount({ ext: ext(nameOf(first), 2, 1) });
    await second.event('add', {}, 2);
    await second.drop();
    const third = await all[0].connect();
    await third.mount({ ext: ext(nameOf(second), second.version, 2) });
    expect(third.shown).toBe(shownFor(counter(), { count: 2, names: [] }));
  });

  it('goes on in a process of another build, with its name for that, when its page was loaded anew', async () => {
    const { all } = nodes(2, {}, ['a', 'b']);
    const first = await visited(all[0], 2);
    const outdated = await all[1].connect();
    await outdated.mount({ ext: ext(nameOf(first), 3, 2) });
    expect(outdated.closedWith).toBe(CLOSE.buildMismatch);
    const fresh = await all[1].connect();
    const frames = await fresh.mount({ ext: ext(nameOf(outdated), 3, 2) });
    expect(frames.find(({ type }) => type === 'mount')).toMatchObject({ ext: { ack: 2 } });
    expect(fresh.shown).toBe(shownFor(counter(), { count: 2, names: [] }));
    expect(fresh.closedWith).toBeUndefined();
  });

  it('resumes in the process that has it, without its HTML', async () => {
    const { all } = nodes(1);
    const first = await visited(all[0], 1);
    const name = nameOf(first);
    await first.drop();
    const again = await all[0].connect();
    const frames = await again.mount({ ext: ext(name, 2, 1) });
    const reply = frames.find(({ type }) => type === 'mount');
    expect(reply).toMatchObject({ version: 2, ext: { outcome: 'resumed', ack: 1 } });
    expect(reply).not.toHaveProperty('html');
  });

  it('does not go back to what it was, once a later state was handed in', async () => {
    const { all } = nodes(2);
    const first = await visited(all[0], 1);
    const old = nameOf(first);
    await first.event('add', {}, 2);
    const second = await all[1].connect();
    await second.mount({ ext: ext(nameOf(first), 3, 2) });
    await second.drop();
    // It is still there: an old name leads to it, not back.
    const again = await all[1].connect();
    await again.mount({ ext: ext(old, 2, 1) });
    expect(again.shown).toBe(shownFor(counter(), { count: 2, names: [] }));
    await again.drop();
    await all[1].clock.advance(LIMITS.resumeMs);
    const late = await all[1].connect();
    const frames = await late.mount({ ext: ext(old, 2, 1) });
    expect(frames.find(({ type }) => type === 'mount')).toMatchObject({ version: 1, ext: { outcome: 'mounted' } });
    expect(late.shown).toBe(shownFor(counter(), { count: 0, names: [] }));
  });

  it('says so when the browser hands in an older state than it was answered for', async () => {
    const { all } = nodes(2);
    const first = await visited(all[0], 1);
    const old = nameOf(first);
    await first.event('add', {}, 2);
    const second = await all[1].connect();
    const frames = await second.mount({ ext: ext(old, 3, 2) });
    expect(frames).toContainEqual(expect.objectContaining({ type: 'error', code: 'state/rolled-back' }));
    expect(second.shown).toBe(shownFor(counter(), { count: 1, names: [] }));
    expect(await second.event('add', {}, 3)).toContainEqual(expect.objectContaining({ type: 'patch', ref: 3 }));
  });

  it('is not given to another tab, and the first one keeps it', async () => {
    const { all } = nodes(1);
    const first = await visited(all[0], 1);
    const thief = await all[0].connect();
    const frames = await thief.mount({ ext: { ...ext(nameOf(first), 2, 1), client_id: 'client-two' } });
    expect(frames.find(({ type }) => type === 'mount')).toMatchObject({ version: 1, ext: { outcome: 'mounted' } });
    expect(await first.event('add', {}, 2)).toContainEqual(expect.objectContaining({ type: 'patch', version: 3 }));
  });

  it('is not given to another person', async () => {
    const principal = (request: Request) => ({ id: request.headers.get('x-user') ?? 'nobody' });
    const view = counter();
    const [one, two] = [0, 1].map(() => rig(view, { store: storeOf(), principal })) as [Rig, Rig];
    const page = await one.get('/', { 'x-user': 'ada' });
    const eve = await two.connect({ headers: { 'x-user': 'eve' } });
    const frames = await eve.mount({ ext: ext(page.session, 1, 0) });
    expect(frames.find(({ type }) => type === 'mount')).toMatchObject({ ext: { outcome: 'mounted' } });
    const ada = (await two.connect({ headers: { 'x-user': 'ada' } })).show(page);
    const hers = await ada.mount({ ext: ext(page.session, 1, 0) });
    expect(hers.find(({ type }) => type === 'mount')).toMatchObject({ ext: { outcome: 'adopted' } });
  });

  it('is sealed anew by a ping when half of its time is over', async () => {
    const { all } = nodes(1);
    const client = await visited(all[0], 1);
    expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
    for (let pings = 0; pings < 37; pings++) {
      await client.advance(50_000);
      await client.send({ type: 'ping' });
    }
    const frames = client.peer.texts.map((text) => JSON.parse(text) as { type: string; session?: string });
    expect(frames.filter(({ session }) => session !== undefined)).toHaveLength(3);
  });

  it('refuses a change that makes it too large, and keeps what it was', async () => {
    const { all } = nodes(1);
    const client = await visited(all[0], 1);
    const names: string[] = [];
    for (let at = 0; at < 4; at++) names.push('x'.repeat(5_000) + at);
    const answers = [];
    for (const [at, name] of names.entries()) answers.push(await client.event('name', { name }, at + 2));
    expect(answers.at(-1)).toContainEqual(expect.objectContaining({ type: 'error', code: 'state/too-large', ref: 5 }));
    expect(await client.event('add', {}, 6)).toContainEqual(expect.objectContaining({ type: 'patch', ref: 6 }));
    expect(client.shown).toBe(shownFor(counter(), { count: 2, names: names.slice(0, 3) }));
  });
});
