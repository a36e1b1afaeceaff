/**
 * Navigation that swaps `<main>` and keeps the page alive. Not built yet; these are the events it will speak in, which
 * the client and any Turbo-like library already share.
 */

/** How a page came to be shown. */
export type NavigationKind = 'initial' | 'visit' | 'restore' | 'form';

export interface TurbonavEventMap {
  /** Before the region is replaced; preventDefault() makes it a full page load. */
  'turbonav:before-swap': { url: string; kind: NavigationKind };
  /** Once for each navigation, when the new content is in place. */
  'turbonav:load': { url: string; kind: NavigationKind };
}

export type TurbonavEvent<K extends keyof TurbonavEventMap> = CustomEvent<TurbonavEventMap[K]>;
