import { done, got } from '../records.ts';
import { meta, readMeta } from './database.ts';
import { now } from './scope.ts';

/** How long a page that could not be finished is not begun early again. */
const BYPASS_MS = 10_000;
const MOST = 50;

/** Address → until when. */
type Marks = Record<string, number>;

/** Was this page begun and not finished a moment ago? When nobody can tell, the careful answer is yes. */
export async function isBypassed(url: string): Promise<boolean> {
  try {
    const marks = await readMeta<Marks>('bypass');
    return (marks?.[url] ?? 0) > now();
  } catch {
    return true;
  }
}

/**
 * Keeps a page from being begun early for a while, so that its next navigation shows what the server really says. It is
 * stored before the browser is sent there again: this is what makes a loop impossible, even if the worker dies meanwhile.
 * @returns false when it could not be stored; then the browser must not be sent anywhere by itself
 */
export async function bypass(url: string): Promise<boolean> {
  try {
    const store = await meta('readwrite');
    const old = Object.entries(((await got(store.get('bypass'))) as Marks | undefined) ?? {});
    const kept = old.filter(([, until]) => until > now()).slice(-(MOST - 1));
    store.put({ ...Object.fromEntries(kept), [url]: now() + BYPASS_MS }, 'bypass');
    await done(store.transaction);
    return true;
  } catch {
    return false;
  }
}
