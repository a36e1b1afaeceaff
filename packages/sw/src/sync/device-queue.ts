import { done, got } from '../records.ts';
import type { Mutation, NewMutation } from './mutation.ts';
import { type Conflict, type Device, MutationQueue } from './queue.ts';

/** One more is refused; what is there already is kept. */
export const MAX_QUEUED = 1_000;

/** The queue as the page has it: what the worker never does is not in the worker. */
export class DeviceQueue extends MutationQueue {
  /** Stored when it resolves. @throws `sync/full` at the cap; whatever the browser throws when it cannot store */
  async add(mutation: NewMutation, at: number, maxItems: number = MAX_QUEUED): Promise<Mutation> {
    const { devices, mutations } = await this._open('readwrite');
    const device = ((await got(devices.get(this._owner))) as Device | undefined) ?? {
      client: crypto.randomUUID(),
      nextId: 1,
    };
    if ((await got(mutations.count(this._all))) >= Math.min(maxItems, MAX_QUEUED)) throw new Error('sync/full');
    const stored = { ...mutation, id: device.nextId, at };
    // Number and record in one transaction: a tab that dies in between leaves neither a gap nor a number used twice.
    mutations.put({ ...stored, owner: this._owner });
    devices.put({ ...device, nextId: device.nextId + 1 }, this._owner);
    await done(mutations.transaction);
    return stored;
  }

  async size(): Promise<number> {
    return got((await this._open('readonly')).mutations.count(this._all));
  }

  async conflicts(): Promise<Conflict[]> {
    return got((await this._open('readonly')).aside.getAll(this._all));
  }

  async forgetConflict(id: number): Promise<void> {
    const { aside } = await this._open('readwrite');
    aside.delete([this._owner, id]);
    await done(aside.transaction);
  }
}
