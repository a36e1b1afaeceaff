import { describe, expect, it } from 'vitest';
import { storeContract } from '../test/store.contract.ts';
import { idbStore } from './idb-store.ts';

describe('in IndexedDB', () => {
  storeContract(idbStore);

  it('goes on after the database was deleted under it', async () => {
    const store = idbStore();
    const stream = { id: 'a', session: 's', page: { view: 'a.B', url: '/', params: {} }, at: '/', epoch: null };
    const marks = { ref: 0, acked: 0, savedAt: 0, events: [] };
    await store.save({ ...stream, ...marks });
    await new Promise<void>((resolve, reject) => {
      const asked = indexedDB.deleteDatabase('djust-outbox');
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(asked.error);
    });
    expect(await store.all()).toEqual([]);
    await store.save({ ...stream, ...marks });
    expect(await store.all()).toHaveLength(1);
  });
});
