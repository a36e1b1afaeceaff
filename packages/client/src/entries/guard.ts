import { type Client, type ClientParts, newClient } from '../client.ts';
import type { Feature } from '../context.ts';
import { whenReady } from '../lib/when-ready.ts';

export const KEY: unique symbol = Symbol.for('djust.client') as never;

type Claimed = typeof globalThis & { [KEY]?: Client; djust?: { addOns?: Feature[] } };

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
  const page = globalThis as Claimed;
  const client = createClient({ ...parts, features: [...(parts.features ?? []), ...(page.djust?.addOns ?? [])] });
  // What the page left in window.djust before we came, hooks or a route map, stays reachable there.
  if ((page.djust as object) !== client) page.djust = Object.assign(client, page.djust);
  whenReady(() => client.start());
  return client;
}
