/**
 * Changes one session as fast as its store answers, and says which version was answered, until it is killed. Started by
 * crash.ts.
 */
import { writeSync } from 'node:fs';
import { hybridStore, redisStore } from '@djust/server';
import { createClient } from 'redis';
import { recordOf } from './states.ts';

const { REDIS_URL = '', STORE, SESSION = '' } = process.env;
const client = createClient({ url: REDIS_URL });
await client.connect();
const redis = redisStore({ client: { sendCommand: (args) => client.sendCommand([...args]) } });
const store = STORE === 'hybrid' ? hybridStore({ behind: redis }) : redis;

for (let version = 1; ; version++) {
  await store.commit(SESSION, recordOf({ count: version }, version), 1);
  // At once: what waits in a buffer would die with the process, and look as if it had never been answered.
  writeSync(1, `${version} ${Date.now()}\n`);
  await new Promise((done) => setTimeout(done, 1));
}
