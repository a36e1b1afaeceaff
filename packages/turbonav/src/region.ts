const PERMANENT = '[data-turbo-permanent][id]';

/** The one region of a page that is replaced; nothing when it has none, or several. */
export function regionOf(page: Document, root: string): HTMLElement | undefined {
  const [region, ...others] = page.querySelectorAll<HTMLElement>(root);
  return others.length === 0 ? region : undefined;
}

/**
 * Puts new content into the region and answers what was there, which can be put back the same way. Permanent elements that
 * both have stay the same; in the old content a stand-in keeps their place.
 */
export function swapContent(region: Element, next: DocumentFragment): DocumentFragment {
  const marker = document.createComment('');
  const kept = [...region.querySelectorAll(PERMANENT)].map(
    (element) => [element, next.getElementById(element.id)] as const,
  );
  // Both are in the page for a moment, so that elements can move without leaving it: their videos and frames go on.
  region.append(marker, next);
  for (const [element, place] of kept) {
    if (!place) continue;
    element.before(element.cloneNode(false));
    move(element, place);
    place.remove();
  }
  const gone = document.createRange();
  gone.selectNodeContents(region);
  gone.setEndBefore(marker);
  marker.remove();
  return gone.extractContents();
}

function move(element: Element, before: Element): void {
  const parent = before.parentNode as ParentNode & { moveBefore?(node: Node, before: Node): void };
  if (parent.moveBefore) parent.moveBefore(element, before);
  else before.before(element);
}

const OUTSIDE = '[data-turbonav-swap][id]';

/**
 * What follows around the region: language, direction, class of the body, elements that ask to be replaced
 * (`data-turbonav-swap` and an id), and which of the links leads to this page.
 *
 * @param before  class of the body as the page before came with it; what scripts have added stays
 */
export function followAround(page: Document, region: Element, before: string): void {
  copyAttributes(page.documentElement, document.documentElement, ['lang', 'dir']);
  const { classList } = document.body;
  classList.remove(...wordsOf(before));
  classList.add(...wordsOf(page.body.className));
  for (const element of document.querySelectorAll(OUTSIDE)) {
    const other = region.contains(element) ? null : page.getElementById(element.id);
    if (other && !other.isEqualNode(element)) element.replaceWith(document.importNode(other, true));
  }
  markLinks(page, region);
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Menus stay; the entry of the page that is shown is marked as it is in the page itself. */
function markLinks(page: Document, region: Element): void {
  const others = new Map([...page.querySelectorAll('a[href]')].map((link) => [link.getAttribute('href'), link]));
  for (const link of document.querySelectorAll('a[href]')) {
    const other = region.contains(link) ? undefined : others.get(link.getAttribute('href'));
    if (other) copyAttributes(other, link, ['aria-current', 'class']);
  }
}

function copyAttributes(from: Element, to: Element, names: readonly string[]): void {
  for (const name of names) {
    const value = from.getAttribute(name);
    if (value === null) to.removeAttribute(name);
    else to.setAttribute(name, value);
  }
}
