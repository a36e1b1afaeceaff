import type { PageMetadataFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

/**
 * What concerns the page around the view: its title and meta tags, which the view may set; its query, which `dj-patch`
 * changes; its links, of which the one to this page is marked, and which all become `dj-navigate` where the page asks for
 * that with `<meta name="djust-auto-navigate">`; and the focus after such a link. @see wire spec 4.2, 4.5
 */
export const page: Feature = {
  name: 'page',
  frames: { page_metadata: (frame) => setMetadata(frame as PageMetadataFrame) },
  install(context) {
    const { signal, on } = context;
    let isNew = false;
    on('djust:before-navigate', () => {
      isNew = true;
    });
    on('djust:view-mounted', ({ detail: { root } }) => {
      if (isNew) focusOn(root as HTMLElement);
      isNew = false;
      markCurrent();
    });
    on('djust:patched', ({ detail }) => detail.added.length > 0 && markCurrent());
    markCurrent();
    document.addEventListener('click', (event) => onClick(event, context), { signal });
    document.addEventListener('change', (event) => onChange(event, context), { signal });
    // Before anybody else sees the click.
    document.addEventListener('click', ({ target }) => claimLink(target), { signal, capture: true });
  },
};

const NOT_OURS = '[download],[target]:not([target=_self]),[rel~=external],[data-no-navigate],[data-no-navigate] *';

function claimLink(target: EventTarget | null): void {
  const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href]:not([dj-navigate],[dj-patch])');
  if (!link || !document.querySelector('[name=djust-auto-navigate]')) return;
  if (link.origin === location.origin && !link.hash && !link.matches(NOT_OURS))
    link.setAttribute('dj-navigate', link.href);
}

function onClick(event: MouseEvent, context: FeatureContext): void {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented)
    return;
  const element = (event.target as Element).closest?.('[dj-patch]:not(input,textarea,select)');
  // Without a live view the browser follows the link.
  if (!element || !context.isLive()) return;
  event.preventDefault();
  patch(element, element.getAttribute('dj-patch') ?? '', context);
}

function onChange({ target }: Event, context: FeatureContext): void {
  const field = target as HTMLInputElement;
  const value = field.getAttribute?.('dj-patch');
  if (value && context.isLive()) patch(field, value.replaceAll('{value}', encodeURIComponent(field.value)), context);
}

/** The query is merged into the one that is there; the path changes when one is given. */
function patch(element: Element, value: string, context: FeatureContext): void {
  const url = new URL(location.href);
  const wanted = new URL(URL.canParse(value, url) ? value : '', url);
  if (value.startsWith('/')) url.pathname = wanted.pathname;
  for (const [name, text] of wanted.searchParams) url.searchParams.set(name, text);
  const { href, pathname, search, searchParams } = url;
  const params = Object.fromEntries(searchParams);
  if (element.hasAttribute('dj-patch-reload') || !context.send({ type: 'url_change', params, uri: pathname + search }))
    return location.assign(href);
  // What others keep in the state of an entry stays there; a page of Turbo is none of ours.
  history.pushState({ ...history.state, djust: true, turbo: undefined }, '', href);
}

/** What had the focus may be gone; then the user begins at the top of the new view. */
function focusOn(root: HTMLElement): void {
  if (document.activeElement !== document.body) return;
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
}

function markCurrent(): void {
  for (const link of document.querySelectorAll('[dj-navigate]')) {
    const to = link.getAttribute('dj-navigate') ?? '';
    if (URL.canParse(to, location.href) && new URL(to, location.href).pathname === location.pathname)
      link.ariaCurrent = 'page';
    else if (link.ariaCurrent === 'page') link.ariaCurrent = null;
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
