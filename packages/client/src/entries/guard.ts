import { type Client, type ClientParts, newClient } from '../client.ts';

const KEY = Symbol.for('djust.client');

type Claimed = typeof globalThis & { [KEY]?: Client; djust?: object };

/**
 * The single global. However often and in whatever form the client is included, the page has one: who comes second gets
 * the first one, and its features are added to it.
 */
export function createClient(parts: ClientParts = {}): Client {
  const page = globalThis as Claimed;
  const first = page[KEY];
  if (first) {
    first.use(...(parts.features ?? []));
    return first;
  }
  const client = newClient(parts);
  Object.defineProperty(page, KEY, { value: client });
  return client;
}

/** For script tags: also as `window.djust`, and started when the document is there. */
export function claim(parts: ClientParts): Client {
  const client = createClient(parts);
  const page = globalThis as Claimed;
  // What the page left in window.djust before we came, hooks or a route map, stays reachable there.
  if (page.djust !== client) page.djust = Object.assign(client, page.djust);
  whenReady(() => client.start());
  return client;
}

/** Runs once the document is parsed: now, or as soon as it is. */
export function whenReady(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}
