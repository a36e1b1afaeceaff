import { database, SESSION } from './database.ts';
import { now } from './scope.ts';
import { hashOf, isOlder, seal, unseal } from './sealed.ts';
import { guessedEpoch, type SessionMark, sessionMark } from './session.ts';

/** A page as its user left it. */
export interface StoredPage {
  readonly url: string;
  readonly title: string;
  /** The layout it belongs to. */
  readonly layout: string;
  /** Inner HTML of `<main>`. */
  readonly html: string;
}

export interface PageLimits {
  readonly maxPages: number;
  readonly maxBytes: number;
  /** The longest that any use allows. */
  readonly maxAgeMs: number;
}

/** Keeps a page for the user of `epoch`. Silently not, when the user has changed meanwhile. */
export async function savePage(page: StoredPage, epoch: string, limits: PageLimits): Promise<void> {
  const key = await hashOf(epoch, page.url);
  const sealed = await seal({ epoch, name: key }, JSON.stringify(page));
  const bytes = sealed?.sealed.byteLength ?? 0;
  if (!sealed || bytes > limits.maxBytes) return;
  const transaction = (await database()).transaction(['meta', 'pages'], 'readwrite');
  const pages = transaction.objectStore('pages');
  // Looked at inside the transaction: a logout that came while we were sealing must win.
  const mark = (await transaction.objectStore('meta').get(SESSION)) as SessionMark | undefined;
  if (mark?.epoch !== epoch) return;
  await pages.put({ key, savedAt: now(), usedAt: now(), bytes, ...sealed });
  let [count, total] = [0, 0];
  for (let cursor = await pages.index('usedAt').openCursor(null, 'prev'); cursor; cursor = await cursor.continue()) {
    const { savedAt, bytes } = cursor.value;
    count++;
    total += bytes;
    if (count > limits.maxPages || total > limits.maxBytes || isOlder(savedAt, limits.maxAgeMs)) await cursor.delete();
  }
  await transaction.done;
}

/** The page at this address as the current user left it, not longer ago than `maxAgeMs`. */
export async function findPage(url: string, maxAgeMs: number): Promise<StoredPage | undefined> {
  const epoch = await guessedEpoch();
  const key = await hashOf(epoch, url);
  const transaction = (await database()).transaction(['meta', 'pages']);
  const [mark, record] = await Promise.all([
    transaction.objectStore('meta').get(SESSION) as Promise<SessionMark | undefined>,
    transaction.objectStore('pages').get(key),
  ]);
  if (!mark?.isSure || mark.epoch !== epoch) return undefined;
  if (!record || isOlder(record.savedAt, maxAgeMs)) return undefined;
  const text = await unseal({ epoch, name: key }, record);
  if (text === undefined) return undefined;
  // The order of use is no reason to keep anybody waiting.
  void touch(key).catch(() => {});
  return JSON.parse(text) as StoredPage;
}

/** Only when it is still there: a logout meanwhile must not be undone. */
async function touch(key: string): Promise<void> {
  const { store } = (await database()).transaction('pages', 'readwrite');
  const record = await store.get(key);
  if (record) await store.put({ ...record, usedAt: now() });
}

/** What the current user may read without a network, latest first. */
export async function listPages(maxAgeMs: number): Promise<{ url: string; title: string }[]> {
  const { epoch, isSure } = await sessionMark();
  const records = isSure ? await (await database()).getAllFromIndex('pages', 'usedAt') : [];
  const fresh = records.reverse().filter(({ savedAt }) => !isOlder(savedAt, maxAgeMs));
  const texts = await Promise.all(fresh.map((record) => unseal({ epoch, name: record.key }, record)));
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const { url, title } = JSON.parse(text) as StoredPage;
    return { url, title };
  });
}
