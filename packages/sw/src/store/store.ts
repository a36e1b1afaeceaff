export type StoreDriver = 'idb' | 'localStorage' | 'memory';

export interface StoreOptions {
  readonly name: string;
  /** `auto` takes the best that the browser really lets us write to. */
  readonly driver?: StoreDriver | 'auto';
  /** Whose data it is: user, tenant, app. Another owner sees another store. */
  readonly owner?: string;
  readonly now?: () => number;
}

export interface SetOptions {
  /** After this time the value is gone. */
  readonly ttlMs?: number;
}

/** Values by name on this device. They are copies: what comes out is not what went in. */
export interface Store {
  readonly driver: StoreDriver;
  get<T = unknown>(key: string): Promise<T | undefined>;
  /** @throws QuotaError when there is no room; the old value stays */
  set(key: string, value: unknown, options?: SetOptions): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
  entries<T = unknown>(): Promise<[string, T][]>;
  size(): Promise<number>;
  clear(): Promise<void>;
  /** Changes several values at once, or none when `change` throws. It sees all of them and answers what shall be there. */
  transaction(change: (values: Map<string, unknown>) => void): Promise<void>;
}

/** There is no room for the value. */
export class QuotaError extends Error {
  override readonly name: string = 'QuotaError';
  readonly code: string = 'store/full';
}

/** What a driver keeps: the value, and when it is over. */
export interface Held {
  readonly value: unknown;
  readonly until: number;
}

/** What a driver has to do; ages, names and copies are not its business. All keys begin with its own prefix. */
export interface Driver {
  readonly name: StoreDriver;
  read(key: string): Promise<Held | undefined>;
  readAll(): Promise<[string, Held][]>;
  /** All or nothing; null deletes. @throws QuotaError */
  write(changes: readonly (readonly [string, Held | null])[]): Promise<void>;
}
