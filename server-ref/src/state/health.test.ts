import { expect, it } from 'vitest';
import { FakeClock, settled } from '../../test/fake-clock.ts';
import { healthEndpoint } from './health.ts';
import { memoryStore } from './memory.ts';
import type { StateStore } from './store.ts';

const ask = async (path: string, options: Partial<Parameters<typeof healthEndpoint>[0]> = {}, method = 'GET') => {
  const endpoint = healthEndpoint({ store: memoryStore(), ...options });
  const response = await endpoint(new Request(`http://site.example${path}`, { method }));
  return response && [response.status, await response.json()];
};

const away: StateStore = {
  ...memoryStore(),
  ping: () => Promise.reject(new Error('redis://user:secret@host is away')),
};

it('says that it runs, and that it is ready', async () => {
  expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await ask('/readyz')).toEqual([200, { status: 'ok' }]);
  expect(await ask('/other')).toBeUndefined();
});

it('runs, but is not ready, while its store is away; and tells no secrets', async () => {
  expect(await ask('/healthz', { store: away })).toEqual([200, { status: 'ok' }]);
  expect(await ask('/readyz', { store: away })).toEqual([503, { status: 'store' }]);
});

it('is not ready when its store does not answer in time', async () => {
  const clock = new FakeClock();
  const asked = ask('/readyz', { store: { ...away, ping: () => new Promise(() => {}) }, clock });
  await settled();
  await clock.advance(1_000);
  expect(await asked).toEqual([503, { status: 'store' }]);
});

it('is not ready when it is about to end', async () => {
  expect(await ask('/readyz', { isDraining: () => true })).toEqual([503, { status: 'draining' }]);
});

it('takes questions only', async () => {
  expect(await ask('/readyz', {}, 'POST')).toEqual([405, { code: 'http/method' }]);
});
