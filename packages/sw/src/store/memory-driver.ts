import type { Driver, Held } from './store.ts';

/** For as long as the page lives. */
export function memoryDriver(): Driver {
  const held = new Map<string, Held>();
  return {
    name: 'memory',
    read: async (key) => held.get(key),
    readAll: async () => [...held],
    async write(changes) {
      for (const [key, value] of changes)
        if (value) held.set(key, value);
        else held.delete(key);
    },
  };
}
