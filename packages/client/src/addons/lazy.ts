import type { Feature, FeatureContext } from '../context.ts';

/** A little before it is seen. */
const MARGIN = '50px';
const IDLE_MS = 2_000;

/**
 * `dj-lazy`: a view that is mounted when the user comes to it: `viewport` (the default), `click`, `hover`, `idle`. A plain djust
 * server holds one view a connection, and a second one would silence the first (trap W29): the first that is called is
 * mounted, and the others stay as the server rendered them until its element leaves the page.
 */
export const lazy: Feature = {
  name: 'lazy',
  install(context) {
    const { signal, on } = context;
    const waiting = new Set<Element>();
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) call(target);
      },
      { rootMargin: MARGIN },
    );
    const call = (root: Element): void => {
      if (context.root()?.isConnected || !root.hasAttribute('dj-lazy')) return;
      seen.unobserve(root);
      root.removeAttribute('dj-lazy');
      root.setAttribute('data-live-hydrated', 'true');
      context.start();
    };
    const look = (): void => {
      for (const root of document.querySelectorAll('[dj-view][dj-lazy]')) {
        if (waiting.has(root)) continue;
        waiting.add(root);
        wait(root, root.getAttribute('dj-lazy') ?? '', { context, call, seen });
      }
    };
    on('djust:view-mounted', look);
    signal.addEventListener('abort', () => seen.disconnect());
    look();
  },
};

interface Waiting {
  context: FeatureContext;
  call(root: Element): void;
  seen: IntersectionObserver;
}

function wait(root: Element, mode: string, { context, call, seen }: Waiting): void {
  const type = { click: 'click', hover: 'mouseenter' }[mode];
  if (type) root.addEventListener(type, () => call(root), { signal: context.signal });
  else if (mode === 'idle') context.clock.after(IDLE_MS, () => call(root));
  else seen.observe(root);
}
