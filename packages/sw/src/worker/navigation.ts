import type { Navigation, NavigationSteps, WorkerFeature } from './feature.ts';
import { allowPreload, usePreloadHeader } from './preload.ts';
import { isOwn, now, run } from './scope.ts';

/**
 * Answers pages with what the features bring. The browser asks the server at the same time as it wakes the worker
 * (navigation preload), so a worker that sleeps costs no time and no second request.
 */
export function navigations(features: readonly WorkerFeature[], exclude: readonly RegExp[]): WorkerFeature {
  const steps = features.flatMap(({ navigation }) => navigation ?? []);
  const named = steps.find(({ preloadHeader }) => preloadHeader);
  usePreloadHeader(() => named?.preloadHeader?.());
  return {
    name: 'navigation',
    activate: () => allowPreload(true),
    fetch(event) {
      const { request } = event;
      const url = new URL(request.url);
      if (request.mode !== 'navigate' || request.method !== 'GET' || !isOwn(url)) return undefined;
      if (exclude.some((pattern) => pattern.test(url.pathname))) return undefined;
      // Neither of the standard's own names for it is known to every browser, and both are absent from the types.
      const isHistory = (request as { isHistoryNavigation?: boolean }).isHistoryNavigation ?? false;
      const hasWoken = run.isFresh;
      run.isFresh = false;
      return answer({ event, url, isHistory, hasWoken, startedAt: now() }, steps);
    },
  };
}

async function answer(navigation: Navigation, steps: readonly NavigationSteps[]): Promise<Response> {
  const network = load(navigation, steps);
  const observed = network.then(async (response) => {
    for (const step of steps) await step.observe?.(navigation, response);
  });
  navigation.event.waitUntil(observed.catch(() => {}));
  for (const step of steps) {
    const ready = await step.instead?.(navigation);
    if (ready) return ready;
  }
  try {
    const composer = steps.find((step) => step.compose);
    return await (composer?.compose?.(navigation, network) ?? network);
  } catch (error) {
    for (const step of steps) {
      const page = await step.rescue?.(navigation);
      if (page) return page;
    }
    throw error;
  }
}

/** Exactly one request to the server: what was fetched ahead, what the browser has asked for already, or our own. */
async function load(navigation: Navigation, steps: readonly NavigationSteps[]): Promise<Response> {
  const response = await first(navigation, steps);
  if (!navigation.isHistory) return response;
  for (const step of steps)
    if (await step.isStale?.(response)) {
      await response.body?.cancel();
      return ask(navigation, steps, 'reload');
    }
  return response;
}

async function first(navigation: Navigation, steps: readonly NavigationSteps[]): Promise<Response> {
  const { event, hasWoken } = navigation;
  for (const step of steps) {
    const taken = await step.take?.(navigation)?.catch(() => undefined);
    if (taken) return taken;
  }
  const preloaded = (await event.preloadResponse) as Response | undefined;
  if (preloaded) return preloaded;
  if (!hasWoken) return ask(navigation, steps, event.request.cache);
  // Chromium may have sent the request while it was starting us; the same request again is answered by that one.
  event.waitUntil(allowPreload(true));
  return fetch(event.request);
}

async function ask(
  { event, url }: Navigation,
  steps: readonly NavigationSteps[],
  cache: RequestCache,
): Promise<Response> {
  const headers = new Headers({ accept: event.request.headers.get('accept') ?? '*/*' });
  for (const step of steps)
    for (const [name, value] of Object.entries((await step.headers?.()) ?? {})) headers.set(name, value);
  const { signal } = event.request;
  return fetch(url, { headers, redirect: 'manual', credentials: 'same-origin', cache, signal });
}
