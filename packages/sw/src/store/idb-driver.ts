import { openDB } from 'idb';
import { type Driver, type Held, QuotaError } from './store.ts';

const VALUES = 'values';

/** The usual one: large, asynchronous, and it keeps dates, maps and bytes as they are. */
export async function idbDriver(id: string): Promise<Driver> {
  const db = await openDB(id, 1, {
    upgrade: (fresh) => void fresh.createObjectStore(VALUES),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    name: 'idb',
    read: async (key) => (await db.get(VALUES, key)) as Held | undefined,
    async readAll() {
      const { store } = db.transaction(VALUES);
      const [keys, held] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return keys.map((key, at) => [String(key), held[at] as Held]);
    },
    async write(changes) {
      const transaction = db.transaction(VALUES, 'readwrite');
      try {
        await Promise.all([
          ...changes.map(([key, held]) => (held ? transaction.store.put(held, key) : transaction.store.delete(key))),
          transaction.done,
        ]);
      } catch (error) {
        if (error instanceof DOMException && error.name === 'QuotaExceededError')
          throw new QuotaError('the browser refused it', { cause: error });
        throw error;
      }
    },
  };
}
