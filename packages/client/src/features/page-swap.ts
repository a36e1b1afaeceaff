import type { Feature } from '../context.ts';

/** Follows a library that replaces parts of the page: the view is released, the socket is kept. @see docs/navigation-contract.md */
export const pageSwap: Feature = {
  name: 'page-swap',
  install({ release, start, signal }) {
    for (const name of ['turbonav:before-swap', 'turbo:before-render'])
      document.addEventListener(name, release, { signal });
    // Once when the new page is there, and not for a preview of it, which Turbo shows before.
    document.addEventListener('turbo:load', start, { signal });
  },
};
