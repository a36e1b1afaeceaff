import type { Feature } from '../context.ts';

/** Before the region is replaced, and when the new page is there: of TurboNav, and of Turbo, which shows previews between them. */
const LEAVE = ['turbonav:before-swap', 'turbo:before-render'];
const ARRIVE = ['turbonav:load', 'turbo:load'];

/** Follows a library that replaces parts of the page: the view is released, the socket is kept. @see docs/navigation-contract.md */
export const pageSwap: Feature = {
  name: 'page-swap',
  install({ release, start, signal }) {
    for (const name of LEAVE) document.addEventListener(name, release, { signal });
    for (const name of ARRIVE) document.addEventListener(name, start, { signal });
  },
};
