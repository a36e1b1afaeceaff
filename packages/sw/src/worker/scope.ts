/** The worker itself. `self` is typed for windows wherever both kinds of types are loaded. */
export const scope: ServiceWorkerGlobalScope = globalThis as unknown as ServiceWorkerGlobalScope;

/** Time that passes; a test may stop it. */
export const now = (): number => Date.now();

export const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms));

/** Requests that may change something: after them nothing that was kept is sure to be true. */
export const isUnsafe = ({ method }: Request): boolean => method !== 'GET' && method !== 'HEAD';

export const isOwn = (url: URL): boolean => url.origin === scope.location.origin;

/** Without the fragment, of which the server knows nothing. */
export const addressOf = ({ href }: URL): string => href.split('#')[0] as string;

/** Tells every page, those that this worker does not control yet included. */
export async function tellPages(message: Readonly<Record<string, unknown>>): Promise<void> {
  for (const client of await scope.clients.matchAll({ type: 'window', includeUncontrolled: true }))
    client.postMessage(message);
}

/** What is true of this run of the worker only. It may end at any moment, so nothing that matters is kept here. */
export const run = {
  /** Nothing but the event that woke it has happened yet. */
  isFresh: true,
};
