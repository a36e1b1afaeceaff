import { idbStore, type StoredEvent, type StoredStream } from '@djust/outbox';
import { LIMITS } from '@djust/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { durable } from '../features/durable.ts';
import { KEPT } from '../lib/durable.ts';
import { DurableRunner } from '../session/durable.ts';
import { adopt } from './adopt.ts';
import { outbox } from './outbox.ts';

const store = idbStore();
const page = { view: 'a.B', url: '/', params: {} };
const OLD = { epoch: 'ann', acked: 0, ref: 0, page, session: 'token', savedAt: Date.now() - 2 * LIMITS.orphanMs };
const event = (name: string, more: Partial<StoredEvent> = {}): StoredEvent => ({
  event: name,
  params: {},
  ref: undefined,
  ...more,
});

let transport: FakeTransport;
let client: Client;
let settled: string[];

const keep = (stream: Partial<StoredStream> & Pick<StoredStream, 'id' | 'events'>): Promise<unknown> =>
  store.save({ ...OLD, at: '', ...stream });

/** A page after a reload, whose tab left word of `own`. Only what takes events up is there, nothing that says how they wait. */
function load(own = ''): void {
  sessionStorage[KEPT] = own;
  localStorage[KEPT] = 1;
  let runner: DurableRunner | undefined;
  client = newClient({
    clock: new FakeClock(),
    transport,
    session: (options) => {
      runner = new DurableRunner(options, true);
      return runner;
    },
    features: [durable(() => runner), outbox, adopt],
  });
  client.on('djust:event-settled', ({ detail: { event, outcome } }) =>
    settled.push(`${event} ${outcome.status === 'acked' ? 'acked' : outcome.reason}`),
  );
  client.start();
}

const sent = (): string[] => transport.connections.flatMap((one) => one.of('event').map(({ event }) => `${event}`));
const ids = async (): Promise<string[]> => (await store.all()).map(({ id }) => id);

beforeEach(async () => {
  await store.clear();
  transport = new FakeTransport();
  settled = [];
  document.body.innerHTML = '<div dj-view="a.B" data-dj-epoch="ann"></div>';
});
afterEach(() => {
  client.stop();
  vi.restoreAllMocks();
  sessionStorage.clear();
  localStorage.clear();
  document.body.replaceChildren();
});

it('what the page left is sent, but for what has waited too long or is not wanted any more', async () => {
  vi.spyOn(globalThis, 'confirm').mockReturnValue(false);
  const rule = { policy: 'queue', isLate: true } as const;
  await keep({
    id: 'own',
    at: location.href,
    events: [
      event('old', { rule: { ...rule, expiresAt: Date.now() - 1 } }),
      event('asked', { rule: { ...rule, expiresAt: Date.now() + 60_000, question: 'Still?' } }),
      event('good', { rule: { ...rule, expiresAt: Date.now() + 60_000 } }),
    ],
  });
  load('own');
  await expect.poll(() => transport.connections.length).toBe(1);
  transport.last.mountExt('resumed');
  await expect.poll(sent).toEqual(['good']);
  expect(settled).toEqual(['old outbox/expired', 'asked cancelled']);
});

it('what another tab has settled, while this one waited for its lock, is not sent again', async () => {
  await keep({ id: 'other', events: [event('done')] });
  const { locks } = navigator;
  const request = locks.request.bind(locks);
  let isAsked = false;
  vi.spyOn(locks, 'request').mockImplementation((async (
    name: string,
    options: LockOptions,
    act: LockGrantedCallback<unknown>,
  ) => {
    if (name.endsWith('other')) {
      await store.remove('other');
      isAsked = true;
    }
    return request(name, options, act);
  }) as typeof locks.request);
  load();
  await expect.poll(() => isAsked).toBe(true);
  await expect.poll(() => transport.connections.length).toBe(1);
  transport.last.mountExt('mounted');
  await client.settled();
  expect(transport.connections).toHaveLength(1);
  expect(sent()).toEqual([]);
});

it('what somebody else left is forgotten, and not sent', async () => {
  await keep({ id: 'theirs', epoch: 'bob', events: [event('theirs')] });
  await keep({ id: 'mine', events: [event('mine')] });
  load();
  await expect.poll(() => transport.connections.length).toBe(2);
  for (const connection of transport.connections) connection.mountExt('resumed');
  await expect.poll(sent).toEqual(['mine']);
  await expect.poll(ids).not.toContain('theirs');
});

it('what a tab has kept a moment ago is left to it', async () => {
  await keep({ id: 'fresh', savedAt: Date.now(), events: [event('fresh')] });
  load();
  await expect.poll(() => transport.connections.length).toBe(1);
  transport.last.mountExt('mounted');
  await client.settled();
  expect(transport.connections).toHaveLength(1);
  expect(await ids()).toEqual(['fresh']);
});
