import type { NavigateFrame, NavigationFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { viewAt } from './navigation/routes.ts';

/**
 * Navigation over the open socket: `dj-navigate="/path"` mounts another view in the place of this one, and tells a view of
 * another query; so do the server's commands and the back button. What cannot be done over the socket is left to the
 * browser. @see wire spec 4.5
 */
export const navigation: Feature = {
  name: 'navigation',
  frames: {
    navigation: (frame, context) => obey(frame as NavigationFrame, context),
    navigate: (frame) => load(urlOf((frame as NavigateFrame).to)),
  },
  install(context) {
    const { signal, on } = context;
    let path = location.pathname;
    let page = pageOf(history.state);
    // An entry without a mark is one that the browser made for a hash.
    history.replaceState({ ...history.state, djust: true }, '');
    document.addEventListener('click', (event) => onClick(event, context), { signal });
    addEventListener(
      'popstate',
      ({ state }) => {
        // Another page of a library that keeps pages: it fetches and swaps, and tells the client.
        if (!state || state.turbo || pageOf(state) !== page || !context.root()) return;
        if (location.pathname === path) change(urlOf(), context);
        else mount(urlOf(), context);
      },
      { signal },
    );
    on('djust:view-mounted', ({ detail: { root } }) => {
      path = location.pathname;
      page = pageOf(history.state);
      root.removeAttribute(ARRIVING);
    });
    // The page cannot be had this way; the browser gets it, or the reason why not.
    on('djust:error', () => context.root()?.hasAttribute(ARRIVING) && location.reload());
  },
};

/** On a root that becomes another view. */
const ARRIVING = 'data-dj-arriving';

const urlOf = (to = ''): URL => new URL(URL.canParse(to, location.href) ? to : '', location.href);

/** Which page of TurboNav a history entry belongs to. @see docs/navigation-contract.md */
const pageOf = (state: { turbonav?: { page?: unknown } } | null): unknown => state?.turbonav?.page;

function onClick(event: MouseEvent, context: FeatureContext): void {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented)
    return;
  const to = (event.target as Element).closest?.('[dj-navigate]')?.getAttribute('dj-navigate');
  // Without a live view the browser follows the link.
  if (to == null || !context.isLive()) return;
  event.preventDefault();
  visit(urlOf(to), context);
}

/** Tells the view of its new query. */
function change({ searchParams, pathname, search, href }: URL, context: FeatureContext): void {
  const params = Object.fromEntries(searchParams);
  if (!context.send({ type: 'url_change', params, uri: pathname + search })) location.assign(href);
}

function visit(url: URL, context: FeatureContext, isReplaced = false): void {
  // Another query is no other page.
  const isSame = url.pathname === location.pathname;
  if (url.origin !== location.origin || !(isSame || viewAt(url.pathname))) return load(url);
  if (!isSame && !context.emit('djust:before-navigate', { url: url.href })) return;
  write(url, isReplaced);
  if (isSame) change(url, context);
  else mount(url, context);
}

/** The root becomes the view of this path, over the same socket. */
function mount(url: URL, context: FeatureContext): void {
  const view = viewAt(url.pathname);
  const root = context.root();
  if (!view || !root || !context.isLive()) return load(url);
  context.release();
  for (const name of ['data-dj-session', 'data-dj-version']) root.removeAttribute(name);
  root.setAttribute('dj-view', view);
  root.setAttribute(ARRIVING, '');
  context.start();
  scrollTo(0, 0);
}

function obey({ action, path, params, replace }: NavigationFrame, context: FeatureContext): void {
  const url = urlOf(path);
  if (params) url.search = '';
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value) url.searchParams.set(name, value);
  }
  if (action === 'live_redirect') visit(url, context, replace);
  else if (url.origin === location.origin) write(url, replace);
}

/** What others keep in the state of an entry stays there; a page of Turbo is none of ours. */
function write(url: URL, isReplaced = false): void {
  history[isReplaced ? 'replaceState' : 'pushState']({ ...history.state, djust: true, turbo: undefined }, '', url);
}

/** Leaves it to the browser, which is given nothing but pages. */
function load({ protocol, href }: URL): void {
  if (/^https?:$/.test(protocol)) location.assign(href);
}
