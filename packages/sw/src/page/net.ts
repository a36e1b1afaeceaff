export type NetState = 'online' | 'offline' | 'reconnecting';

/** Phases of the client in which it has lost its server and looks for it. */
const LOST = ['waiting', 'connecting', 'recovering'];

/**
 * Shows whether there is a network: `<html data-dj-net>` for styles, and for elements `dj-offline-hide`,
 * `dj-offline-show`, `dj-offline-disable` and `dj-offline-queued`, which shows how many events wait. Without scripts
 * everything stays as for somebody who is online.
 */
export function showNet(signal: AbortSignal): void {
  let phase = 'idle';
  let wasLive = false;
  const show = (): void => {
    const isLost = wasLive && LOST.includes(phase);
    apply(navigator.onLine ? (isLost ? 'reconnecting' : 'online') : 'offline', queued());
  };
  for (const type of ['online', 'offline']) addEventListener(type, show, { signal });
  document.addEventListener(
    'djust:phase-changed',
    (event) => {
      phase = (event as CustomEvent<{ phase: string }>).detail.phase;
      wasLive ||= phase === 'live';
      show();
    },
    { signal },
  );
  for (const type of ['djust:event-queued', 'djust:event-settled', 'djust:patched', 'djust:view-mounted'])
    document.addEventListener(type, show, { signal });
  show();
}

const queued = (): number => (globalThis as { djust?: { openEvents?: number } }).djust?.openEvents ?? 0;

function apply(state: NetState, waiting: number): void {
  document.documentElement.setAttribute('data-dj-net', state);
  const isOff = state !== 'online';
  for (const element of document.querySelectorAll<HTMLElement>('[dj-offline-hide]')) element.hidden = isOff;
  for (const element of document.querySelectorAll<HTMLElement>('[dj-offline-show]')) element.hidden = !isOff;
  for (const element of document.querySelectorAll<HTMLElement>('[dj-offline-disable]')) disable(element, isOff);
  for (const element of document.querySelectorAll<HTMLElement>('[dj-offline-queued]')) {
    element.hidden = waiting === 0;
    const text = String(waiting);
    if (element.textContent !== text) element.textContent = text;
  }
}

/** What was disabled by somebody else stays so. */
function disable(element: HTMLElement, isOff: boolean): void {
  const isOurs = element.hasAttribute('data-dj-disabled');
  if (isOff === isOurs) return;
  if (isOff && (element as HTMLButtonElement).disabled) return;
  element.toggleAttribute('data-dj-disabled', isOff);
  if ('disabled' in element) element.disabled = isOff;
  else element.inert = isOff;
  if (isOff) element.setAttribute('aria-disabled', 'true');
  else element.removeAttribute('aria-disabled');
}
