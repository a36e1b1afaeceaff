/**
 * The site of the chaos run as a process of its own, that can be killed at any instant. With REDIS_URL sessions outlive it.
 * Started by world.ts; says on standard output when it is ready.
 */
import {
  clientStore,
  createServer,
  defineView,
  files,
  html,
  hybridStore,
  listen,
  memoryStore,
  redisStore,
  renderToString,
  repeat,
  type Seals,
  type SessionRecord,
  type StandardSchema,
  type StateStore,
} from '@djust/server';
import { createClient } from 'redis';

const Name: StandardSchema<unknown, string> = {
  '~standard': {
    version: 1,
    vendor: 'chaos',
    validate: (params) => ({ value: String((params as { name: unknown }).name) }),
  },
};

/** Each event adds its name; what was done, and in which order, is what the page shows. */
const log = defineView({
  name: 'chaos.log',
  state: { items: [] as string[] },
  keepOnReload: true,
  events: (on) => ({
    add: on(Name, (state, name) => ({ items: [...state.items, name] })),
  }),
  render: ({ items }) => html`
    <h1>Log</h1>
    <div role="group" aria-label="Ways to wait">
      <button type="button" dj-click="add" data-name="queued">Queue</button>
      <button type="button" dj-click="add" data-name="dropped" dj-outbox="drop">Drop</button>
      <button type="button" dj-click="add" data-name="old" dj-outbox="latest" dj-outbox-seconds="600">Latest: old</button>
      <button type="button" dj-click="add" data-name="new" dj-outbox="latest" dj-outbox-seconds="600">Latest: new</button>
      <button type="button" dj-click="add" data-name="short" dj-outbox="queue" dj-outbox-seconds="60">Short-lived</button>
      <button type="button" dj-click="add" data-name="asked" dj-outbox="confirm">Confirm</button>
      <button type="button" dj-click="add" data-name="secret" data-no-store>Secret</button>
      <button type="button" dj-click="add" data-name="a" dj-outbox="coalesce:name">Row a</button>
      <button type="button" dj-click="add" data-name="b" dj-outbox="coalesce:name">Row b</button>
    </div>
    <form dj-submit="add" aria-label="Sign in">
      <input name="name" aria-label="Name">
      <input name="word" type="password" autocomplete="off" aria-label="Password">
      <input name="file" type="file" aria-label="File">
      <button>Send</button>
    </form>
    <ol id="items">${repeat(
      items,
      (name) => name,
      (name) => html`<li>${name}</li>`,
    )}</ol>
  `,
});

const { REDIS_URL, STORE, PORT = '0', DIST = '' } = process.env;

/** A store, and the names of all sessions in it. */
interface Sessions {
  readonly store: StateStore;
  ids(): Promise<Iterable<string>>;
}

async function redis(url: string): Promise<Sessions> {
  const client = createClient({ url, socket: { reconnectStrategy: 20 } });
  client.on('error', () => {});
  await client.connect();
  const store = redisStore({ client: { sendCommand: (args) => client.sendCommand([...args]) } });
  return {
    store,
    ids: async () => (await client.keys('djust:session:*')).map((key) => String(key).split(':')[2] as string),
  };
}

/** No store: what the browsers were given to keep is noted down for the oracle, and nothing reads it but that. */
async function browsers(url: string): Promise<Sessions> {
  const client = createClient({ url, socket: { reconnectStrategy: 20 } });
  client.on('error', () => {});
  await client.connect();
  const store = clientStore({ keys: [{ id: 'chaos', secret: 'a secret of the chaos run, long enough' }] });
  const { seals } = store as { seals: Seals };
  const seal: Seals['seal'] = async (session) => {
    const sealed = await seals.seal(session);
    await insist(() => client.hSet('seen', session.id, JSON.stringify(session.record)));
    return sealed;
  };
  const load = async (id: string): Promise<SessionRecord> => JSON.parse(String(await client.hGet('seen', id)));
  return { store: { ...store, seals: { ...seals, seal }, load }, ids: async () => client.hKeys('seen') };
}

/** Connections to Redis are among what is cut. */
async function insist<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch {
      await new Promise((next) => setTimeout(next, 20));
    }
  }
}

function memory(): Sessions {
  const store = memoryStore();
  const ids = new Set<string>();
  const commit: StateStore['commit'] = (id, record, token) => {
    ids.add(id);
    return store.commit(id, record, token);
  };
  return { store: { ...store, commit }, ids: async () => ids };
}

async function chosen(): Promise<Sessions> {
  if (!REDIS_URL) return memory();
  if (STORE === 'client') return browsers(REDIS_URL);
  const shared = await redis(REDIS_URL);
  // Whose answers do not wait may lose some: that is what it is for, and no business of this run.
  return STORE === 'hybrid' ? { ...shared, store: hybridStore({ behind: shared.store, through: [log.name] }) } : shared;
}

/** Who says so is signed in: nothing here is worth a password. */
function userOf(request: Request): { id: string } | null {
  const [, id] = /\buser=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  return id === undefined ? null : { id };
}

const { store, ids } = await chosen();
const server = createServer({
  pages: { '/log': log },
  store,
  principal: userOf,
  epoch: () => 'chaos',
  isDevelopment: false,
});

/** What each session has done. */
async function sessions(): Promise<Response> {
  const all: unknown[] = [];
  for (const id of await ids()) all.push((await store.load(id))?.state.items ?? []);
  return Response.json(all);
}

const scripts = files({ '/djust/': DIST });
const empty = (): Response =>
  new Response(
    renderToString(html`<!DOCTYPE html><html lang="en"><head><title>Empty</title></head><body></body></html>`),
    {
      headers: { 'content-type': 'text/html' },
    },
  );
const { port } = await listen(server, {
  port: Number(PORT),
  host: '127.0.0.1',
  fallback: async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/sessions') return sessions();
    if (pathname === '/sign-out') {
      server.signOut(userOf(request)?.id ?? '');
      return new Response();
    }
    return pathname === '/empty' ? empty() : scripts(request);
  },
});
console.log(`ready ${port}`);
// The run holds the other end: when it is gone, however that came, nobody needs this process.
process.stdin.on('close', () => process.exit()).resume();
