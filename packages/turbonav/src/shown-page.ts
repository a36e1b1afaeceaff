import type { FetchedPage } from './fetch-page.ts';
import { mergeHead } from './head.ts';
import type { KeptPage } from './pages.ts';
import { focusRegion } from './place.ts';
import { followAround, swapContent } from './region.ts';

/** The page in the document: what is needed to take it out again. */
export class ShownPage {
  /** As the server sent it, without its content; nothing for the page that the browser loaded itself. */
  _document: Document | undefined;
  _isSecret = true;
  _bodyClass: string = document.body?.className ?? '';
  /** Where it came from. The address bar may be ahead of it. */
  url: URL = new URL(location.href);
  /** Aborted when the page goes. */
  life: AbortController = new AbortController();

  /** Puts another page in its place and answers this one, if it may be kept. */
  become(region: HTMLElement, next: HTMLElement, page: FetchedPage): KeptPage | undefined {
    const content = document.createDocumentFragment();
    content.append(...next.childNodes);
    const kept = this._replace(region, content, page.document);
    for (const { name, value } of next.attributes) region.setAttribute(name, value);
    this._isSecret = page.isSecret;
    focusRegion(region);
    return kept;
  }

  /** The same with a page that was here before. */
  restore(region: HTMLElement, page: KeptPage): KeptPage | undefined {
    const kept = this._replace(region, page.content, page.document);
    document.title = page.title;
    this._isSecret = false;
    focusRegion(region, page.focused);
    return kept;
  }

  _replace(region: HTMLElement, content: DocumentFragment, page: Document): KeptPage | undefined {
    const { title, activeElement } = document;
    const focused = region.contains(activeElement) ? activeElement : null;
    this.life.abort();
    this.life = new AbortController();
    const gone = swapContent(region, content);
    mergeHead(page.head);
    document.title = page.title;
    followAround(page, region, this._bodyClass);
    const before = this._isSecret ? undefined : this._document;
    this._document = page;
    this._bodyClass = page.body.className;
    return before && { content: gone, document: before, title, focused };
  }
}
