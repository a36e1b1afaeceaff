import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { done, got } from '../records.ts';
import { database, META, PAGES } from './database.ts';
import type { Navigation, WorkerFeature } from './feature.ts';
import { listPages, savePage } from './page-store.ts';
import { session, sessionMark } from './session.ts';

const LIMITS = { maxPages: 50, maxBytes: 1_000_000, maxAgeMs: 60_000 };
const HOUR_MS = 3_600_000;
const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const pageOf = (user: string): Parameters<typeof savePage>[0] => ({
  url: 'https://site.test/inbox',
  title: `Inbox of ${user}`,
  layout: 'app',
  html: `<p>secret of ${user}</p>`,
});

const told: unknown[] = [];
const client = { postMessage: (message: unknown) => void told.push(message) };

beforeEach(async () => {
  told.length = 0;
  // A worker's list of pages takes a moment, and whatever happens in it must be safe.
  const matchAll = (): Promise<unknown> => after(5).then(() => [client]);
  Object.assign(globalThis, { clients: { matchAll, get: async () => client } });
  const transaction = (await database()).transaction([META, PAGES], 'readwrite');
  for (const name of [META, PAGES]) transaction.objectStore(name).clear();
  await done(transaction);
});

afterEach(() => Reflect.deleteProperty(globalThis, 'clients'));

/** The server answers a page that was asked for at `startedAt`, for the user of `epoch`. */
async function answered(feature: WorkerFeature, epoch: string, startedAt = Date.now()): Promise<void> {
  const rest: Promise<unknown>[] = [];
  const event = { resultingClientId: 'one', waitUntil: (work: Promise<unknown>) => rest.push(work) };
  const headers = new Headers({ 'x-session-epoch': epoch });
  await feature.navigation?.observe?.({ event, startedAt } as unknown as Navigation, new Response('', { headers }));
  await Promise.all(rest);
}

describe('another user', () => {
  it('finds nothing of a page that was being kept while the earlier one was forgotten', async () => {
    const feature = session([]);
    for (let round = 0; round < 20; round++) {
      await answered(feature, `ann-${round}`);
      const change = answered(feature, `bob-${round}`);
      const saves = Array.from({ length: 10 }, async (_, at) => {
        await after(at);
        await savePage(pageOf('ann'), `ann-${round}`, LIMITS);
      });
      await Promise.all([change, ...saves]);
      await savePage({ ...pageOf('bob'), url: 'https://site.test/bob' }, `bob-${round}`, LIMITS);
      expect((await listPages(HOUR_MS)).map(({ title }) => title)).toEqual(['Inbox of bob']);
      expect(await got((await database()).transaction(PAGES).objectStore(PAGES).count())).toBe(1);
    }
  });

  it('stays, whatever a worker of an earlier version still has to write', async () => {
    const [older, newer] = [session([]), session([])];
    await answered(older, 'ann');
    await answered(newer, 'bob');
    const post = new Request(new URL('/somewhere', location.href), { method: 'POST' });
    const rest: Promise<unknown>[] = [];
    const event: unknown = { request: post, waitUntil: (work: Promise<unknown>) => rest.push(work) };
    older.fetch?.(event as Navigation['event']);
    await Promise.all(rest);
    expect(await sessionMark()).toMatchObject({ epoch: 'bob', isSure: false });
  });

  it('is not undone by the answer to an earlier question, and the page that it brings is told', async () => {
    const feature = session([]);
    const startedAt = Date.now() - 50;
    await answered(feature, 'bob');
    told.length = 0;
    await answered(feature, 'ann', startedAt);
    expect((await sessionMark()).epoch).toBe('bob');
    expect(told).toEqual([{ djust: 1, type: 'session-changed', epoch: 'bob' }]);
  });

  it('is noticed after the clock was set back', async () => {
    const feature = session([]);
    await answered(feature, 'ann', Date.now() + HOUR_MS);
    await answered(feature, 'bob');
    expect((await sessionMark()).epoch).toBe('bob');
  });
});
