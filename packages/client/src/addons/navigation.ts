import type { NavigateFrame, NavigationFrame, PageMetadataFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { viewAt } from './navigation/routes.ts';

/**
 * Navigation over the open socket: `dj-navigate="/path"` mounts another view in the place of this one, `dj-patch="?page=2"`
 * tells the view of another query; so do the server's commands and the back button. What cannot be done over the socket is
 * left to the browser. @see wire spec 4.5
 */
export const navigation: Feature = {
  name: 'navigation',
  frames: {
    navigation: (frame, context) => obey(frame as NavigationFrame, context),
    navigate: (frame) => load(urlOf((frame as NavigateFrame).to)),
    page_metadata: (frame) => setMetadata(frame as PageMetadataFrame),
  },
  install(context) {
    const { signal, on } = context;
    let path = location.pathname;
    let page = pageOf(history.state);
    document.addEventListener('click', (event) => onClick(event, context), { signal });
    document.addEventListener('change', (event) => onChange(event, context), { signal });
    addEventListener(
      'popstate',
      ({ state }) => {
        // Another page of a library that keeps pages: it fetches and swaps, and tells the client.
        if (!context.root() || pageOf(state) !== page || state?.turbo) return;
        if (location.pathname === path) change(urlOf(), context);
        else mount(urlOf(), context);
      },
      { signal },
    );
    on('djust:view-mounted', ({ detail: { root } }) => {
      path = location.pathname;
      page = pageOf(history.state);
      if (root.hasAttribute(ARRIVING)) arrive(root as HTMLElement);
      markCurrent();
    });
    on('djust:patched', ({ detail }) => detail.added.length > 0 && markCurrent());
    // The page cannot be had this way; the browser gets it, or the reason why not.
    on('djust:error', () => context.root()?.hasAttribute(ARRIVING) && location.reload());
    markCurrent();
  },
};

/** On a root that becomes another view. */
const ARRIVING = 'data-dj-arriving';

const urlOf = (to = ''): URL => new URL(to, location.href);

/** Which page of TurboNav a history entry belongs to. @see docs/navigation-contract.md */
const pageOf = (state: { turbonav?: { page?: unknown } } | null): unknown => state?.turbonav?.page;

function onClick(event: MouseEvent, context: FeatureContext): void {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
  if (!(target instanceof Element) || button || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented) return;
  const element = target.closest('[dj-navigate], [dj-patch]:not(input, select, textarea), a[href]');
  const to = element?.getAttribute('dj-navigate');
  const patch = element?.getAttribute('dj-patch');
  // Without a live view the browser follows the link.
  if (!element || !context.isLive()) return;
  if (to != null) visit(urlOf(to), context);
  else if (patch != null) patchTo(element, patch, context);
  else if (element instanceof HTMLAnchorElement && isForUs(element)) {
    const url = urlOf(element.href);
    if (url.pathname === location.pathname) push(url, context);
    else visit(url, context);
  } else return;
  event.preventDefault();
}

/** Plain links, on a site that asks for it: `<meta name="djust-auto-navigate">`. */
const isForUs = (link: HTMLAnchorElement): boolean =>
  document.querySelector('meta[name="djust-auto-navigate"]') !== null &&
  !link.matches(
    '[download], [target]:not([target=_self]), [rel~=external], [data-no-navigate], [data-no-navigate] *',
  ) &&
  link.origin === location.origin &&
  !link.hash &&
  viewAt(link.pathname) !== undefined;

function onChange({ target }: Event, context: FeatureContext): void {
  if (!(target instanceof Element) || !target.matches('input, select, textarea') || !context.isLive()) return;
  const value = target.getAttribute('dj-patch');
  if (value !== null)
    patchTo(target, value.replaceAll('{value}', encodeURIComponent((target as HTMLInputElement).value)), context);
}

/** The query is merged into the one that is there. */
function patchTo(element: Element, value: string, context: FeatureContext): void {
  const url = urlOf();
  const wanted = urlOf(value);
  if (value.startsWith('/')) url.pathname = wanted.pathname;
  for (const [name, text] of wanted.searchParams) url.searchParams.set(name, text);
  if (element.hasAttribute('dj-patch-reload')) load(url);
  else push(url, context);
}

function push(url: URL, context: FeatureContext): void {
  write(url, false);
  change(url, context);
}

/** Tells the view of its new query. */
function change({ searchParams, pathname, search, href }: URL, context: FeatureContext): void {
  const params = Object.fromEntries(searchParams);
  if (!context.send({ type: 'url_change', params, uri: pathname + search })) location.assign(href);
}

function visit(url: URL, context: FeatureContext, isReplaced = false): void {
  if (url.origin !== location.origin || !viewAt(url.pathname)) return load(url);
  if (!context.emit('djust:before-navigate', { url: url.href })) return;
  write(url, isReplaced);
  mount(url, context);
}

/** The root becomes the view of this path, over the same socket. */
function mount({ pathname, href }: URL, context: FeatureContext): void {
  const view = viewAt(pathname);
  const root = context.root();
  if (!view || !root || !context.isLive()) return load(urlOf(href));
  context.release();
  for (const name of ['data-dj-session', 'data-dj-version']) root.removeAttribute(name);
  root.setAttribute('dj-view', view);
  root.setAttribute(ARRIVING, '');
  context.start();
}

/** The new page is there: the user begins where its author wants, or at the top. */
function arrive(root: HTMLElement): void {
  root.removeAttribute(ARRIVING);
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place) place.scrollIntoView();
  else scrollTo(0, 0);
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body) return;
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
}

function obey({ action, path, params, replace }: NavigationFrame, context: FeatureContext): void {
  const url = urlOf(path);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (action === 'live_redirect') visit(url, context, replace);
  else if (url.origin === location.origin) write(url, replace);
}

/** What others keep in the state of an entry stays there; a page of Turbo is none of ours. */
function write(url: URL, isReplaced = false): void {
  const state = { ...history.state, djust: true, turbo: undefined };
  if (isReplaced) history.replaceState(state, '', url);
  else history.pushState(state, '', url);
  markCurrent();
}

/** Leaves it to the browser, which is given nothing but pages. */
function load({ protocol, href }: URL): void {
  if (/^https?:$/.test(protocol)) location.assign(href);
}

function markCurrent(): void {
  for (const link of document.querySelectorAll('[dj-navigate]')) {
    const isCurrent = urlOf(link.getAttribute('dj-navigate') ?? '').pathname === location.pathname;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else if (link.getAttribute('aria-current') === 'page') link.removeAttribute('aria-current');
  }
}

function setMetadata({ action, value = '', name = '', content = '' }: PageMetadataFrame): void {
  if (action === 'title') {
    document.title = value;
    return;
  }
  const attribute = /^(og|twitter):/.test(name) ? 'property' : 'name';
  let meta = document.head.querySelector(`meta[${attribute}="${CSS.escape(name)}"]`);
  if (!meta) {
    meta = document.createElement('meta');
    meta.setAttribute(attribute, name);
    document.head.append(meta);
  }
  meta.setAttribute('content', content);
}
