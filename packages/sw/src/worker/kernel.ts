import { message, readMessage } from '../messages.ts';
import type { WorkerFeature } from './feature.ts';
import { run, scope } from './scope.ts';

/**
 * Starts the worker: every listener is added at once, because a browser that wakes a worker up for an event calls only
 * those that are there when the script has run.
 */
export function start(features: readonly WorkerFeature[], version: string): void {
  const all = <T>(call: (feature: WorkerFeature) => T): Promise<Awaited<T>[]> => Promise.all(features.map(call));
  scope.addEventListener('install', (event) => event.waitUntil(all((feature) => feature.install?.())));
  scope.addEventListener('activate', (event) => {
    event.waitUntil(all((feature) => feature.activate?.()).then(() => scope.clients.claim()));
  });
  scope.addEventListener('fetch', (event) => {
    for (const feature of features) {
      const answer = feature.fetch?.(event);
      if (answer) return event.respondWith(answer);
    }
  });
  scope.addEventListener('sync', (raised) => {
    // Background Sync is no part of the common types yet.
    const event = raised as ExtendableEvent & { readonly tag: string };
    for (const feature of features) event.waitUntil(Promise.resolve(feature.sync?.(event.tag)));
  });
  scope.addEventListener('message', (event) => {
    const source = event.source as WindowClient | null;
    const heard = readMessage(event.data);
    // Only windows of this origin; a worker or a frame of somebody else has no say.
    if (!heard || source?.type !== 'window' || new URL(source.url).origin !== scope.location.origin) return;
    run.isFresh = false;
    event.waitUntil(answer(heard, source, event.ports[0]));
  });

  const answer = async (
    heard: NonNullable<ReturnType<typeof readMessage>>,
    source: WindowClient,
    port?: MessagePort,
  ) => {
    const { type } = heard;
    // A worker never takes over by itself: the page that sends this has asked its user, or has nothing to lose.
    if (type === 'skip-waiting') await scope.skipWaiting();
    let result: unknown = type === 'version' ? version : undefined;
    for (const { messages } of features) {
      const handler = messages?.[type];
      if (handler) result = await handler(heard, source);
    }
    port?.postMessage(message(type, { result }));
  };
}
