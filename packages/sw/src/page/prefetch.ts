import type { WorkerChannel } from './channel.ts';
import { isPrefetchable, type LinkFacts, type Surroundings } from './links.ts';

const HOVER_MS = 65;
const FOCUS_MS = 150;

/** Has the worker fetch a page when the user is about to open it: points at it, touches it, or comes to it with the keyboard. */
export function prefetchLinks(channel: WorkerChannel, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: HTMLAnchorElement | undefined;
  const begin = (link: HTMLAnchorElement): void => {
    asked = link;
    channel.tell('prefetch', { url: link.href });
  };
  const leave = (): void => {
    clearTimeout(timer);
    if (asked) channel.tell('cancel-prefetch', { url: asked.href });
    asked = undefined;
  };
  const consider = (event: Event, afterMs: number): void => {
    const link = linkOf(event);
    if (!link || link === asked) return;
    leave();
    if (!isPrefetchable(factsOf(link), surroundings())) return;
    if (afterMs === 0) begin(link);
    else timer = setTimeout(begin, afterMs, link);
  };
  const on = (type: string, listener: (event: Event) => void): void =>
    document.addEventListener(type, listener, { signal, capture: true, passive: true });

  on('pointerover', (event) => {
    if ((event as PointerEvent).pointerType === 'mouse') consider(event, HOVER_MS);
  });
  on('pointerout', (event) => {
    const link = linkOf(event);
    if (link && !link.contains((event as PointerEvent).relatedTarget as Node | null)) leave();
  });
  on('pointerdown', (event) => {
    if ((event as PointerEvent).pointerType !== 'mouse') consider(event, 0);
  });
  on('focusin', (event) => consider(event, FOCUS_MS));
  on('visibilitychange', () => document.hidden && channel.tell('forget-prefetch'));
  signal.addEventListener('abort', () => clearTimeout(timer));
  watchViewport(begin, signal);
}

/** `dj-prefetch="viewport"`: as soon as it is seen. */
function watchViewport(begin: (link: HTMLAnchorElement) => void, signal: AbortSignal): void {
  const links = document.querySelectorAll<HTMLAnchorElement>('a[dj-prefetch=viewport]');
  if (links.length === 0) return;
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const link = target as HTMLAnchorElement;
      if (!isIntersecting || !isPrefetchable(factsOf(link), surroundings())) continue;
      observer.unobserve(link);
      begin(link);
    }
  });
  for (const link of links) observer.observe(link);
  signal.addEventListener('abort', () => observer.disconnect());
}

/** Through shadow roots as well: a component's link is a link. */
function linkOf(event: Event): HTMLAnchorElement | undefined {
  return event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.href !== '');
}

const factsOf = (link: HTMLAnchorElement): LinkFacts => ({
  href: link.href,
  target: link.target,
  rel: link.rel,
  hasDownload: link.hasAttribute('download'),
  hasMethod: ['dj-method', 'data-method', 'data-turbo-method', 'dj-click', 'ping'].some((name) =>
    link.hasAttribute(name),
  ),
  prefetch: link.getAttribute('dj-prefetch'),
});

function surroundings(): Surroundings {
  const { connection, onLine } = navigator as Navigator & {
    connection?: { saveData?: boolean; effectiveType?: string };
  };
  return {
    href: location.href,
    isSaving: connection?.saveData ?? false,
    isSlow: /2g/.test(connection?.effectiveType ?? ''),
    isHidden: document.hidden,
    isOnline: onLine,
  };
}
