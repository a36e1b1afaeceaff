type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Whether a change takes the focused element away, or what it stands in. */
type Affects = (active: Element) => boolean;

/**
 * Keeps the user's place while nodes move or go. Reading it makes the browser lay the page out, so it is not read for a
 * batch that leaves the focused element where it is.
 */
export function keepPlace<T>(root: Element, change: () => T, isAffected: Affects = () => true): T {
  const active = root.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || active === root || !root.contains(active) || !isAffected(active))
    return change();
  const { scrollTop, scrollLeft } = active;
  const selection = selectionOf(active);
  const outcome = change();
  const heir = active.isConnected ? active : twinOf(active, root);
  if (heir && root.ownerDocument.activeElement !== active) {
    heir.focus({ preventScroll: true });
    if (selection && 'setSelectionRange' in heir) (heir as TextField).setSelectionRange(...selection);
    if (heir.scrollTop !== scrollTop) heir.scrollTop = scrollTop;
    if (heir.scrollLeft !== scrollLeft) heir.scrollLeft = scrollLeft;
  }
  return outcome;
}

/** What is selected in a field of text; checkboxes and their kin have nothing like it, dates and numbers neither. */
export function selectionOf(
  element: Element,
): [number | null, number | null, 'forward' | 'backward' | 'none'] | undefined {
  const { selectionStart, selectionEnd, selectionDirection } = element as TextField;
  return selectionStart == null ? undefined : [selectionStart, selectionEnd, selectionDirection ?? 'none'];
}

/** The element that took the place of a replaced one: the same id, or the same name. */
function twinOf(gone: HTMLElement, root: Element): HTMLElement | null {
  const { id, localName } = gone;
  const name = gone.getAttribute('name');
  const selector = id ? `#${CSS.escape(id)}` : name && `${localName}[name="${CSS.escape(name)}"]`;
  return selector ? root.querySelector<HTMLElement>(selector) : null;
}

interface Mover {
  moveBefore(node: Node, before: Node | null): void;
}

/** Moves without a detour through "removed" where the browser can: frames, videos, focus and scroll stay as they are. */
export function moveNode(parent: Node, node: Node, before: Node | null): void {
  if (node.isConnected && parent.isConnected && 'moveBefore' in parent) {
    (parent as unknown as Mover).moveBefore(node, before);
  } else {
    parent.insertBefore(node, before);
  }
}
