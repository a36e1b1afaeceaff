import type { WorkerChannel } from './channel.ts';

/** Parts that are never kept: what the author marks, and fields whose content is nobody's business. */
const PRIVATE = '[data-no-snapshot], script:not([src]), input[type=password], input[type=file]';
/** The page has settled by then, and its user is reading. */
const SOON_MS = 1_000;
const NEVER = '[dj-no-cache]';

/** Hands the page to the worker when it is left, and wakes it up when it is shown from there. */
export function keepPages(channel: WorkerChannel, signal: AbortSignal): void {
  // When the page is left, for the way back. And before: without a network the next page is chosen while this one still
  // stands, so it must have been kept already.
  for (const type of ['pagehide', 'offline']) addEventListener(type, () => save(channel, type), { signal });
  const wake = (): void => {
    setTimeout(save, SOON_MS, channel);
    for (const root of document.querySelectorAll('[data-dj-snapshot]')) {
      root.removeAttribute('data-dj-snapshot');
      root.removeAttribute('aria-busy');
      root.removeAttribute('inert');
    }
  };
  // From here on the server knows the page again and answers what the user does.
  document.addEventListener('djust:view-mounted', wake, { signal });
}

function save(channel: WorkerChannel, reason?: string): void {
  const main = document.querySelector('main');
  const root = main?.querySelector('[data-dj-epoch][data-dj-layout]');
  // A copy of a copy that was never brought to life would grow older without anybody noticing.
  if (!main || !root || main.querySelector(`${NEVER}, [data-dj-snapshot]`)) return;
  // Its state is the server's, and is asked for once, when nothing will change it any more.
  const session =
    reason === 'pagehide' && root.hasAttribute('data-dj-restore') ? root.getAttribute('data-dj-session') : '';
  channel.tell('save-page', {
    session,
    url: location.href,
    title: document.title,
    epoch: root.getAttribute('data-dj-epoch'),
    layout: root.getAttribute('data-dj-layout'),
    ttl: root.getAttribute('data-dj-ttl'),
    html: copyOf(main, session),
  });
}

function copyOf(main: Element, session: string | null): string {
  const copy = main.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll(`${PRIVATE}, :scope > title`)) part.remove();
  for (const field of copy.querySelectorAll('input')) field.removeAttribute('value');
  for (const root of copy.querySelectorAll('[dj-view]')) {
    root.setAttribute('data-dj-snapshot', '');
    root.setAttribute('aria-busy', 'true');
    // Nothing can be clicked or typed until the server has the page again.
    root.setAttribute('inert', '');
    if (root.getAttribute('data-dj-session') !== session) root.removeAttribute('data-dj-session');
    root.removeAttribute('data-dj-version');
  }
  return copy.innerHTML;
}
