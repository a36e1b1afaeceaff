import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Mutation, MutationResult } from './mutation.ts';

export const SYNC_DATABASE = 'djust-sync';
/** A mutation that the server has not taken as it was; the user decides. */
export interface Conflict {
  readonly mutation: Mutation;
  readonly result: MutationResult;
}

interface Device {
  /** Names this device to the server. */
  readonly client: string;
  readonly nextId: number;
}

interface SyncData extends DBSchema {
  /** By owner: what one user leaves behind is never sent as another's. */
  devices: { key: string; value: Device };
  mutations: { key: [string, number]; value: Mutation & { readonly owner: string } };
  conflicts: { key: [string, number]; value: Conflict };
}

/** Mutations of one owner in the order in which they were made. The page and the worker read and write the same records. */
export class MutationQueue {
  readonly _owner: string;
  _opening: Promise<IDBPDatabase<SyncData>> | undefined;

  /** @param owner  names the user, as the server does; not a secret */
  constructor(owner: string) {
    this._owner = owner;
  }

  /** The oldest ones, and the name of the device they were made on. */
  async head(most: number): Promise<{ client: string; mutations: Mutation[] }> {
    const db = await this._database();
    const stored = await db.getAll('mutations', this._all, most);
    const mutations = stored.map(({ owner: _, ...mutation }) => mutation);
    return { client: (await db.get('devices', this._owner))?.client ?? '', mutations };
  }

  /** The server has decided all up to `lastId`. What it did not take as it was is kept aside for the user. */
  async settle(lastId: number, results: readonly MutationResult[]): Promise<Conflict[]> {
    const transaction = (await this._database()).transaction(['mutations', 'conflicts'], 'readwrite');
    const [mutations, aside] = [transaction.objectStore('mutations'), transaction.objectStore('conflicts')];
    const decided = IDBKeyRange.bound([this._owner, 0], [this._owner, lastId]);
    const open = await mutations.getAll(decided);
    const conflicts: Conflict[] = [];
    for (const { owner: _, ...mutation } of open) {
      const result = results.find(({ id }) => id === mutation.id);
      if (result && result.status !== 'ok') conflicts.push({ mutation, result });
    }
    for (const conflict of conflicts) void aside.put(conflict, [this._owner, conflict.mutation.id]);
    void mutations.delete(decided);
    await transaction.done;
    return conflicts;
  }

  /** The server does not know this device any more: the rest goes under a new name, counted from 1. */
  async rename(): Promise<void> {
    const transaction = (await this._database()).transaction(['devices', 'mutations'], 'readwrite');
    const store = transaction.objectStore('mutations');
    const rest = await store.getAll(this._all);
    void store.delete(this._all);
    rest.forEach((mutation, at) => void store.put({ ...mutation, id: at + 1 }));
    void transaction.objectStore('devices').put({ client: crypto.randomUUID(), nextId: rest.length + 1 }, this._owner);
    await transaction.done;
  }

  get _all(): IDBKeyRange {
    return IDBKeyRange.bound([this._owner, 0], [this._owner, Number.MAX_SAFE_INTEGER]);
  }

  _database(): Promise<IDBPDatabase<SyncData>> {
    const forget = (): void => {
      this._opening = undefined;
    };
    this._opening ??= openDB<SyncData>(SYNC_DATABASE, 1, {
      upgrade(db) {
        db.createObjectStore('devices');
        db.createObjectStore('mutations', { keyPath: ['owner', 'id'] });
        db.createObjectStore('conflicts');
      },
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    this._opening.catch(forget);
    return this._opening;
  }
}

/** Everybody who has left something behind on this device. */
export async function ownersWithWork(): Promise<string[]> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === SYNC_DATABASE)) return [];
  const db = await openDB<SyncData>(SYNC_DATABASE, 1);
  const owners = new Set((await db.getAllKeys('mutations')).map(([owner]) => owner));
  db.close();
  return [...owners];
}
