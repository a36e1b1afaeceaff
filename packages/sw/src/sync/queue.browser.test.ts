import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSync } from '../page/sync.ts';
import { DeviceQueue } from './device-queue.ts';
import { flush } from './flush.ts';
import type { Mutation, NewMutation } from './mutation.ts';

const note = (key: string, text: string): NewMutation => ({
  model: 'note',
  action: 'update',
  key,
  data: { text },
  base: 1,
});

/** A server that decides each mutation as `decide` says, and how many it was sent at once. */
function server(decide: (mutation: Mutation) => object = () => ({ status: 'ok' })): number[] {
  const sent: number[] = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const { mutations } = JSON.parse(body) as { mutations: Mutation[] };
    sent.push(mutations.length);
    const results = mutations.map((mutation) => ({ id: mutation.id, ...decide(mutation) }));
    return Response.json({ lastId: mutations.at(-1)?.id, results });
  });
  return sent;
}

/** Changes of somebody of their own, so that no test finds those of another. */
async function queueOf(...changes: NewMutation[]): Promise<{ owner: string; queue: DeviceQueue }> {
  const owner = crypto.randomUUID();
  const queue = new DeviceQueue(owner);
  for (const change of changes) await queue.add(change, 5);
  return { owner, queue };
}

afterEach(() => vi.unstubAllGlobals());

describe('changes that wait on the device', () => {
  it('of which the server holds something else are parked with both sides, and the others go on', async () => {
    const theirs = { key: 'b', version: 7, data: { text: 'theirs' }, at: 9 };
    server(({ key }) => (key === 'b' ? { status: 'conflict', value: theirs } : { status: 'ok' }));
    const { owner, queue } = await queueOf(note('a', '1'), note('b', 'mine'), note('c', '3'));
    const heard: unknown[] = [];
    const abort = new AbortController();
    const hear = (event: Event): void => void heard.push((event as CustomEvent).detail);
    document.addEventListener('djust:conflict', hear, { signal: abort.signal });
    const sync = createSync({ owner, signal: abort.signal });
    await vi.waitFor(async () => expect(await queue.size()).toBe(0));
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const [conflict, ...more] = await sync.queue.conflicts();
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ mutation: { key: 'b', data: { text: 'mine' } }, result: { value: theirs } });
    expect(heard).toEqual([conflict]);
    await sync.queue.forgetConflict(conflict?.mutation.id ?? 0);
    expect(await sync.queue.conflicts()).toEqual([]);
    abort.abort();
  });

  it('that are made in the same moment have numbers and names of their own', async () => {
    const { queue } = await queueOf();
    const made = await Promise.all([queue.add(note(crypto.randomUUID(), ''), 1), queue.add(note('x', ''), 1)]);
    expect(made.map(({ id }) => id).sort()).toEqual([1, 2]);
  });

  it('are refused when there are as many as the page allows, and the others stay', async () => {
    const { queue } = await queueOf(note('a', ''), note('b', ''));
    await expect(queue.add(note('c', ''), 1, 2)).rejects.toThrow('sync/full');
    expect(await queue.size()).toBe(2);
  });

  it.each([
    [2, [2, 2, 1]],
    [undefined, [5]],
  ])('are sent %s at once', async (batch, expected) => {
    const sent = server();
    const { owner, queue } = await queueOf(...['a', 'b', 'c', 'd', 'e'].map((key) => note(key, '')));
    expect(await flush(owner, queue, { batch })).toEqual({ state: 'done', conflicts: [] });
    expect(sent).toEqual(expected);
  });

  it('wait on when the answer takes too long', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const { owner, queue } = await queueOf(note('a', ''));
    expect(await flush(owner, queue, { timeoutMs: 20 })).toEqual({ state: 'later', conflicts: [] });
    expect(await queue.size()).toBe(1);
  });
});
