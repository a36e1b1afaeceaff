/**
 * The site of the load run as a process of its own, so that its memory and its time are nobody else's.
 * Started by measure.ts; says on standard output when it is ready.
 */
import {
  createServer,
  defineView,
  html,
  listen,
  redisStore,
  type StandardSchema,
  type StateStore,
} from '@djust/server';
import { createClient } from 'redis';
import type { Usage } from './usage.ts';

const Step: StandardSchema<unknown, number> = {
  '~standard': {
    version: 1,
    vendor: 'load',
    validate: (params) => ({ value: Number((params as { by: unknown }).by) }),
  },
};

const counter = defineView({
  name: 'load.counter',
  state: { count: 0 },
  events: (on) => ({ add: on(Step, (state, by) => ({ count: state.count + by })) }),
  render: ({ count }) => html`
    <h1>Counter</h1>
    <p><output>${count}</output></p>
    <button type="button" dj-click="add" data-by:int="1">+1</button>
  `,
});

async function redis(url: string): Promise<StateStore> {
  const client = createClient({ url });
  await client.connect();
  return redisStore({ client: { sendCommand: (args) => client.sendCommand([...args]) } });
}

const { REDIS_URL, PORT = '0' } = process.env;
const server = createServer({
  pages: { '/': counter },
  isDevelopment: false,
  ...(REDIS_URL && { store: await redis(REDIS_URL) }),
});

function usage(): Usage {
  // Twice: what the first finds dead with a finaliser is free only after the second.
  gc?.();
  gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rssBytes: rss, heapBytes: heapUsed, cpuUs: user + system, sessions: server.sessionCount };
}

const { port } = await listen(server, {
  port: Number(PORT),
  host: '127.0.0.1',
  fallback: async (request) => (new URL(request.url).pathname === '/usage' ? Response.json(usage()) : undefined),
});
console.log(`ready ${port}`);
// The run holds the other end: when it is gone, however that came, nobody needs this process.
process.stdin.on('close', () => process.exit()).resume();
