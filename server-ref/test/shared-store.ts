import { memoryStore } from '../src/state/memory.ts';
import type { StateStore } from '../src/state/store.ts';

/** As several processes see it: shared, and never by reference. */
export function sharedStore(): StateStore {
  const store = memoryStore();
  return {
    ...store,
    isShared: true,
    commit: async (id, record, token) => store.commit(id, JSON.parse(JSON.stringify(record)), token),
  };
}
