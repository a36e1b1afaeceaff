import { idbDriver } from './idb-driver.ts';
import { localDriver } from './local-driver.ts';
import { memoryDriver } from './memory-driver.ts';
import type { Driver, Held, SetOptions, Store, StoreDriver, StoreOptions } from './store.ts';

/** Opens a store. A browser that refuses to store (private windows do) falls back to memory; `driver` says so. */
export async function openStore({ name, driver = 'auto', owner = '', now = Date.now }: StoreOptions): Promise<Store> {
  const id = `djust:${encodeURIComponent(owner)}:${encodeURIComponent(name)}`;
  return storeOn(driver === 'auto' ? await best(id) : await DRIVERS[driver](id), now);
}

const DRIVERS: Readonly<Record<StoreDriver, (id: string) => Promise<Driver>>> = {
  idb: idbDriver,
  localStorage: async (id) => localDriver(id, globalThis.localStorage),
  memory: async () => memoryDriver(),
};

async function best(id: string): Promise<Driver> {
  for (const name of ['idb', 'localStorage'] as const) {
    try {
      const driver = await DRIVERS[name](id);
      // Some browsers open a database and fail at the first write.
      await driver.write([['\0probe', { value: 1, until: 0 }]]);
      await driver.write([['\0probe', null]]);
      return driver;
    } catch {
      // The next one.
    }
  }
  return memoryDriver();
}

function storeOn(driver: Driver, now: () => number): Store {
  const isOver = ({ until }: Held): boolean => until <= now();
  const live = async (): Promise<[string, unknown][]> => {
    const all = await driver.readAll();
    const over = all.filter(([, held]) => isOver(held));
    if (over.length > 0) await driver.write(over.map(([key]) => [key, null] as const));
    return all.flatMap(([key, held]) => (isOver(held) ? [] : [[key, held.value] as [string, unknown]]));
  };
  const held = (value: unknown, { ttlMs }: SetOptions = {}): Held => ({
    value: structuredClone(value),
    until: ttlMs === undefined ? Number.POSITIVE_INFINITY : now() + ttlMs,
  });
  return {
    driver: driver.name,
    async get<T>(key: string) {
      const found = await driver.read(key);
      if (!found) return undefined;
      if (!isOver(found)) return structuredClone(found.value) as T;
      await driver.write([[key, null]]);
      return undefined;
    },
    set: (key, value, options) => driver.write([[key, held(value, options)]]),
    delete: (key) => driver.write([[key, null]]),
    keys: async () => (await live()).map(([key]) => key).sort(),
    entries: async <T>() => structuredClone(await live()).sort(([a], [b]) => (a < b ? -1 : 1)) as [string, T][],
    size: async () => (await live()).length,
    clear: async () => driver.write((await driver.readAll()).map(([key]) => [key, null] as const)),
    async transaction(change) {
      const before = new Map((await driver.readAll()).filter(([, held]) => !isOver(held)));
      const values = new Map([...before].map(([key, { value }]) => [key, structuredClone(value)]));
      change(values);
      const gone = [...before.keys()].filter((key) => !values.has(key)).map((key) => [key, null] as const);
      const kept = [...values].map(([key, value]) => [key, { ...held(value), ...untilOf(before.get(key)) }] as const);
      await driver.write([...gone, ...kept]);
    },
  };
}

/** A value that a transaction touches is over when it was to be over. */
const untilOf = (held: Held | undefined): Pick<Held, 'until'> | undefined => held && { until: held.until };
