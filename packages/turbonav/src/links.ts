/** A page that is wanted, as a link or a form asks for it. */
export interface Wanted {
  readonly url: URL;
  /** In capitals. */
  readonly method: string;
  readonly body?: URLSearchParams | FormData | undefined;
}

const OFF = '[data-turbo="false"]';

/** Is this click for us? Answers the link; nothing when the browser shall have it. */
export function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return;
  return anchorOf(event);
}

/** The link that an event happened in, also inside of a shadow tree, if it leads to a page of ours. */
export function anchorOf(event: Event): HTMLAnchorElement | undefined {
  const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
  // An editor's link is text.
  if (!link?.hasAttribute('href') || link.isContentEditable || link.hasAttribute('download')) return;
  if (!isHere(link.target) || /\bexternal\b/.test(link.rel) || link.closest(OFF)) return;
  const url = new URL(link.href);
  return isOurs(url) && !(url.hash !== '' && isSamePage(url, location)) ? link : undefined;
}

/** Is this submit for us? A button may say it otherwise than its form. */
export function formOf(event: SubmitEvent): Wanted | undefined {
  const { target: form, submitter, defaultPrevented } = event;
  if (defaultPrevented || !(form instanceof HTMLFormElement) || form.closest(OFF) || submitter?.closest(OFF)) return;
  // As attributes: a field may be named `action`, and then form.action is the field.
  const say = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const method = (say('method') || 'get').toUpperCase();
  const enctype = say('enctype').toLowerCase();
  if (!/^(GET|POST)$/.test(method) || enctype === 'text/plain' || !isHere(say('target'))) return;
  const url = new URL(say('action') || location.href, document.baseURI);
  if (!isOurs(url)) return;
  const data = new FormData(form, submitter);
  if (method === 'POST') return { url, method, body: enctype === 'multipart/form-data' ? data : encoded(data) };
  url.search = encoded(data).toString();
  return { url, method };
}

const encoded = (data: FormData): URLSearchParams =>
  new URLSearchParams([...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));

const isHere = (target: string): boolean => target === '' || target === '_self';

export const isOurs = ({ origin, protocol }: URL): boolean => origin === location.origin && /^https?:$/.test(protocol);

export const isSamePage = (a: URL | Location, b: URL | Location): boolean =>
  a.origin === b.origin && a.pathname === b.pathname && a.search === b.search;
