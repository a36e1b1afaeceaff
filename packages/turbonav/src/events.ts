/** How a page came to be shown. `bfcache`: the browser kept the whole page and brought it back. */
export type NavigationKind = 'initial' | 'visit' | 'restore' | 'form' | 'bfcache';

export interface NavigationDetail {
  /** Of the page that is shown: behind redirects, with the hash. */
  url: string;
  kind: NavigationKind;
  /** Counts navigations within a document, from 1. */
  id: number;
}

/** Why a page could not be fetched. */
export type FailureReason = 'offline' | 'timeout' | 'network';

export interface FailureDetail {
  url: string;
  reason: FailureReason;
  /** Tries again; undefined where that could do something twice. */
  retry: (() => void) | undefined;
}

/** All are dispatched on `document`. @see docs/navigation-contract.md */
export interface TurbonavEventMap {
  /** Before a page is fetched; preventDefault() leaves it to the browser. */
  'turbonav:before-visit': { url: string; kind: NavigationKind };
  /** Before the region is replaced; preventDefault() makes it a full page load. */
  'turbonav:before-swap': NavigationDetail;
  /** Once for each navigation, when the new page is in place and its scripts have run; `turbo:load` follows. */
  'turbonav:load': NavigationDetail;
  'turbo:load': NavigationDetail;
  /** No page came; preventDefault() keeps the built-in message from showing. */
  'turbonav:failed': FailureDetail;
}

export type TurbonavEvent<K extends keyof TurbonavEventMap> = CustomEvent<TurbonavEventMap[K]>;

/** False when a listener called preventDefault(). */
export function dispatch<K extends keyof TurbonavEventMap>(name: K, detail: TurbonavEventMap[K]): boolean {
  return document.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
}
