import type { Feature } from '../context.ts';

/**
 * Views of a plain djust server that stay when the page around them changes, a player for one. The server says which of them
 * it keeps, before the new page comes; that has slots for them. @see wire spec 1.1, 4.2
 */
export const sticky: Feature = {
  name: 'sticky',
  frames: {
    sticky_hold: (frame) => {
      const { views = [] } = frame as { views?: string[] };
      for (const view of document.querySelectorAll('[dj-sticky-view]')) {
        const id = view.getAttribute('dj-sticky-view') ?? '';
        if (!views.includes(id)) tell(view, 'unmounted', { sticky_id: id, reason: 'server-unmount' });
        else {
          kept.set(id, view);
          // What comes is no later form of it.
          view.remove();
          // The new page counts anew; nothing in here is addressed by these any more.
          for (const element of [view, ...view.querySelectorAll('[dj-id]')]) element.removeAttribute('dj-id');
        }
      }
    },
  },
  install({ on }) {
    on('djust:view-mounted', () => {
      fill();
      for (const [id, view] of kept)
        if (!view.isConnected) {
          kept.delete(id);
          tell(view, 'unmounted', { sticky_id: id, reason: 'no-slot' });
        }
    });
    on('djust:patched', giveWay);
  },
};

const kept: Map<string, Element> = new Map();

/** A view goes into its slot, which keeps the place that the server knows. */
function fill(): void {
  for (const slot of kept.size ? document.querySelectorAll('[dj-sticky-slot]') : []) {
    const id = slot.getAttribute('dj-sticky-slot') ?? '';
    const view = kept.get(id);
    if (!view || view.parentNode === slot) continue;
    slot.replaceChildren(view);
    tell(view, 'preserved', { sticky_id: id });
  }
}

/** The server fills the slot itself with the next render; what the user typed goes over to that. */
function giveWay(): void {
  for (const [id, view] of kept) {
    const slot = view.parentElement;
    if (slot?.children[1] === undefined || !slot.hasAttribute('dj-sticky-slot')) continue;
    kept.delete(id);
    view.remove();
    for (const field of view.querySelectorAll<HTMLInputElement>('input[id], textarea[id], select[id]')) {
      const next = slot.querySelector<HTMLInputElement>(`#${CSS.escape(field.id)}`);
      if (next) next.value = field.value;
    }
  }
}

function tell(view: Element, what: string, detail: object): void {
  view.dispatchEvent(new CustomEvent(`djust:sticky-${what}`, { detail, bubbles: true }));
}
