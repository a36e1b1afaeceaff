import type { Feature } from '../context.ts';
import { type Field, fieldText } from '../lib/fields.ts';

/** An element on the way from the focused one up to the view, what it stands in, and what beside. */
type Step = readonly [row: Element, holder: HTMLElement, next: Element | null, previous: Element | null];

interface Sent extends Element {
  /** What the field said when its form was sent. */
  _sent?: string;
}

/**
 * A patch that takes away what has the focus leaves it with nobody, and whoever works with the keyboard begins at the top of
 * the page. Here the next row gets it, at the same place in the row; or the one before; or else what held the row.
 * And when a sent field makes place for an empty one, as in a chat, what was typed after sending goes on in that one.
 */
export const focus: Feature = {
  name: 'focus',
  install({ on, root, signal }) {
    const note = ({ target }: Event): void => {
      for (const field of (target as HTMLFormElement).elements) (field as Sent)._sent = fieldText(field);
    };
    document.addEventListener('submit', note, { signal, capture: true });
    let active: Sent | null = null;
    let way: Step[] = [];
    on('djust:before-patch', () => {
      active = document.activeElement;
      way = [];
      for (let row: Element | null = active; row && row !== root(); row = row.parentElement)
        way.push([row, row.parentElement as HTMLElement, row.nextElementSibling, row.previousElementSibling]);
    });
    on('djust:patched', () => {
      const gone = way.find(([, holder]) => holder.isConnected);
      if (!gone || gone[0].isConnected) return;
      const { _sent } = active as Sent;
      if (isNobodys()) passOn(gone, active as HTMLElement);
      else if (_sent !== undefined) typeOn(active as Field, fieldText(active as Sent).replace(_sent, ''));
    });
  },
};

const isNobodys = (): boolean => document.activeElement === document.body;

/** The successor of a field, which has its name, has the focus by now; it gets what was typed since the old one was sent. */
function typeOn(gone: Field, rest: string): void {
  const heir = document.activeElement as Field;
  if (!rest || heir.name !== gone.name) return;
  heir.value += rest;
  heir.dispatchEvent(new Event('input', { bubbles: true }));
}

function passOn([row, holder, ...neighbours]: Step, active: HTMLElement): void {
  const at = focusable(row).indexOf(active);
  for (const other of neighbours) {
    // Something else is no row: what stands behind a field or a form that closes may be a button that nobody meant.
    const isRow = row !== active || row.matches('[data-key],[dj-key]');
    if (!isRow || other?.parentElement !== holder || other?.localName !== row.localName) continue;
    const all = focusable(other);
    (all[at] ?? all.at(-1))?.focus();
    if (!isNobodys()) return;
  }
  if (holder.tabIndex < 0) {
    holder.tabIndex = -1;
    // The server's page has none.
    holder.addEventListener('blur', () => holder.removeAttribute('tabindex'), { once: true });
  }
  holder.focus({ preventScroll: true });
}

const focusable = (row: Element): HTMLElement[] =>
  [row as HTMLElement, ...row.querySelectorAll<HTMLElement>('*')].filter(({ tabIndex }) => tabIndex >= 0);
