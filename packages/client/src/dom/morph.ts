import { hasFocus } from './attributes.ts';
import { parseHtml } from './html.ts';
import { mergeAttributes, mergeField } from './morph-element.ts';
import { keepPlace, moveNode } from './preserve.ts';
import type { MergeHtml } from './replace.ts';

const [ELEMENT, TEXT] = [1, 3];

/**
 * Merges whole HTML into what is shown: for a mount, a recovery, an update without operations. Children are matched by `id`
 * and by list key among the children of their parent, then in order; what the user has typed, ticked or opened stays.
 */
export const morphContent: MergeHtml = (root, html) => {
  const next = parseHtml(html, root);
  // HTML of an embedded view comes without ids; the ones that are there are still good.
  const keepsIds = !html.includes('dj-id=');
  keepPlace(root, () => mergeChildren(root, next, keepsIds));
};

function mergeChildren(parent: Element, next: ParentNode & Node, keepsIds: boolean): void {
  const wanted = [...next.childNodes];
  const pairs = pair([...parent.childNodes], wanted);
  const staying = new Set<Node | undefined>(pairs);
  for (const child of [...parent.childNodes]) if (!staying.has(child)) child.remove();
  let place = parent.firstChild;
  for (const [at, node] of wanted.entries()) {
    const old = pairs[at];
    if (old) mergeNode(old, node, keepsIds);
    if (old && old === place) place = place.nextSibling;
    else moveNode(parent, old ?? node, place);
  }
}

/** For each wanted node the one that is there already, if there is one. */
function pair(there: readonly ChildNode[], wanted: readonly ChildNode[]): (ChildNode | undefined)[] {
  const keyed = new Map<string, ChildNode>();
  for (const node of there) keyed.set(keyOf(node) ?? '', node);
  let at = 0;
  return wanted.map((node) => {
    const key = keyOf(node);
    if (key !== undefined) {
      const old = keyed.get(key);
      keyed.delete(key);
      return old;
    }
    // White space between elements comes and goes; it must not part a node from its match.
    let from = at;
    while (from < there.length && !fits(there[from] as ChildNode, node)) {
      if (node.nodeType !== ELEMENT && !isPassed(there[from] as ChildNode)) return undefined;
      from++;
    }
    if (from === there.length) return undefined;
    at = from + 1;
    return there[from];
  });
}

const fits = (old: ChildNode, node: ChildNode): boolean => old.nodeName === node.nodeName && keyOf(old) === undefined;

/** What a text or a comment may skip on the way to its match: blanks, and what is matched by its key. */
const isPassed = (old: ChildNode): boolean =>
  keyOf(old) !== undefined || (old.nodeType === TEXT && !old.nodeValue?.trim());

/** Keys are told apart by the name of the element: another element is never the same. */
function keyOf(node: Node): string | undefined {
  if (!(node instanceof Element)) return undefined;
  const key = node.id || node.getAttribute('dj-key') || node.getAttribute('data-key');
  return key ? `${node.nodeName} ${key}` : undefined;
}

function mergeNode(from: ChildNode, to: ChildNode, keepsIds: boolean): void {
  if (!(from instanceof Element && to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  const mode = to.getAttribute('dj-update');
  if ((mode === 'ignore' || mode === 'stream') && from.getAttribute('dj-update') === mode) return;
  const finish = mergeField(from, to, hasFocus(from));
  mergeAttributes(from, to, keepsIds);
  if (mode === 'append' || mode === 'prepend') pileUp(from, to, mode, keepsIds);
  else if (from.localName !== 'textarea') mergeChildren(from, to, keepsIds);
  finish();
}

/** What was there stays; children that are known are brought up to date, new ones with an id or a key come to one end. */
function pileUp(from: Element, to: Element, mode: 'append' | 'prepend', keepsIds: boolean): void {
  const known = new Map([...from.children].map((child) => [keyOf(child), child]));
  const fresh = [...to.children].filter((child) => {
    const key = keyOf(child);
    const old = key && known.get(key);
    if (old) mergeNode(old, child, keepsIds);
    return key && !old;
  });
  from[mode](...fresh);
}
