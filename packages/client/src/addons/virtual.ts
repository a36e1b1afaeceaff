import type { Feature, FeatureContext } from '../context.ts';

/**
 * A window on a list that is too long to be sent:
 *
 *   <div dj-virtual="window" dj-virtual-total="100000" dj-virtual-from="40" dj-virtual-count="60" dj-virtual-item-height="32">
 *     <ul>… rows 40 to 99 …</ul>
 *   </div>
 *
 * The element scrolls as if all rows were there. When the user comes near the end of those that are, the view gets
 * `window { from, count }` and renders these. Heights are in CSS pixels; all rows have the same.
 */
export const virtual: Feature = {
  name: 'virtual',
  install(context) {
    const { signal, on } = context;
    const asked = new WeakSet<Element>();
    const all = (): void => {
      for (const element of document.querySelectorAll<HTMLElement>(SELECTOR)) {
        place(element);
        look(element, asked, context);
      }
    };
    on('djust:patched', all);
    on('djust:view-mounted', all);
    addEventListener('resize', all, { signal });
    const scrolled = ({ target }: Event): void => {
      if (target instanceof Element && target.matches(SELECTOR)) look(target, asked, context);
    };
    // Scrolling does not bubble.
    document.addEventListener('scroll', scrolled, { signal, capture: true, passive: true });
    all();
  },
};

const SELECTOR = '[dj-virtual-total]';

const numberOf = (element: Element, name: string): number => Number(element.getAttribute(`dj-virtual-${name}`));

interface Window {
  total: number;
  from: number;
  end: number;
  height: number;
}

function windowOf(element: Element): Window {
  const from = numberOf(element, 'from');
  return {
    total: numberOf(element, 'total'),
    from,
    end: from + numberOf(element, 'count'),
    height: numberOf(element, 'item-height') || 1,
  };
}

/** Keeps room for the rows that are not there. */
function place(element: HTMLElement): void {
  const { total, from, end, height } = windowOf(element);
  const list = element.firstElementChild as HTMLElement | null;
  if (!list) return;
  // The rows stay where they are; the browser need not look for something to hold on to.
  element.style.overflowAnchor = 'none';
  list.style.marginTop = `${from * height}px`;
  list.style.marginBottom = `${Math.max(0, total - end) * height}px`;
}

/** Asks for other rows when those that are there end within a screen of what the user sees; one question at a time. */
function look(element: Element, asked: WeakSet<Element>, context: FeatureContext): void {
  const { total, from, end, height } = windowOf(element);
  const first = Math.floor(element.scrollTop / height);
  const seen = Math.ceil(element.clientHeight / height) + 1;
  const isEnough = (from === 0 || first - seen >= from) && (end >= total || first + 2 * seen <= end);
  const wanted = Math.max(0, first - 2 * seen);
  if (isEnough || !context.isLive() || asked.has(element)) return;
  asked.add(element);
  element.setAttribute('aria-busy', 'true');
  const event = element.getAttribute('dj-virtual') ?? '';
  void context.push(event, { from: wanted, count: 5 * seen }, { element }).then(({ status }) => {
    asked.delete(element);
    element.removeAttribute('aria-busy');
    // The user may be somewhere else by now. A view that does not follow is not asked again for the same.
    if (status === 'acked' && windowOf(element).from !== from) look(element, asked, context);
  });
}
