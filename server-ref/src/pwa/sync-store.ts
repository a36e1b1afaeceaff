/** A record as the server holds it. */
export interface SyncRecord {
  readonly key: string;
  /** Counts up with every change. */
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** When its last change was made, by the clock of the device. */
  readonly at: number;
}

/** Inside one transaction: what a request changes appears at once, or not at all. */
export interface SyncTransaction {
  /** The last mutation of this device that was decided; 0 when it is not known. */
  lastId(client: string): number;
  setLastId(client: string, id: number): void;
  get(model: string, key: string): SyncRecord | undefined;
  put(model: string, record: SyncRecord): void;
  delete(model: string, key: string): void;
  all(model: string): readonly SyncRecord[];
}

/** Where synchronised records live, by user. Transactions of one user follow each other. */
export interface SyncStore {
  transact<T>(principal: string, run: (transaction: SyncTransaction) => T | Promise<T>): Promise<T>;
}

interface Shelf {
  devices: Map<string, number>;
  records: Map<string, SyncRecord>;
}

export interface MemorySyncLimits {
  readonly maxUsers: number;
  readonly maxRecords: number;
  readonly maxDevices: number;
}

const LIMITS: MemorySyncLimits = { maxUsers: 1_000, maxRecords: 1_000, maxDevices: 50 };

/** In the memory of this process, for development and small sites. The user that came first goes when there are too many. */
export function memorySyncStore(limits: MemorySyncLimits = LIMITS): SyncStore {
  const shelves = new Map<string, Shelf>();
  const queues = new Map<string, Promise<unknown>>();
  return {
    transact(principal, run) {
      const result = (queues.get(principal) ?? Promise.resolve()).then(async () => {
        const old = shelves.get(principal) ?? { devices: new Map(), records: new Map() };
        // A copy: when the run throws, nothing has happened.
        const shelf: Shelf = { devices: new Map(old.devices), records: new Map(old.records) };
        const value = await run(transactionOn(shelf, limits));
        shelves.delete(principal);
        shelves.set(principal, shelf);
        for (const first of shelves.keys()) if (shelves.size > limits.maxUsers) shelves.delete(first);
        return value;
      });
      const settled: Promise<unknown> = result
        .catch(() => {})
        .then((): unknown => queues.get(principal) === settled && queues.delete(principal));
      queues.set(principal, settled);
      return result;
    },
  };
}

function transactionOn({ devices, records }: Shelf, limits: MemorySyncLimits): SyncTransaction {
  const name = (model: string, key: string): string => `${model}/${key}`;
  return {
    lastId: (client) => devices.get(client) ?? 0,
    setLastId(client, id) {
      devices.delete(client);
      devices.set(client, id);
      for (const first of devices.keys()) if (devices.size > limits.maxDevices) devices.delete(first);
    },
    get: (model, key) => records.get(name(model, key)),
    put(model, record) {
      if (!records.has(name(model, record.key)) && records.size >= limits.maxRecords) throw new SyncFull();
      records.set(name(model, record.key), record);
    },
    delete: (model, key) => void records.delete(name(model, key)),
    all: (model) => [...records].flatMap(([id, record]) => (id.startsWith(`${model}/`) ? record : [])),
  };
}

/** The user has as many records as there may be. */
export class SyncFull extends Error {}
