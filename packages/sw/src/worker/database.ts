import { databaseOf, got } from '../records.ts';

/** A page as it was left, sealed for its user. */
export interface PageRecord {
  /** Hash of the address, which cannot be read from it. */
  readonly key: string;
  readonly savedAt: number;
  readonly usedAt: number;
  readonly bytes: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export const DATABASE = 'djust-sw';
/** Its stores: single values by name, and kept pages. */
export const META = 'meta';
export const PAGES = 'pages';
/** Names in `meta`: whose the records are, the key that opens them, and which addresses this user has opened. */
export const SESSION = 'session';
export const KEY = 'key';
export const ADDRESSES = 'addresses';

/** The worker's own records. */
export const database: () => Promise<IDBDatabase> = databaseOf(DATABASE, (db) => {
  db.createObjectStore(META);
  db.createObjectStore(PAGES, { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
});

/** Single values, to be read and written in one transaction. */
export const meta = async (mode: IDBTransactionMode = 'readonly'): Promise<IDBObjectStore> =>
  (await database()).transaction(META, mode).objectStore(META);

export const readMeta = async <T>(key: string): Promise<T | undefined> =>
  (await got((await meta()).get(key))) as T | undefined;
