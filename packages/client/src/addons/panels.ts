import type { Feature, FeatureContext } from '../context.ts';

/**
 * Of a plain djust server: panels that hide and keep what is in them (`{% dj_activity %}`), and another layout around the
 * view. A hidden panel takes patches like the rest of the page, so that it is up to date when it shows.
 */
export const panels: Feature = {
  name: 'panels',
  frames: {
    layout: (frame, context) => {
      const { html, path } = frame as { html?: string; path?: string };
      if (html) changeLayout(html, context);
      document.dispatchEvent(new CustomEvent('djust:layout-changed', { detail: { path } }));
    },
  },
  install({ on }) {
    const page = globalThis as unknown as { djust: object };
    Object.assign(page.djust, { activityVisible: (name: string) => !find(name)?.hasAttribute('hidden') });
    const shown = new Set<Element>();
    const look = (): void => {
      for (const panel of document.querySelectorAll('[data-djust-activity]')) {
        const isShown = !panel.hasAttribute('hidden');
        if (isShown && !shown.has(panel) && known.has(panel)) {
          const detail = { name: panel.getAttribute('data-djust-activity'), node: panel };
          panel.dispatchEvent(new CustomEvent('djust:activity-shown', { detail, bubbles: true }));
        }
        known.add(panel);
        if (isShown) shown.add(panel);
        else shown.delete(panel);
      }
    };
    const known = new WeakSet<Element>();
    on('djust:patched', look);
    look();
  },
};

const find = (name: string): Element | null => document.querySelector(`[data-djust-activity="${CSS.escape(name)}"]`);

/** The view moves into the new body as it is: the same element, with all that the user has in it. */
function changeLayout(html: string, { root, merge }: FeatureContext): void {
  const view = root();
  const [, attributes = '', content] = /<body([^>]*)>([\s\S]*)<\/body>/i.exec(html) ?? [];
  if (!view || content === undefined) return;
  const holder = document.createElement('div');
  merge(holder, `<div${attributes}>${content}</div>`);
  const body = holder.firstElementChild as Element;
  const place = body.querySelector('[dj-root], [dj-view]');
  if (!place) return;
  const { body: old } = document;
  place.replaceWith(view);
  old.replaceChildren(...body.childNodes);
  for (const { name } of [...old.attributes]) old.removeAttribute(name);
  for (const { name, value } of body.attributes) old.setAttribute(name, value);
}
