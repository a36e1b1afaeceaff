import { createSync } from '@djust/sw/page';

interface OutboxPage {
  /** Resolves when the event is taken in. */
  add(n: number): Promise<void>;
  waiting(): Promise<number>;
  flush(): Promise<unknown>;
}

/** What a page would do without the queue: send at once, forget what fails. */
function naive(): OutboxPage {
  const send = (n: number): Promise<unknown> => {
    const mutation = { id: n, model: 'event', action: 'create', key: `k${n}`, data: { n }, base: 0, at: 0 };
    const body = JSON.stringify({ owner: 'me', client: `c${n}`, mutations: [{ ...mutation, id: 1 }] });
    const headers = { 'content-type': 'application/json', 'x-djust-sync': '1' };
    return fetch('/djust/sync', { method: 'POST', headers, body }).catch(() => {});
  };
  return { add: async (n) => void send(n), waiting: async () => 0, flush: async () => {} };
}

function durable(): OutboxPage {
  const sync = createSync({ owner: 'me' });
  return {
    add: async (n) => void (await sync.add({ model: 'event', action: 'create', key: `k${n}`, data: { n }, base: 0 })),
    waiting: () => sync.queue.size(),
    flush: () => sync.flush(),
  };
}

Object.assign(globalThis, { outbox: location.pathname.endsWith('/naive') ? naive() : durable() });
