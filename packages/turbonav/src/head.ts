import { LIMITS } from './config.ts';

/** Stylesheets that pages brought; what a script added is its own business. */
const ofPages = new WeakSet<Element>();

const STYLES = 'link[rel~="stylesheet"], style';
const TRACKED = '[data-turbo-track="reload"], [dj-track]';
/** Elements that describe the page, and so change with it. */
const DESCRIBING = 'meta:not([charset], [http-equiv]), link:not([rel~="stylesheet"])';

export function noteStyles(head: Element): void {
  for (const style of head.querySelectorAll(STYLES)) ofPages.add(style);
}

/**
 * Does the page come with another version of something tracked? Then the document must be loaded anew. Tracked is what has
 * `data-turbo-track="reload"`, in the head: `app-1a2b3c4d.js` and `app-5e6f7a8b.js`, `app.js?v=1` and `app.js?v=2` are
 * versions of one asset. What is new or gone is no other version.
 */
export function hasOtherVersion(head: Element): boolean {
  const known = new Map(
    [...document.head.querySelectorAll(TRACKED)].map((element) => [assetOf(element), addressOf(element)]),
  );
  return [...head.querySelectorAll(TRACKED)].some((element) => {
    const address = known.get(assetOf(element));
    return address !== undefined && address !== addressOf(element);
  });
}

/** A parsed page resolves addresses like this one: both have the same base. */
const addressOf = (element: Element): string =>
  new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', document.baseURI).href;

/** The address without the part that names a version. */
const assetOf = (element: Element): string =>
  addressOf(element)
    .replace(/[?#].*/, '')
    .replace(/[.-][\da-z_-]{6,}(?=\.\w+$)/i, (part) => (/\d/.test(part) ? '' : part));

/** Brings in the stylesheets of the page, before it is shown, and waits for them. */
export async function addStyles(head: Element, nonce: string): Promise<void> {
  const present = [...document.head.querySelectorAll(STYLES)];
  const missing = [...head.querySelectorAll(STYLES)].filter((style) => !present.some((other) => isSame(style, other)));
  const loads = missing.map((style) => {
    const added = document.importNode(style, true) as HTMLElement;
    if (style.hasAttribute('nonce')) added.nonce = nonce;
    const loaded = added.localName === 'link' ? settled(added, LIMITS.styleMs) : undefined;
    ofPages.add(added);
    document.head.append(added);
    return loaded;
  });
  await Promise.all(loads);
}

/** Everything else of the head follows when the page is shown. */
export function mergeHead(head: Element): void {
  for (const style of document.head.querySelectorAll(STYLES))
    if (ofPages.has(style) && ![...head.querySelectorAll(STYLES)].some((other) => isSame(style, other))) style.remove();
  const wanted = [...head.querySelectorAll(DESCRIBING)];
  for (const old of document.head.querySelectorAll(DESCRIBING)) {
    const at = wanted.findIndex((element) => element.isEqualNode(old));
    if (at >= 0) wanted.splice(at, 1);
    else old.remove();
  }
  document.head.append(...wanted.map((element) => document.importNode(element, true)));
}

const isSame = (a: Element, b: Element): boolean =>
  a.localName === b.localName &&
  (a.localName === 'link'
    ? addressOf(a) === addressOf(b) && a.getAttribute('media') === b.getAttribute('media')
    : a.textContent === b.textContent);

/** Resolves when the element has loaded, or failed to, or takes too long. */
export function settled(element: Element, ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    for (const name of ['load', 'error']) element.addEventListener(name, () => resolve());
  });
}
