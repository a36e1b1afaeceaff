import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findRedis } from '../../../scripts/browsers.ts';
import { RedisProcess } from '../../test/redis.ts';
import { silentLogger } from '../logger.ts';
import { redisStore } from '../state/redis.ts';
import { partsOf } from '../state/redis-sessions.ts';
import { record } from '../state/store.contract.ts';
import { FIRST_TOKEN } from '../state/store.ts';
import { connectRedis } from './redis.ts';
import { run } from './sessions.ts';

let said: string[];
let warned: string[];
const cli = (line: string, env: Record<string, string> = {}) =>
  run(line.split(' ').filter(Boolean), {
    env,
    say: (text) => said.push(text),
    warn: (text) => warned.push(text),
    connect: connectRedis,
  });

beforeEach(() => {
  said = [];
  warned = [];
});

it.each([
  ['', 'sessions'],
  ['sessions', '--stats'],
  ['sessions --stats --cleanup', 'one of'],
  ['sessions --stats', 'REDIS_URL'],
  ['sessions --cleanup', '--idle-seconds'],
  ['sessions --cleanup --idle-seconds soon', '--idle-seconds'],
  ['sessions --cleanup --idle-seconds 0', '--idle-seconds'],
  ['sessions --delete-all', '--delete-all'],
])('"%s" is not understood, and says what would be', async (line, hint) => {
  expect(await cli(line)).toBe(2);
  expect(warned.join()).toContain(hint);
  expect(warned.join()).toContain('djust-server sessions --stats');
});

it('never shows the address, which may hold a password', async () => {
  expect(await cli('sessions --stats --redis redis://ada:opensesame@127.0.0.1:1/0')).toBe(1);
  expect(warned.join()).toContain('Redis could not be used');
  expect(warned.join()).not.toContain('opensesame');
});

it('what a session is made of adds up to all of it', () => {
  const one = record({ state: { rows: ['ä'.repeat(500)], count: 1 }, lastRef: 7 });
  const parts = partsOf(one);
  expect(parts[0]).toEqual({ part: 'state.rows', bytes: '"rows":["'.length + 500 + '"]'.length });
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(JSON.stringify(one).length);
});

describe.skipIf(!findRedis())('on Redis', () => {
  let redis: RedisProcess;
  let url: string;
  beforeAll(async () => {
    redis = await RedisProcess.start();
    url = ` --redis ${redis.url}`;
    const client = await redis.client();
    const store = redisStore({ client, log: silentLogger, ttlMs: 0 });
    for (let at = 0; at < 1_200; at++) await store.commit(`s${at}`, record({ state: { at } }), FIRST_TOKEN);
    await redisStore({ client, log: silentLogger, prefix: 'other*:' }).commit('s', record(), FIRST_TOKEN);
    await client.set('djust:else', 'x');
    await client.close();
  });
  afterAll(() => redis.kill());

  it('counts them', async () => {
    expect(await cli('sessions --stats', { REDIS_URL: redis.url })).toBe(0);
    expect(said).toEqual([expect.stringMatching(/^1200 sessions, about \d{6} bytes$/)]);
  });

  it('shows one, and says when there is none', async () => {
    expect(await cli(`sessions --show s7${url}`)).toBe(0);
    expect(said.join('\n')).toContain('\tstate.at');
    expect(await cli(`sessions --show nobody${url}`)).toBe(1);
  });

  it('signs in, and takes the database that it is told', async () => {
    const setPassword = async (from: string, word: string): Promise<void> => {
      const client = await connectRedis(from);
      await client.sendCommand(['CONFIG', 'SET', 'requirepass', word]);
      client.close();
    };
    const withWord = redis.url.replace('//', '//:open%20sesame@');
    await setPassword(redis.url, 'open sesame');
    try {
      expect(await cli(`sessions --stats${url}`)).toBe(1);
      expect(await cli(`sessions --stats --redis ${withWord.replace('sesame', 'mustard')}`)).toBe(1);
      expect(warned.join()).toMatch(/NOAUTH.*WRONGPASS/s);
      expect(await cli(`sessions --stats --redis ${withWord}/1`)).toBe(0);
      expect(said).toEqual(['0 sessions, about 0 bytes']);
    } finally {
      await setPassword(withWord, '');
    }
  });

  it('deletes those that were idle for so long, of this prefix alone, and nothing else', async () => {
    expect(await cli(`sessions --cleanup --idle-seconds 3600${url}`)).toBe(0);
    const isIdle = async (): Promise<number> => {
      const client = await connectRedis(redis.url);
      const idle = Number(await client.sendCommand(['OBJECT', 'IDLETIME', 'djust:session:s0']));
      client.close();
      return idle;
    };
    await expect.poll(isIdle, { timeout: 20_000 }).toBeGreaterThan(1);
    const client = await connectRedis(redis.url);
    await redisStore({ client, log: silentLogger, ttlMs: 0 }).commit('s1', record(), FIRST_TOKEN);
    expect(await cli(`sessions --cleanup --idle-seconds 1 --dry-run${url}`)).toBe(0);
    expect(await cli(`sessions --cleanup --idle-seconds 1${url}`)).toBe(0);
    expect(said[0]).toBe('0 of 1200 sessions were deleted.');
    // The one that was written just now may be a second old as well by then, on a machine that others use.
    expect(said[1]).toMatch(/^1(199|200) of 1200 sessions would be deleted\.$/);
    expect(said[2]).toMatch(/^1(199|200) of 1200 sessions were deleted\.$/);
    expect(await client.sendCommand(['EXISTS', 'djust:else', 'other*:session:s'])).toBe(2);
    client.close();
  });
});
