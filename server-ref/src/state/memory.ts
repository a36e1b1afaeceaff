import type { SessionRecord, StateStore } from './store.ts';

/** Keeps records in this process, by reference: nothing is copied and nothing survives the process. */
export function memoryStore(): StateStore & { readonly size: number } {
  const records = new Map<string, SessionRecord>();
  return {
    load: (id) => records.get(id),
    commit: (id, record) => {
      records.set(id, record);
    },
    delete: (id) => {
      records.delete(id);
    },
    get size() {
      return records.size;
    },
  };
}
