import { LIMITS } from './config.ts';
import type { Fetched } from './fetch-page.ts';
import { anchorOf, isSamePage } from './links.ts';

interface Ahead {
  readonly abort: AbortController;
  readonly startedAt: number;
  readonly fetched: Promise<Fetched>;
}

/** Links that may do something when they are followed, or are known to be of no use ahead. */
const NEVER = '[data-turbo-prefetch="false"], [data-no-prefetch], [data-turbo-method], [rel~="nofollow"]';
const ACTS = /\b(log|sign)-?out\b|\b(delete|remove|destroy|unsubscribe|cancel|logoff)\b/i;

/** Fetches the page of a link that the pointer rests on, or a finger touches. A click takes over what is on its way. */
export class Prefetch {
  readonly _fetch: (url: URL, signal: AbortSignal) => Promise<Fetched>;
  readonly _ahead: Map<string, Ahead> = new Map();
  _hovered: HTMLAnchorElement | undefined;
  _timer = 0;

  constructor(fetch: (url: URL, signal: AbortSignal) => Promise<Fetched>) {
    this._fetch = fetch;
  }

  listen(signal: AbortSignal): void {
    const options = { signal, passive: true, capture: true };
    document.addEventListener('mouseover', (event) => this._point(event, LIMITS.hoverMs), options);
    for (const name of ['touchstart', 'mousedown', 'focusin'])
      document.addEventListener(name, (event) => this._point(event, name === 'focusin' ? LIMITS.hoverMs : 0), options);
    document.addEventListener('mouseout', (event) => this._leave(event as MouseEvent), options);
  }

  /** Hands the page over, fetched or on its way; once. */
  take(url: URL): Promise<Fetched> | undefined {
    const key = keyOf(url);
    const ahead = this._ahead.get(key);
    this._ahead.delete(key);
    clearTimeout(this._timer);
    return ahead && performance.now() - ahead.startedAt < LIMITS.prefetchMs ? ahead.fetched : undefined;
  }

  /** What was fetched before may be wrong now. */
  clear(): void {
    clearTimeout(this._timer);
    for (const { abort } of this._ahead.values()) abort.abort();
    this._ahead.clear();
  }

  _point(event: Event, afterMs: number): void {
    const link = anchorOf(event);
    if (!link || link === this._hovered || !isWorthwhile(link)) return;
    this._hovered = link;
    clearTimeout(this._timer);
    const url = new URL(link.href);
    if (afterMs > 0) this._timer = setTimeout(() => this._start(url), afterMs);
    else this._start(url);
  }

  _leave({ relatedTarget }: MouseEvent): void {
    const link = this._hovered;
    if (!link || (relatedTarget instanceof Node && link.contains(relatedTarget))) return;
    this._hovered = undefined;
    clearTimeout(this._timer);
  }

  _start(url: URL): void {
    const key = keyOf(url);
    const known = this._ahead.get(key);
    if (known && performance.now() - known.startedAt < LIMITS.prefetchMs) return;
    known?.abort.abort();
    const abort = new AbortController();
    this._ahead.set(key, { abort, startedAt: performance.now(), fetched: this._fetch(url, abort.signal) });
    const [oldest] = this._ahead;
    if (oldest && this._ahead.size > LIMITS.prefetches) {
      oldest[1].abort.abort();
      this._ahead.delete(oldest[0]);
    }
  }
}

const keyOf = ({ origin, pathname, search }: URL): string => origin + pathname + search;

/** A query often asks for something to be done, a file is no page, and who saves data wants none ahead. */
function isWorthwhile(link: HTMLAnchorElement): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  const url = new URL(link.href);
  if (connection?.saveData || /2g/.test(connection?.effectiveType ?? '')) return false;
  if (link.closest(NEVER) || isSamePage(url, location) || ACTS.test(url.pathname)) return false;
  return (
    (url.search === '' || link.hasAttribute('data-turbonav-prefetch')) && !/\.(?!html?$)\w{1,5}$/.test(url.pathname)
  );
}
