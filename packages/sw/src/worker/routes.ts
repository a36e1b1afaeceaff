import { done, got } from '../records.ts';
import { ADDRESSES, meta, readMeta } from './database.ts';
import { now } from './scope.ts';
import { hashOf } from './sealed.ts';

/** What is known of the addresses that one pattern stands for. */
interface Route {
  /** How many of them were pages; counted up to PROVEN. */
  readonly pages: number;
  /** Until when it is remembered that one of them was not. */
  readonly mixedUntil: number;
}

/** A page that was begun cannot be taken back, so a few must have come before the next one is. */
const PROVEN = 3;
const MIXED_MS = 30 * 86_400_000;
const MOST_ADDRESSES = 200;
const ROUTES = 'routes';

const NEW: Route = { pages: 0, mixedUntil: 0 };

/**
 * May a page be begun before the server has answered? Where all have been pages, yes. Where there was a download or an
 * answer without content among them, only what was a page the last time. When nobody can tell, no.
 */
export async function mayBegin({ source }: RegExp, address: string): Promise<boolean> {
  try {
    const { pages, mixedUntil } = (await readMeta<Record<string, Route>>(ROUTES))?.[source] ?? NEW;
    if (mixedUntil < now()) return pages >= PROVEN;
    return ((await readMeta<string[]>(ADDRESSES)) ?? []).includes(await hashOf(address));
  } catch {
    return false;
  }
}

/** Remembers what an address turned out to be. Which ones a user has opened is forgotten with the user. */
export async function learn({ source }: RegExp, address: string, isPage: boolean): Promise<void> {
  const name = await hashOf(address);
  const store = await meta('readwrite');
  const routes = ((await got(store.get(ROUTES))) ?? {}) as Record<string, Route>;
  const route = routes[source] ?? NEW;
  const isMixed = !isPage || route.mixedUntil > now();
  if (isPage && !isMixed && route.pages >= PROVEN) return;
  const mixedUntil = isPage ? route.mixedUntil : now() + MIXED_MS;
  store.put({ ...routes, [source]: { pages: route.pages + Number(isPage), mixedUntil } }, ROUTES);
  if (!isMixed) return done(store.transaction);
  const others = (((await got(store.get(ADDRESSES))) ?? []) as string[]).filter((one) => one !== name);
  store.put([...others, ...(isPage ? [name] : [])].slice(-MOST_ADDRESSES), ADDRESSES);
  return done(store.transaction);
}
