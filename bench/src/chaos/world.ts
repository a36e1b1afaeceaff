import type { Browser } from 'playwright-core';
import { findRedis } from '../../../scripts/browsers.ts';
import { RedisProcess } from '../../../server-ref/test/redis.ts';
import { bundleSite, SiteProcess } from '../site-process.ts';
import { Line } from './line.ts';
import type { World } from './run.ts';

/**
 * A site, the wire to it, and a Redis behind it when there is one on this machine.
 * @param store  where the site keeps sessions: redis, hybrid or client
 */
export async function openWorld(browser: Browser, store = 'redis'): Promise<World & { close(): Promise<void> }> {
  const bundle = await bundleSite('bench/src/chaos/site.ts');
  const redis = findRedis() ? await RedisProcess.start() : undefined;
  const site = await new SiteProcess(bundle.path, redis ? { REDIS_URL: redis.url, STORE: store } : {}).start();
  const line = await Line.open(() => site.port);
  const client = await redis?.client();
  return {
    browser,
    site,
    line,
    hasOutbox: true,
    breakRedis:
      client && (async () => void (await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']))),
    async close() {
      client?.destroy();
      await line.close();
      await site.kill();
      await redis?.kill();
      await bundle.remove();
    },
  };
}
