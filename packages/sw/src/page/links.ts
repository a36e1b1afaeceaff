/** What is known of a link when the user points at it. */
export interface LinkFacts {
  readonly href: string;
  readonly target: string;
  readonly rel: string;
  readonly hasDownload: boolean;
  /** Attributes that make another method, or another thing than a page, out of it. */
  readonly hasMethod: boolean;
  /** Value of dj-prefetch: '', 'off', 'viewport'; null when it has none. */
  readonly prefetch: string | null;
}

export interface Surroundings {
  /** Address of the page. */
  readonly href: string;
  readonly isSaving: boolean;
  readonly isSlow: boolean;
  readonly isHidden: boolean;
  readonly isOnline: boolean;
}

/** Addresses that do something when they are read. The list is long on purpose: a page missed costs a moment, a page read a record. */
const ACTS =
  /(^|[/_.-])(log[-_]?out|log[-_]?off|sign[-_]?out|sign[-_]?off|delete|remove|destroy|unsubscribe|subscribe|add|cart|buy|checkout|pay|vote|like|follow|unfollow|confirm|accept|reject|approve|cancel|clear|reset|toggle|mark|read-all|download|export|print|auth|oauth|admin)([/_.-]|$)/i;
/** Files, not pages. */
const FILE = /\.(?!html?$)[a-z][a-z0-9]{1,5}$/i;

/** May this link be read ahead? A link with a query may do anything, so it needs dj-prefetch to be read. */
export function isPrefetchable(link: LinkFacts, here: Surroundings): boolean {
  if (here.isSaving || here.isSlow || here.isHidden || !here.isOnline) return false;
  if (link.prefetch === 'off' || link.hasDownload || link.hasMethod) return false;
  if ((link.target && link.target !== '_self') || /\b(external|nofollow|alternate)\b/.test(link.rel)) return false;
  if (!URL.canParse(link.href)) return false;
  const [url, page] = [new URL(link.href), new URL(here.href)];
  if (url.origin !== page.origin || !/^https?:$/.test(url.protocol)) return false;
  if (url.pathname === page.pathname && url.search === page.search) return false;
  if (ACTS.test(decoded(url.pathname)) || FILE.test(url.pathname)) return false;
  return url.search === '' || link.prefetch !== null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/logout';
  }
}
