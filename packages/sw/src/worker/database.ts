import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A page as it was left, sealed for its user. */
export interface PageRecord {
  /** Hash of user and address; neither can be read from it. */
  readonly key: string;
  readonly savedAt: number;
  readonly usedAt: number;
  readonly bytes: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export interface WorkerData extends DBSchema {
  meta: { key: string; value: unknown };
  pages: { key: string; value: PageRecord; indexes: { usedAt: number } };
}

export const DATABASE = 'djust-sw';
/** Names in `meta`: whose the records are, and the key that opens them. */
export const SESSION = 'session';
export const KEY = 'key';

let opening: Promise<IDBPDatabase<WorkerData>> | undefined;

/** The worker's own records. Opened once a run; a deleted or broken database is opened anew. */
export function database(): Promise<IDBPDatabase<WorkerData>> {
  const forget = (): void => {
    opening = undefined;
  };
  opening ??= openDB<WorkerData>(DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore('meta');
      db.createObjectStore('pages', { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
    },
    // A later worker waits for us to let go; holding on would keep its update from installing.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  opening.catch(forget);
  return opening;
}

export const readMeta = async <T>(key: string): Promise<T | undefined> =>
  (await (await database()).get('meta', key)) as T | undefined;
