import { done, got } from '../records.ts';
import { database, KEY, META, meta, PAGES, type PageRecord, readMeta, SESSION } from './database.ts';
import { now } from './scope.ts';
import { hashOf, makeKey, seal, unseal } from './sealed.ts';
import type { SessionMark } from './session.ts';

/** A page as its user left it. */
export interface StoredPage {
  readonly url: string;
  readonly title: string;
  /** The layout it belongs to. */
  readonly layout: string;
  /** Until when its author lets it be read without a network. */
  readonly until?: number | undefined;
  /** Inner HTML of `<main>`. */
  readonly html: string;
}

export interface PageLimits {
  readonly maxPages: number;
  readonly maxBytes: number;
  /** The longest that any use allows. */
  readonly maxAgeMs: number;
}

const isOlder = (at: number, ms: number): boolean => at < now() - ms;

/** Keeps a page for the user of `epoch`. Silently not, when the user has changed meanwhile. */
export async function savePage(page: StoredPage, epoch: string, limits: PageLimits): Promise<void> {
  const key = await hashOf(page.url);
  const opener = await keyOf(epoch);
  const sealed = opener && (await seal(opener, key, JSON.stringify(page)));
  if (!sealed || sealed.sealed.byteLength > limits.maxBytes) return;
  const transaction = (await database()).transaction([META, PAGES], 'readwrite');
  // Looked at inside the transaction: a logout that came while we were sealing must win.
  const mark = (await got(transaction.objectStore(META).get(SESSION))) as SessionMark | undefined;
  if (mark?.epoch !== epoch) return;
  const pages = transaction.objectStore(PAGES);
  pages.put({ key, savedAt: now(), usedAt: now(), bytes: sealed.sealed.byteLength, ...sealed });
  let [count, total] = [0, 0];
  const kept = (await got(pages.index('usedAt').getAll())) as PageRecord[];
  for (const { key, savedAt, bytes } of kept.reverse()) {
    count++;
    total += bytes;
    if (count > limits.maxPages || total > limits.maxBytes || isOlder(savedAt, limits.maxAgeMs)) pages.delete(key);
  }
  await done(transaction);
}

/** The key of the user of `epoch`; nothing when that is no longer who is here. */
async function keyOf(epoch: string): Promise<CryptoKey | undefined> {
  const known = await readMeta<CryptoKey>(KEY);
  if (known) return known;
  const made = await makeKey();
  const store = await meta('readwrite');
  const mark = (await got(store.get(SESSION))) as SessionMark | undefined;
  if (mark?.epoch !== epoch) return undefined;
  // Somebody else may have made one meanwhile.
  const theirs = (await got(store.get(KEY))) as CryptoKey | undefined;
  if (!theirs) store.put(made, KEY);
  return theirs ?? made;
}

/** The page at this address as the current user left it, not longer ago than `maxAgeMs`. */
export async function findPage(url: string, maxAgeMs: number): Promise<StoredPage | undefined> {
  const name = await hashOf(url);
  const [page] = await readPages(name, maxAgeMs);
  // The order of use is no reason to keep anybody waiting.
  if (page) void touch(name).catch(() => {});
  return page;
}

/** What the current user may read without a network, latest first. */
export const listPages = (maxAgeMs: number): Promise<StoredPage[]> => readPages(undefined, maxAgeMs);

/** User, key and pages are read at one moment, so a page is never opened for somebody else. */
async function readPages(name: string | undefined, maxAgeMs: number): Promise<StoredPage[]> {
  const transaction = (await database()).transaction([META, PAGES]);
  const values = transaction.objectStore(META);
  const pages = transaction.objectStore(PAGES);
  const [mark, key, records] = await Promise.all([
    got(values.get(SESSION)) as Promise<SessionMark | undefined>,
    got(values.get(KEY)) as Promise<CryptoKey | undefined>,
    got(name ? pages.getAll(name) : pages.index('usedAt').getAll()) as Promise<PageRecord[]>,
  ]);
  if (!mark?.isSure || !key) return [];
  const fresh = records.reverse().filter(({ savedAt }) => !isOlder(savedAt, maxAgeMs));
  const texts = await Promise.all(fresh.map((record) => unseal(key, record.key, record)));
  return texts.flatMap((text) => (text === undefined ? [] : (JSON.parse(text) as StoredPage)));
}

/** Only when it is still there: a logout meanwhile must not be undone. */
async function touch(key: string): Promise<void> {
  const store = (await database()).transaction(PAGES, 'readwrite').objectStore(PAGES);
  const record = (await got(store.get(key))) as PageRecord | undefined;
  if (record) store.put({ ...record, usedAt: now() });
}
