/**
 * What page and worker need of IndexedDB. The library that the stores use weighs an eighth of what a worker may weigh, so
 * here is the part of it that a worker uses.
 */

/** What a request brings. Awaited by itself it leaves its transaction open for the next one. */
export const got = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Resolves when all of a transaction is stored, and rejects when nothing of it is. */
export const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/**
 * A database that is opened at the first use and stays open; one that was deleted or closed by the browser is opened anew.
 * @param create  makes the stores of a new one
 */
export function databaseOf(name: string, create: (database: IDBDatabase) => void): () => Promise<IDBDatabase> {
  let opening: Promise<IDBDatabase> | undefined;
  const forget = (): void => {
    opening = undefined;
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => create(request.result);
    const database = await got(request);
    // Whoever deletes or upgrades it waits for us to let go; holding on would keep a new version from installing.
    database.onversionchange = () => {
      database.close();
      forget();
    };
    database.onclose = forget;
    return database;
  };
  return () => {
    opening ??= open();
    opening.catch(forget);
    return opening;
  };
}
