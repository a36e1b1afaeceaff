import type { Feature } from '../context.ts';

/** An element on the way from the focused one up to the view, what it stands in, and what beside. */
type Step = readonly [row: Element, holder: HTMLElement, next: Element | null, previous: Element | null];

/**
 * A patch that takes away what has the focus leaves it with nobody, and whoever works with the keyboard begins at the top of
 * the page. Here the next row gets it, at the same place in the row; or the one before; or else what held the row.
 */
export const focus: Feature = {
  name: 'focus',
  install({ on, root }) {
    let active: Element | null = null;
    let way: Step[] = [];
    on('djust:before-patch', () => {
      active = document.activeElement;
      way = [];
      for (let row = active; row && root()?.contains(row) && row !== root(); row = row.parentElement)
        way.push([row, row.parentElement as HTMLElement, row.nextElementSibling, row.previousElementSibling]);
    });
    on('djust:patched', () => {
      const gone = way.find(([, holder]) => holder.isConnected);
      if (gone && !gone[0].isConnected && isNobodys()) passOn(gone, active as HTMLElement);
      way = [];
    });
  },
};

const isNobodys = (): boolean => document.activeElement === document.body;

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
