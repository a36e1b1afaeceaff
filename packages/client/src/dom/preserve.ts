/** Where the user is: the focused element with its selection and scroll position. */
interface Place {
  element: HTMLElement;
  selection: [number | null, number | null, 'forward' | 'backward' | 'none'] | undefined;
  scrollTop: number;
  scrollLeft: number;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Whether a change takes one of these nodes away: the focused element and what it stands in. */
type Affects = (around: ReadonlySet<Node>) => boolean;

/**
 * Keeps the user's place while nodes move or go. Reading it makes the browser lay the page out, so it is not read for a
 * batch that leaves the focused element where it is.
 */
export function keepPlace<T>(root: Element, change: () => T, isAffected: Affects = () => true): T {
  const active = root.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || active === root || !root.contains(active)) return change();
  const around = new Set<Node>();
  for (let node: Node | null = active; node && node !== root; node = node.parentNode) around.add(node);
  if (!isAffected(around)) return change();
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

/** What is selected in a field of text; checkboxes and their kin have nothing like it, dates and numbers neither. */
export function selectionOf(element: Element): Place['selection'] {
  if (!('selectionStart' in element)) return undefined;
  const field = element as TextField;
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
