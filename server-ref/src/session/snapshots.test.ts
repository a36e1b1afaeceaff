import { LIMITS } from '@djust/protocol';
import { describe, expect, it, vi } from 'vitest';
import { tracked } from '../../test/fake-clock.ts';
import { type Rig, rig, type TestClient } from '../../test/rig.ts';
import type { Spec } from '../../test/sessions.ts';
import { type Counter, counter } from '../../test/views.ts';
import type { ServerOptions } from '../server.ts';
import { KeyRing } from '../state/key-ring.ts';
import { memoryStore } from '../state/memory.ts';

const KEY = { id: 'k1', secret: 's'.repeat(32) };
const POST = 'https://app.example/djust/snapshot';

/** People come in by a header; Ann signs out by another epoch. */
const people: Partial<ServerOptions> = {
  principal: ({ headers }) => (headers.has('x-user') ? { id: String(headers.get('x-user')) } : null),
  epoch: ({ headers }) => headers.get('x-epoch') ?? 'one',
  snapshots: { keys: [KEY], build: 'b1' },
};
const ANN = { 'x-user': 'ann' };

interface Left {
  readonly all: Rig;
  readonly mount: ReturnType<typeof vi.fn>;
  readonly restore: ReturnType<typeof vi.fn>;
  readonly sealed: string;
  /** Comes back to the page with what it kept. */
  back(more?: { headers?: Record<string, string>; url?: string; sealed?: string; all?: Rig }): Promise<TestClient>;
}

/** Ann counts to five, and leaves the page. */
async function left(spec: Spec = {}, options: Partial<ServerOptions> = {}): Promise<Left> {
  const mount = vi.fn(() => ({ names: ['mounted'] }));
  const restore = vi.fn((saved: Readonly<Counter>) => saved);
  const all = rig(counter({ mount, restore, ...spec }), { ...people, ...options });
  const page = await all.get('/', ANN);
  const client = (await all.connect({ headers: ANN })).show(page);
  await client.mount({ ext: { session: page.session, version: page.version } });
  for (let ref = 1; ref <= 5; ref++) await client.event('add', {}, ref);
  const sealed = (await all.server.snapshot(new Request(POST, { headers: ANN }), page.session)) ?? '';
  await client.drop();
  return {
    all,
    mount,
    restore,
    sealed,
    async back({ headers = ANN, url = '/', ...more } = {}) {
      const tab = await (more.all ?? all).connect({ headers });
      await tab.mount({ url, ext: { client_id: 'client-two', session: more.sealed ?? sealed, version: 0 } });
      return tab;
    },
  };
}

// Decryption is done in another thread.
const { open } = KeyRing.prototype;
vi.spyOn(KeyRing.prototype, 'open').mockImplementation(function (this: KeyRing, ...given) {
  return tracked(open.apply(this, given));
});

const FIVE = /Count: 5/;
const ANEW = /Count: 0.*mounted/s;

describe('a page that comes back with the state it was left in', () => {
  it('goes on from there, and mounts nothing', async () => {
    const { back, mount, restore, all } = await left();
    const tab = await back();
    expect(tab.shown).toMatch(FIVE);
    expect(mount).toHaveBeenCalledTimes(1);
    expect(restore.mock.calls[0]?.[0]).toMatchObject({ count: 5 });
    await tab.event('add', {}, 1);
    expect(tab.shown).toMatch(/Count: 6/);
    expect(all.server.sessionCount).toBe(2);
  });

  it('is sealed again by the name that the page knows, with what was done since', async () => {
    const { back, sealed, all } = await left();
    const tab = await back();
    await tab.event('add', {}, 1);
    const again = await all.server.snapshot(new Request(POST, { headers: ANN }), sealed);
    expect((await back({ sealed: again ?? '' })).shown).toMatch(/Count: 6/);
    expect(await all.server.snapshot(new Request(POST), sealed)).toBeUndefined();
  });

  it('does so when the server has forgotten the session', async () => {
    const { back, all } = await left();
    await all.clock.advance(LIMITS.resumeMs);
    expect(all.server.sessionCount).toBe(0);
    expect((await back()).shown).toMatch(FIVE);
  });

  it('does so after the server was started anew with a new key', async () => {
    const { back, sealed } = await left();
    const restarted = rig(counter({ restore: (saved) => saved }), {
      ...people,
      snapshots: { keys: [{ id: 'k2', secret: 'n'.repeat(32) }, KEY], build: 'b1' },
    });
    expect((await back({ all: restarted, sealed })).shown).toMatch(FIVE);
  });

  it('gets what its session heard meanwhile, where that is still there', async () => {
    const { back, all } = await left({
      mount: (ctx) => ctx.subscribe('news'),
      info: { news: (state, message) => ({ names: [...state.names, String(message.name)] }) },
    });
    all.server.bus.publish('news', { name: 'late' });
    await all.clock.advance(1);
    expect((await back()).shown).toMatch(/Count: 5.*late/s);
  });

  it('can be asked for its rights by the view, which then mounts it anew', async () => {
    const { back, mount } = await left({ restore: (_, ctx) => (ctx.principal?.id === 'ben' ? {} : null) });
    expect((await back()).shown).toMatch(ANEW);
    expect(mount).toHaveBeenCalledTimes(2);
  });

  it('mounts anew when restore fails, and the log says so', async () => {
    const { back, all } = await left({
      restore: () => {
        throw new Error('not like this');
      },
    });
    expect((await back()).shown).toMatch(ANEW);
    expect(all.log).toContainEqual(expect.objectContaining({ message: 'restore failed, mounted anew' }));
  });

  it('is refused where the view refuses its visitor now', async () => {
    let isAllowed = true;
    const { back } = await left({ authorize: () => isAllowed });
    isAllowed = false;
    const tab = await back();
    expect(tab.closedWith).toBe(4403);
    expect(tab.shown).toBe('');
  });
});

