import type { Mutation, NewMutation } from './mutation.ts';
import { type Conflict, MutationQueue } from './queue.ts';

/** One more is refused; what is there already is kept. */
export const MAX_QUEUED = 1_000;

/** The queue as the page has it: what the worker never does is not in the worker. */
export class DeviceQueue extends MutationQueue {
  /** Stored when it resolves. @throws `sync/full` at the cap; whatever the browser throws when it cannot store */
  async add(mutation: NewMutation, at: number): Promise<Mutation> {
    const transaction = (await this._database()).transaction(['devices', 'mutations'], 'readwrite');
    const [devices, mutations] = [transaction.objectStore('devices'), transaction.objectStore('mutations')];
    const device = (await devices.get(this._owner)) ?? { client: crypto.randomUUID(), nextId: 1 };
    if ((await mutations.count(this._all)) >= MAX_QUEUED) {
      transaction.abort();
      await transaction.done.catch(() => {});
      throw new Error('sync/full');
    }
    const stored = { ...mutation, id: device.nextId, at };
    // Number and record in one transaction: a tab that dies in between leaves neither a gap nor a number used twice.
    await Promise.all([
      mutations.put({ ...stored, owner: this._owner }),
      devices.put({ ...device, nextId: device.nextId + 1 }, this._owner),
      transaction.done,
    ]);
    return stored;
  }

  async size(): Promise<number> {
    return (await this._database()).count('mutations', this._all);
  }

  async conflicts(): Promise<Conflict[]> {
    return (await this._database()).getAll('conflicts', this._all);
  }

  async forgetConflict(id: number): Promise<void> {
    await (await this._database()).delete('conflicts', [this._owner, id]);
  }
}
