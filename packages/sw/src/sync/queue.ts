import { databaseOf, done, got } from '../records.ts';
import type { Mutation, MutationResult } from './mutation.ts';

export const SYNC_DATABASE = 'djust-sync';
/** A mutation that the server has not taken as it was; the user decides. */
export interface Conflict {
  readonly mutation: Mutation;
  readonly result: MutationResult;
}

export interface Device {
  /** Names this device to the server. */
  readonly client: string;
  readonly nextId: number;
}

/** A mutation as it is stored, by owner: what one user leaves behind is never sent as another's. */
type Stored = Mutation & { readonly owner: string };

const DEVICES = 'devices';
const MUTATIONS = 'mutations';
const CONFLICTS = 'conflicts';

const database = databaseOf(SYNC_DATABASE, (db) => {
  db.createObjectStore(DEVICES);
  db.createObjectStore(MUTATIONS, { keyPath: ['owner', 'id'] });
  db.createObjectStore(CONFLICTS);
});

/** Mutations of one owner in the order in which they were made. The page and the worker read and write the same records. */
export class MutationQueue {
  readonly _owner: string;

  /** @param owner  names the user, as the server does; not a secret */
  constructor(owner: string) {
    this._owner = owner;
  }

  /** The oldest ones, and the name of the device they were made on. */
  async head(most: number): Promise<{ client: string; mutations: Mutation[] }> {
    const { devices, mutations } = await this._open('readonly');
    const [device, stored] = await Promise.all([
      got(devices.get(this._owner)) as Promise<Device | undefined>,
      got(mutations.getAll(this._all, most)) as Promise<Stored[]>,
    ]);
    return { client: device?.client ?? '', mutations: stored.map(({ owner: _, ...mutation }) => mutation) };
  }

  /** The server has decided all up to `lastId`. What it did not take as it was is kept aside for the user. */
  async settle(lastId: number, results: readonly MutationResult[]): Promise<Conflict[]> {
    const { mutations, aside } = await this._open('readwrite');
    const decided = IDBKeyRange.bound([this._owner, 0], [this._owner, lastId]);
    const open = (await got(mutations.getAll(decided))) as Stored[];
    const conflicts: Conflict[] = [];
    for (const { owner: _, ...mutation } of open) {
      const result = results.find(({ id }) => id === mutation.id);
      if (result && result.status !== 'ok') conflicts.push({ mutation, result });
    }
    for (const conflict of conflicts) aside.put(conflict, [this._owner, conflict.mutation.id]);
    mutations.delete(decided);
    await done(mutations.transaction);
    return conflicts;
  }

  /** The server does not know this device any more: the rest goes under a new name, counted from 1. */
  async rename(): Promise<void> {
    const { devices, mutations } = await this._open('readwrite');
    const rest = (await got(mutations.getAll(this._all))) as Stored[];
    mutations.delete(this._all);
    rest.forEach((mutation, at) => void mutations.put({ ...mutation, id: at + 1 }));
    devices.put({ client: crypto.randomUUID(), nextId: rest.length + 1 } satisfies Device, this._owner);
    await done(mutations.transaction);
  }

  get _all(): IDBKeyRange {
    return IDBKeyRange.bound([this._owner, 0], [this._owner, Number.MAX_SAFE_INTEGER]);
  }

  /** The stores, in one transaction. */
  async _open(
    mode: IDBTransactionMode,
  ): Promise<{ devices: IDBObjectStore; mutations: IDBObjectStore; aside: IDBObjectStore }> {
    const transaction = (await database()).transaction([DEVICES, MUTATIONS, CONFLICTS], mode);
    return {
      devices: transaction.objectStore(DEVICES),
      mutations: transaction.objectStore(MUTATIONS),
      aside: transaction.objectStore(CONFLICTS),
    };
  }
}

/** Everybody who has left something behind on this device. */
export async function ownersWithWork(): Promise<string[]> {
  const store = (await database()).transaction(MUTATIONS).objectStore(MUTATIONS);
  const keys = (await got(store.getAllKeys())) as [owner: string, id: number][];
  return [...new Set(keys.map(([owner]) => owner))];
}
