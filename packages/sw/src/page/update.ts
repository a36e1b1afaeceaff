import { message } from '../messages.ts';
import { ifNobodyIsBusy, isBusy, watchBusy } from './busy.ts';
import { emit } from './events.ts';
import { post } from './post.ts';

export type UpdateMode = 'prompt' | 'auto';

const LOOK_AGAIN_MS = 30_000;
/** A tab that is never left would not hear of a new version otherwise. */
const ASK_MS = 3_600_000;

/**
 * Brings a new version in. It waits until somebody asks for it (`prompt`), or until no tab would lose anything (`auto`).
 * When it takes over, each tab is loaded anew once, and not before its own work is safe.
 */
export function watchUpdates(registration: ServiceWorkerRegistration, mode: UpdateMode, signal: AbortSignal): void {
  const { serviceWorker } = navigator;
  // The first worker of a site takes pages over that were loaded without one; nothing about them is old.
  let isFirst = serviceWorker.controller === null;
  let isReplaced = false;
  let isReloading = false;
  let offered: ServiceWorker | undefined;

  const apply = (): void => post(registration.waiting, message('skip-waiting'));
  const reloadWhenSafe = (): void => {
    if (!isReplaced || isReloading || isBusy()) return;
    isReloading = true;
    if (emit('djust:sw-reload', { reason: 'update' })) location.reload();
  };
  const offer = (): void => {
    const { waiting } = registration;
    if (!waiting || !serviceWorker.controller) return;
    if (waiting !== offered) {
      offered = waiting;
      if (!emit('djust:sw-update', { apply })) return;
      showBanners();
    }
    if (mode === 'auto') void ifNobodyIsBusy(apply);
  };

  serviceWorker.addEventListener(
    'controllerchange',
    () => {
      isReplaced ||= !isFirst;
      isFirst = false;
      reloadWhenSafe();
    },
    { signal },
  );
  const follow = (): void => {
    registration.installing?.addEventListener('statechange', offer, { signal });
  };
  registration.addEventListener('updatefound', follow, { signal });
  document.addEventListener('visibilitychange', offer, { signal });
  document.addEventListener(
    'click',
    (event) => {
      if (event.target instanceof Element && event.target.closest('[dj-update-apply]')) apply();
    },
    { signal },
  );
  const timers = [
    setInterval(offer, LOOK_AGAIN_MS),
    setInterval(() => void registration.update().catch(() => {}), ASK_MS),
  ];
  signal.addEventListener('abort', () => timers.forEach(clearInterval));
  watchBusy(() => {
    reloadWhenSafe();
    offer();
  }, signal);
  follow();
  offer();
}

function showBanners(): void {
  for (const banner of document.querySelectorAll<HTMLElement>('[dj-update-banner]')) banner.hidden = false;
}
