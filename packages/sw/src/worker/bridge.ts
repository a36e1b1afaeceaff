import { message } from '../messages.ts';
import { flush } from '../sync/flush.ts';
import { MutationQueue, ownersWithWork } from '../sync/queue.ts';
import { flushEvents } from './events.ts';
import type { WorkerFeature } from './feature.ts';
import { tellPages } from './scope.ts';

export const SYNC_TAG = 'djust-sync';

/**
 * Sends what was done without a network when there is one again, even if no page is open any more. Where the browser has
 * no Background Sync, the next page does it. The server refuses what belongs to somebody who is not signed in.
 */
export function bridge(url: string, eventsUrl: string): WorkerFeature {
  const send = async (): Promise<void> => {
    let isLeft = await flushEvents(eventsUrl);
    for (const owner of await ownersWithWork()) {
      const { state } = await flush(owner, new MutationQueue(owner), { url });
      isLeft ||= state === 'later';
    }
    await tellPages(message('synced'));
    // A failed sync event is raised again by the browser, later and later.
    if (isLeft) throw new Error('sync/later');
  };
  return {
    name: 'bridge',
    sync: (tag) => (tag === SYNC_TAG ? send() : undefined),
    messages: { flush: () => send().catch(() => {}) },
  };
}
