import { LIMITS } from './config.ts';
import type { Fetched } from './fetch-page.ts';
import { anchorOf, isSamePage } from './links.ts';

interface Ahead {
  readonly url: URL;
  readonly abort: AbortController;
  readonly startedAt: number;
  readonly fetched: Promise<Fetched>;
}

/** Links that may do something when they are followed, or are known to be of no use ahead. */
const NEVER = '[data-turbo-prefetch="false"], [data-no-prefetch], [data-turbo-method], [rel~="nofollow"]';
const ACTS = /\b(log|sign)-?out\b|\b(delete|remove|destroy|unsubscribe|cancel|logoff)\b/i;

/** Fetches the page of the link that the pointer rests on, or a finger touches. A click takes over what is on its way. */
export class Prefetch {
  readonly _fetch: (url: URL, signal: AbortSignal) => Promise<Fetched>;
  _ahead: Ahead | undefined;
  _hovered: HTMLAnchorElement | undefined;
  _timer = 0;

  constructor(fetch: (url: URL, signal: AbortSignal) => Promise<Fetched>) {
    this._fetch = fetch;
  }

  listen(signal: AbortSignal): void {
    const options = { signal, passive: true, capture: true };
    for (const name of ['mouseover', 'focusin', 'touchstart', 'mousedown'])
      document.addEventListener(name, (event) => this._point(event), options);
  }

  /** Hands the page over, fetched or on its way; once. */
  take(url: URL): Promise<Fetched> | undefined {
    const ahead = this._goodFor(url);
    if (ahead) this._ahead = undefined;
    else this.clear();
    return ahead?.fetched;
  }

  /** What was fetched before may be wrong now. */
  clear(): void {
    clearTimeout(this._timer);
    this._ahead?.abort.abort();
    this._ahead = undefined;
  }

  _goodFor(url: URL): Ahead | undefined {
    const ahead = this._ahead;
    const isFresh = ahead && performance.now() - ahead.startedAt < LIMITS.prefetchMs;
    return isFresh && isSamePage(ahead.url, url) ? ahead : undefined;
  }

  /** Pointing at something else calls it off. */
  _point(event: Event): void {
    const link = anchorOf(event);
    const isResting = event.type === 'mouseover' || event.type === 'focusin';
    if (link === this._hovered && isResting) return;
    this._hovered = link;
    clearTimeout(this._timer);
    if (!link || !isWorthwhile(link)) return;
    const url = new URL(link.href);
    this._timer = setTimeout(() => this._start(url), isResting ? LIMITS.hoverMs : 0);
  }

  _start(url: URL): void {
    if (this._goodFor(url)) return;
    this.clear();
    const abort = new AbortController();
    this._ahead = { url, abort, startedAt: performance.now(), fetched: this._fetch(url, abort.signal) };
  }
}

/** A query often asks for something to be done, a file is no page, and who saves data wants none ahead. */
function isWorthwhile(link: HTMLAnchorElement): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const url = new URL(link.href);
  if (connection?.saveData) return false;
  if (link.closest(NEVER) || isSamePage(url, location) || ACTS.test(url.pathname)) return false;
  return (
    (url.search === '' || link.hasAttribute('data-turbonav-prefetch')) && !/\.(?!html?$)\w{1,5}$/.test(url.pathname)
  );
}
