import { describe, expect, it } from 'vitest';
import { syncEndpoint } from './sync.ts';
import type { ConflictStrategy } from './sync-apply.ts';
import { memorySyncStore } from './sync-store.ts';

const ORIGIN = 'https://app.example';

const schema = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) => {
      const { text } = value as { text?: unknown };
      return typeof text === 'string' ? { value: { text } } : { issues: [{ message: 'text' }] };
    },
  },
};

function site({ strategy, user = 'ann' as string | null }: { strategy?: ConflictStrategy; user?: string | null } = {}) {
  const store = memorySyncStore({ maxUsers: 10, maxRecords: 5, maxDevices: 3 });
  let signedIn = user;
  const endpoint = syncEndpoint({
    store,
    models: { note: { schema, ...(strategy && { strategy }) } },
    principal: () => signedIn,
    ownerOf: (principal) => `tag-${principal}`,
    perSecond: 0.001,
    burst: 40,
  });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    endpoint(
      new Request(`${ORIGIN}/djust/sync`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-djust-sync': '1', ...headers },
      }),
    );
  return {
    post,
    signIn: (name: string | null) => {
      signedIn = name;
    },
    send: async (mutations: unknown[], client = 'd1', owner = `tag-${user}`) => {
      const response = await post({ owner, client, mutations });
      return { status: response?.status, ...((await response?.json()) as object) } as Record<string, unknown>;
    },
    all: (principal = 'ann') => store.transact(principal, (transaction) => transaction.all('note')),
  };
}

const note = (id: number, text: unknown = `text ${id}`, more: object = {}) => ({
  id,
  model: 'note',
  action: 'create',
  key: `k${id}`,
  data: { text },
  base: 0,
  at: id,
  ...more,
});

describe('changes of a device', () => {
  it('are applied once, however often they are sent', async () => {
    const { send, all } = site();
    const mutations = [note(1), note(2), note(3)];
    expect(await send(mutations)).toMatchObject({ status: 200, lastId: 3 });
    expect(await send(mutations)).toMatchObject({ status: 200, lastId: 3, results: [] });
    expect((await all()).map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  it('out of order are refused behind the gap, with the number that is expected', async () => {
    const { send, all } = site();
    expect(await send([note(1), note(3), note(2)])).toMatchObject({ status: 200, lastId: 1 });
    expect(await send([note(3)])).toEqual({ status: 409, code: 'sync/out-of-order', expected: 2 });
    expect((await all()).map(({ key }) => key)).toEqual(['k1']);
  });

  it('that are wrong are rejected one by one', async () => {
    const { send, all } = site();
    const answer = await send([note(1), note(2, 7), note(3, 'x', { model: 'user' }), note(4)]);
    expect(answer.results).toMatchObject([
      { id: 1, status: 'ok' },
      { id: 2, status: 'rejected', reason: 'sync/invalid' },
      { id: 3, status: 'rejected', reason: 'sync/unknown-model' },
      { id: 4, status: 'ok' },
    ]);
    expect((await all()).map(({ key }) => key)).toEqual(['k1', 'k4']);
  });

  it('write only what the schema lets through, whatever else is in the body', async () => {
    const { post, all } = site();
    const data = { text: 'mine', tenant: 'other', is_admin: true };
    await post({ owner: 'tag-ann', client: 'd1', principal: 'bob', tenant: 't2', mutations: [note(1, '', { data })] });
    expect((await all())[0]?.data).toEqual({ text: 'mine' });
    expect(await all('bob')).toEqual([]);
  });

  it('stop at the number of records that a user may have', async () => {
    const { send } = site();
    const answer = await send([1, 2, 3, 4, 5, 6].map((id) => note(id)));
    expect((answer.results as { status: string }[]).map(({ status }) => status)).toEqual([
      ...Array(5).fill('ok'),
      'rejected',
    ]);
  });

  it.each([
    ['server_wins', undefined, 'conflict', 'theirs'],
    ['manual', 'manual', 'conflict', 'theirs'],
    ['client_wins', 'client_wins', 'ok', 'mine'],
    ['merge_by_timestamp', 'merge_by_timestamp', 'ok', 'mine'],
    [
      'a function',
      (({ mutation }) => ({ text: `${mutation.data.text} merged` })) as ConflictStrategy,
      'ok',
      'mine merged',
    ],
  ] as const)('that meet a newer record are decided by %s', async (_, strategy, status, text) => {
    const { send, all } = site(strategy ? { strategy } : {});
    await send([note(1, 'theirs', { key: 'k', at: 5 })], 'd1');
    const answer = await send([note(1, 'mine', { key: 'k', at: 9 })], 'd2');
    expect(answer.results).toMatchObject([{ status }]);
    expect((await all())[0]?.data).toEqual({ text });
  });

  it('made earlier do not win by their time', async () => {
    const { send, all } = site({ strategy: 'merge_by_timestamp' });
    await send([note(1, 'theirs', { key: 'k', at: 50 })], 'd1');
    await send([note(1, 'mine', { key: 'k', at: 9 })], 'd2');
    expect((await all())[0]?.data).toEqual({ text: 'theirs' });
  });
});

describe('the endpoint', () => {
  it('knows who is signed in, and takes nothing that another user has left on the device', async () => {
    const { send, signIn, all } = site();
    expect((await send([note(1)], 'd1', 'tag-bob')).status).toBe(403);
    signIn(null);
    expect((await send([note(1)])).status).toBe(401);
    expect(await all()).toEqual([]);
  });

  it.each([
    [403, { origin: 'https://evil.example' }],
    [415, { 'content-type': 'text/plain' }],
  ])('answers %i for %j', async (status, headers) => {
    expect((await site().post({}, headers))?.status).toBe(status);
  });

  it('refuses too many, too long and malformed bodies', async () => {
    const { send, post } = site();
    expect((await send(Array.from({ length: 101 }, (_, at) => note(at + 1)))).status).toBe(413);
    expect((await post({ owner: 'x'.repeat(300_000) }))?.status).toBe(413);
    for (const mutation of [
      null,
      7,
      note(0),
      note(-1),
      note(1.5),
      note(1, 'x', { key: '../x' }),
      note(1, 'x', { data: [] }),
    ])
      expect((await send([mutation])).status, JSON.stringify(mutation)).toBe(400);
  });

  it('limits how often a user may ask', async () => {
    const { send } = site();
    const statuses = [];
    for (let at = 0; at < 45; at++) statuses.push((await send([])).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });

  it('changes nothing when the store fails in between', async () => {
    const store = memorySyncStore();
    const failing = store.transact('ann', (transaction) => {
      transaction.put('note', { key: 'k', version: 1, data: {}, at: 1 });
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await store.transact('ann', (transaction) => transaction.all('note'))).toEqual([]);
  });
});
