import { message } from '../messages.ts';
import { post } from './post.ts';

const SYNC_TAG = 'djust-sync';

/** Has the worker send what waits as soon as there is a network, even if no page is open then. Without Background Sync, now. */
export async function askForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  if (registration?.sync) await registration.sync.register(SYNC_TAG).catch(() => {});
  else post(registration?.active, message('flush'));
}

/**
 * Events of a live page that cannot be sent now are kept by its add-on `outbox`; the worker sends them when the page is
 * gone. And here is the next page: what others have left goes out.
 */
export function bridgeEvents(signal: AbortSignal): void {
  const queued = (): void => {
    if (document.documentElement.dataset.djNet !== 'online') void askForSync();
  };
  document.addEventListener('djust:event-queued', queued, { signal });
  const flush = (): void => post(navigator.serviceWorker.controller, message('flush'));
  addEventListener('online', flush, { signal });
  flush();
}
