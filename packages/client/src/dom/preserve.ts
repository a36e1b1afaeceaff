type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Keeps the user's place while nodes move. Reads little, and writes only when the place was really lost, so that a
 * batch which leaves the focused element alone costs one comparison.
 */
export function keepPlace<T>(root: Element, change: () => T): T {
  const active = root.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || active === root || !root.contains(active)) return change();
  const { scrollTop, scrollLeft, selectionStart, selectionEnd, selectionDirection } = active as TextField;
  const outcome = change();
  const heir = active.isConnected ? active : twinOf(active, root);
  if (heir && root.ownerDocument.activeElement !== active) {
    heir.focus({ preventScroll: true });
    // Checkboxes and their kin answer null; dates and numbers too. What is no field has none.
    if (selectionStart != null && 'setSelectionRange' in heir)
      (heir as TextField).setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? 'none');
    if (heir.scrollTop !== scrollTop) heir.scrollTop = scrollTop;
    if (heir.scrollLeft !== scrollLeft) heir.scrollLeft = scrollLeft;
  }
  return outcome;
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
