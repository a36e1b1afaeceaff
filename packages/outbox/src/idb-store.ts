import type { OutboxStore, StoredStream } from './store.ts';

/** What is used of IndexedDB, in page and worker alike; this package builds without the types of either. */
interface Asked<T> {
  readonly result: T;
  readonly error: unknown;
  onsuccess: unknown;
  onerror: unknown;
  onupgradeneeded?: unknown;
}
interface Streams {
  put(stream: StoredStream): Asked<unknown>;
  delete(id: string): Asked<unknown>;
  getAll(): Asked<StoredStream[]>;
  clear(): Asked<unknown>;
}
interface Transaction {
  readonly error: unknown;
  oncomplete: unknown;
  commit(): void;
  onabort: unknown;
  objectStore(name: string): Streams;
}
interface Database {
  onversionchange: unknown;
  close(): void;
  createObjectStore(name: string, options: { keyPath: string }): unknown;
  transaction(name: string, mode: string): Transaction;
}
declare const indexedDB: { open(name: string): Asked<Database> };

/** Name of the database and of what is in it. */
const STREAMS = 'djust-outbox';

/** Streams in IndexedDB, opened at the first use. */
export function idbStore(): OutboxStore {
  let opening: Promise<Database> | undefined;
  const open = (): Promise<Database> =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open(STREAMS);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STREAMS, { keyPath: 'id' });
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const database = asked.result;
        // Somebody wants to delete it, and holding on would keep them waiting.
        database.onversionchange = () => {
          opening = undefined;
          database.close();
        };
        resolve(database);
      };
    });
  const run = async <T>(act: (streams: Streams) => Asked<T>): Promise<T> => {
    opening ??= open();
    const transaction = (await opening).transaction(STREAMS, 'readwrite');
    const asked = act(transaction.objectStore(STREAMS));
    // Otherwise it would be taken back with a tab that crashes before it hears that all is well.
    transaction.commit();
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  return {
    save: (stream) => run((streams) => streams.put(stream)),
    remove: (id) => run((streams) => streams.delete(id)),
    all: () => run((streams) => streams.getAll()),
    clear: () => run((streams) => streams.clear()),
  };
}
