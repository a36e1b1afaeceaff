/** What the page side tells the page; all are dispatched on `document`. */
export interface SwEventMap {
  /** The worker controls this page. */
  'djust:sw-ready': { scope: string };
  /** It could not be registered; `detail.hint` says what to do. */
  'djust:sw-error': { code: string; at: string; hint: string };
  /** A new version is installed and waits. preventDefault() leaves it waiting until every page is closed. */
  'djust:sw-update': { apply(): void };
  /** The page is about to be loaded anew, for the new version or for another user. */
  'djust:sw-reload': { reason: 'update' | 'session' };
  /** The user who was signed in when this page was rendered no longer is. */
  'djust:session-ended': Record<string, never>;
}

/** False when a listener called preventDefault(). */
export function emit<K extends keyof SwEventMap>(name: K, detail: SwEventMap[K]): boolean {
  return document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
}
