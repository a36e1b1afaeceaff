import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis } from '../../../scripts/browsers.ts';
import { FakeClock } from '../../test/fake-clock.ts';
import { RedisProcess } from '../../test/redis.ts';
import { silentLogger } from '../logger.ts';
import { type RedisClient, redisStore } from './redis.ts';
import { record, storeContract } from './store.contract.ts';
import { FIRST_TOKEN } from './store.ts';

describe.runIf(findRedis())('redisStore', () => {
  let redis: RedisProcess;
  let client: RedisClient & { close(): Promise<unknown> };
  beforeAll(async () => {
    redis = await RedisProcess.start();
    client = (await redis.client()) as unknown as typeof client;
  });
  afterAll(async () => {
    await client.close();
    await redis.kill();
  });

  storeContract(() => redisStore({ client, log: silentLogger }));

  it('lets a record go after its time, and keeps it without one', async () => {
    const brief = redisStore({ client, log: silentLogger, ttlMs: 30 });
    const lasting = redisStore({ client, log: silentLogger, ttlMs: 0, prefix: 'lasting:' });
    await brief.commit('t', record(), FIRST_TOKEN);
    await lasting.commit('t', record(), FIRST_TOKEN);
    await expect.poll(() => brief.take('t')).toBeUndefined();
    expect(await lasting.take('t')).toBeDefined();
  });

  it('stores a record of many bytes packed, and refuses one that is too large', async () => {
    const store = redisStore({ client, log: silentLogger, prefix: 'size:' });
    await store.commit('s', record({ state: { text: 'x'.repeat(100_000) } }), FIRST_TOKEN);
    expect(await client.sendCommand(['HSTRLEN', 'size:session:s', 'r'])).toBeLessThan(2_000);
    await expect(store.commit('s', record({ state: { text: 'x'.repeat(1_100_000) } }), FIRST_TOKEN)).rejects.toThrow(
      'state/too-large',
    );
  });

  it('takes what it cannot read for absent', async () => {
    const store = redisStore({ client, log: silentLogger, prefix: 'odd:' });
    await client.sendCommand(['HSET', 'odd:session:s', 'f', '1', 'r', '9from the future']);
    expect(await store.take('s')).toBeUndefined();
  });

  it('counts its sessions among a hundred thousand keys that are none of them, and weighs them', async () => {
    const script = "for i = 1, 100000 do redis.call('SET', 'other:' .. i, 'x') end";
    await client.sendCommand(['EVAL', script, '0']);
    const store = redisStore({ client, log: silentLogger, prefix: 'stats:' });
    for (let at = 0; at < 150; at++) await store.commit(String(at), record(), FIRST_TOKEN);
    // A clock that stands still has time for all of them.
    const still = redisStore({ client, log: silentLogger, prefix: 'stats:', clock: new FakeClock() });
    const stats = await still.stats?.();
    expect(stats).toMatchObject({ kind: 'redis', sessions: 150, counts: { sampled: 100, estimated: 0 } });
    expect(stats?.bytes).toBeGreaterThan(150 * 200);
  });

  it('guesses the rest when there is no time for all', async () => {
    const clock = new FakeClock();
    let now = 0;
    const hasty = { now: () => (now += 30), after: clock.after.bind(clock), id: () => clock.id() };
    const script = "for i = 1, 20000 do redis.call('SET', 'many:session:' .. i, 'x') end";
    await client.sendCommand(['EVAL', script, '0']);
    const stats = await redisStore({ client, log: silentLogger, prefix: 'many:', clock: hasty }).stats?.();
    expect(stats?.counts).toMatchObject({ estimated: 1 });
    expect(stats?.sessions).toBeGreaterThan(0);
  });

  it('tries again while Redis reads its data in, and not when it says no', async () => {
    const answers = ['LOADING Redis is loading the dataset in memory', 'WRONGTYPE Operation against a wrong key'];
    let asked = 0;
    const away = { sendCommand: () => Promise.reject(new Error(answers[asked++])) };
    await expect(redisStore({ client: away }).load('s')).rejects.toThrow('WRONGTYPE');
    expect(asked).toBe(2);
  });

  it('rejects a ping while Redis is away', async () => {
    const away = { sendCommand: () => Promise.reject(new Error('Socket closed unexpectedly')) };
    await expect(redisStore({ client: away }).ping?.()).rejects.toThrow('Socket closed');
  });
});
