/** Where the user is: the focused element with its selection and scroll position. */
interface Place {
  element: HTMLElement;
  selection: [number | null, number | null, 'forward' | 'backward' | 'none'] | undefined;
  scrollTop: number;
  scrollLeft: number;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Keeps the user's place while nodes move. Reads little, and writes only when the place was really lost, so that a
 * batch which leaves the focused element alone costs one comparison.
 */
export function keepPlace<T>(root: Element, change: () => T): T {
  const active = root.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || active === root || !root.contains(active)) return change();
  const place = remember(active);
  const outcome = change();
  if (root.ownerDocument.activeElement !== active) {
    const element = active.isConnected ? active : twinOf(active, root);
    if (element) restore({ ...place, element });
  }
  return outcome;
}

function remember(element: HTMLElement): Place {
  const { scrollTop, scrollLeft } = element;
  return { element, selection: selectionOf(element), scrollTop, scrollLeft };
}

function selectionOf(element: HTMLElement): Place['selection'] {
  if (!('selectionStart' in element)) return undefined;
  const field = element as unknown as TextField;
  // Checkboxes and their kin answer null; dates and numbers too.
  return field.selectionStart === null
    ? undefined
    : [field.selectionStart, field.selectionEnd, field.selectionDirection ?? 'none'];
}

/** The element that took the place of a replaced one: the same id, or the same name. */
function twinOf(gone: HTMLElement, root: Element): HTMLElement | null {
  const { id } = gone;
  const name = gone.getAttribute('name');
  if (id) return root.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  return name ? root.querySelector<HTMLElement>(`${gone.localName}[name="${CSS.escape(name)}"]`) : null;
}

function restore({ element, selection, scrollTop, scrollLeft }: Place): void {
  element.focus({ preventScroll: true });
  if (selection && 'setSelectionRange' in element) (element as TextField).setSelectionRange(...selection);
  if (element.scrollTop !== scrollTop) element.scrollTop = scrollTop;
  if (element.scrollLeft !== scrollLeft) element.scrollLeft = scrollLeft;
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
