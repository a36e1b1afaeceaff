import { FIRST_TOKEN, type StateStore, type Taken } from './store.ts';

/** Keeps records in this process, by reference: nothing is copied and nothing survives the process. */
export function memoryStore(): StateStore & { readonly size: number } {
  const entries = new Map<string, Taken>();
  const isOwner = (id: string, token: number): boolean => token >= (entries.get(id)?.token ?? FIRST_TOKEN);
  return {
    isShared: false,
    load: (id) => entries.get(id)?.record,
    take(id) {
      const entry = entries.get(id);
      if (!entry) return undefined;
      const taken = { ...entry, token: entry.token + 1 };
      entries.set(id, taken);
      return taken;
    },
    commit(id, record, token) {
      if (!isOwner(id, token)) return false;
      entries.set(id, { record, token });
      return true;
    },
    isOwner,
    delete(id, token) {
      if (isOwner(id, token)) entries.delete(id);
    },
    get size() {
      return entries.size;
    },
  };
}
