import { message } from '../messages.ts';
import { bridgeEvents } from './background.ts';
import { workerChannel } from './channel.ts';
import { installButtons } from './install.ts';
import { keepPages } from './keep.ts';
import { showNet } from './net.ts';
import { listOfflinePages } from './offline-list.ts';
import { post, told } from './post.ts';
import { prefetchLinks } from './prefetch.ts';
import { register, watchSession } from './register.ts';
import { type UpdateMode, watchUpdates } from './update.ts';

export interface SwPageOptions {
  /** Address of the worker, at the root of the site. */
  readonly url?: string;
  readonly update?: UpdateMode;
}

/** The page side of the worker. There is one a page. */
export interface SwPage {
  /** Forgets what belongs to this user, in every tab; call it before or after the server was told. */
  endSession(): void;
  dispose(): void;
}

const KEY = Symbol.for('djust.sw');

/** Registers the worker and starts what the page does for it. A second call answers the first one's result. */
export function startServiceWorker(options: SwPageOptions = {}): SwPage {
  const page = globalThis as unknown as { [KEY]?: SwPage };
  page[KEY] ??= begin(options);
  return page[KEY];
}

function begin({ url = '/sw.js', update = 'prompt' }: SwPageOptions): SwPage {
  const abort = new AbortController();
  const { signal } = abort;
  if (document.querySelector('[data-dj-return]')) history.back();
  showNet(signal);
  installButtons(signal);
  const { serviceWorker } = navigator;
  // Absent without HTTPS; the site works as it would without a worker.
  if (serviceWorker) {
    const channel = workerChannel(serviceWorker);
    // Once for all: several may hear the same.
    channel.hear((heard) => told('in', heard), signal);
    watchSession(channel, signal);
    keepPages(channel, signal);
    prefetchLinks(channel, signal);
    void listOfflinePages(channel);
    bridgeEvents(signal);
    whenShown(async () => {
      const registration = await register(url);
      if (registration && !signal.aborted) watchUpdates(registration, update, signal);
    });
  }
  return {
    endSession: () => post(serviceWorker?.controller, message('end-session', { epoch: '' })),
    dispose: () => abort.abort(),
  };
}

/** A page that is only being prepared must not register: the user may never come. */
function whenShown(run: () => void): void {
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', run, { once: true });
  else run();
}
