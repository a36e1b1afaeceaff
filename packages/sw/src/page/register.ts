import { readMessage, SESSION_CHANNEL, type SwMessage } from '../messages.ts';
import { askWorker, type WorkerChannel } from './channel.ts';
import { emit } from './events.ts';
import { told } from './post.ts';

/** Registers the worker. A failure is said on the page and in the console: a site without its worker looks well and is not. */
export async function register(url: string): Promise<ServiceWorkerRegistration | undefined> {
  const { serviceWorker } = navigator;
  try {
    // Asked past the HTTP cache: a stale worker script would keep the site on an old build.
    const registration = await serviceWorker.register(trusted(url), { updateViaCache: 'none' });
    void serviceWorker.ready.then(() => emit('djust:sw-ready', { scope: registration.scope }));
    return registration;
  } catch (error) {
    const detail = { code: 'sw/register-failed', at: url, hint: hintOf(error, url) };
    emit('djust:sw-error', detail);
    // biome-ignore lint/suspicious/noConsole: the one place where silence would hide that the site has no worker
    console.error(`${detail.code} at ${url}: ${detail.hint}`, error);
    return undefined;
  }
}

/** Under Trusted Types the address of a worker has to come from a policy; the site's headers name it: `trusted-types djust djust-sw`. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
  };
  if (!trustedTypes) return url;
  const policy = trustedTypes.createPolicy('djust-sw', {
    createScriptURL: (given: string) => {
      if (new URL(given, location.href).origin === location.origin) return given;
      throw new TypeError(`${given} is not on this site`);
    },
  });
  return policy.createScriptURL(url);
}

function hintOf(error: unknown, url: string): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'SecurityError')
    return `Serve ${url} from the root of the site, over HTTPS, with a JavaScript content type.`;
  if (name === 'TypeError') return `${url} cannot be loaded, or it throws. Open it in a tab and look at its status.`;
  return 'The browser refused it; private windows and blocked cookies do that.';
}

/**
 * Brings a page that another user's browser cache, or another tab's logout, has left behind up to date: nothing of the
 * earlier user stays on the screen.
 */
export function watchSession(channel: WorkerChannel, signal: AbortSignal): void {
  const epochHere = (): string | null =>
    document.querySelector('[data-dj-epoch]')?.getAttribute('data-dj-epoch') ?? null;
  const leave = (): void => {
    emit('djust:session-ended', {});
    for (const main of document.querySelectorAll('main')) main.replaceChildren();
    if (emit('djust:sw-reload', { reason: 'session' })) location.reload();
  };
  const listen = ({ type, epoch }: SwMessage): void => {
    const here = epochHere();
    if (type === 'session-changed' && here !== null && here !== epoch) leave();
  };
  channel.hear(listen, signal);
  const broadcast = new BroadcastChannel(SESSION_CHANNEL);
  broadcast.onmessage = ({ data }) => {
    const heard = readMessage(data);
    if (!heard) return;
    told('in', heard);
    listen(heard);
  };
  signal.addEventListener('abort', () => broadcast.close());
  const onShow = async (event: Event): Promise<void> => {
    const here = (event as PageTransitionEvent).persisted ? epochHere() : null;
    if (here === null) return;
    const epoch = await channel.ask('session');
    if (typeof epoch === 'string' && epoch !== here) leave();
  };
  addEventListener('pageshow', (event) => void onShow(event), { signal });
  void navigator.serviceWorker.ready.then(({ active }) => askWorker(active, 'session', { epoch: epochHere() }));
}