describe('a kept state is refused, and the page mounts anew', () => {
  const refused = async (
    { back, all }: Left,
    reason: string,
    more: Parameters<Left['back']>[0] = {},
  ): Promise<void> => {
    const tab = await back(more);
    expect(tab.shown).toMatch(ANEW);
    expect((more.all ?? all).log).toContainEqual(expect.objectContaining({ reason }));
  };

  it('when it comes a second time', async () => {
    const it = await left();
    expect((await it.back()).shown).toMatch(FIVE);
    await refused(it, 'used');
  });

  it('when it comes a second time, to another node', async () => {
    const store = { ...memoryStore(), isShared: true };
    const spec = { mount: () => ({ names: ['mounted'] }), restore: (saved: Readonly<Counter>) => saved };
    const other = rig(counter(spec), { ...people, store });
    const it = await left({}, { store });
    const tabs = await Promise.all([it.back(), it.back({ all: other }), it.back({ all: other })]);
    expect(tabs.filter(({ shown }) => FIVE.test(shown))).toHaveLength(1);
    await refused(it, 'used', { all: other });
  });

  it('after five minutes', async () => {
    const it = await left();
    await it.all.clock.advance(LIMITS.snapshotMs + 1);
    await refused(it, 'expired');
  });

  it('for somebody else', async () => refused(await left(), 'tampered', { headers: { 'x-user': 'ben' } }));

  it('for nobody', async () => refused(await left(), 'tampered', { headers: {} }));

  it('after a sign-out of the same person', async () =>
    refused(await left(), 'tampered', { headers: { ...ANN, 'x-epoch': 'two' } }));

  it('at another address of the same view', async () => refused(await left(), 'other-page', { url: '/other' }));

  it('of another build', async () => {
    const all = rig(counter({ mount: () => ({ names: ['mounted'] }), restore: (saved) => saved }), {
      ...people,
      snapshots: { keys: [KEY], build: 'b2' },
    });
    await refused(await left(), 'tampered', { all });
  });

  it('under a key that has left the ring', async () => {
    const all = rig(counter({ mount: () => ({ names: ['mounted'] }), restore: (saved) => saved }), {
      ...people,
      snapshots: { keys: [{ id: 'k3', secret: 'x'.repeat(32) }], build: 'b1' },
    });
    await refused(await left(), 'key', { all });
  });

  it('when a sign of it was changed', async () => {
    const it = await left();
    const at = 40;
    const other = it.sealed[at] === 'A' ? 'B' : 'A';
    await refused(it, 'tampered', { sealed: it.sealed.slice(0, at) + other + it.sealed.slice(at + 1) });
  });
});

describe('no state is sealed', () => {
  const seal = ({ server }: Rig, session: string, headers: Record<string, string> = ANN) =>
    server.snapshot(new Request(POST, { headers }), session);

  it('for somebody else, for a session that is gone, or for a name that was made up', async () => {
    const { all } = await left();
    const { session } = await all.get('/', ANN);
    expect(await seal(all, session)).toBeTypeOf('string');
    expect(await seal(all, session, { 'x-user': 'ben' })).toBeUndefined();
    expect(await seal(all, session, {})).toBeUndefined();
    expect(await seal(all, 'f'.repeat(32))).toBeUndefined();
    await all.clock.advance(LIMITS.adoptMs);
    expect(await seal(all, session)).toBeUndefined();
  });

  it('of a view that does not restore, or when the server keeps none', async () => {
    const [plain, off] = [rig(counter(), people), rig(counter({ restore: (saved) => saved }))];
    expect(await seal(plain, (await plain.get('/', ANN)).session)).toBeUndefined();
    expect(await seal(off, (await off.get('/')).session, {})).toBeUndefined();
    expect((await off.get('/')).text).not.toContain('data-dj-restore');
  });

  it('that is larger than a browser may bring back', async () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `name number ${at}, and some more of it`);
    const all = rig(counter({ mount: () => ({ names }), restore: (saved) => saved }), people);
    expect(await seal(all, (await all.get('/', ANN)).session)).toBeUndefined();
    expect(all.log).toContainEqual(expect.objectContaining({ message: 'state too large to be kept by the browser' }));
  });
});
