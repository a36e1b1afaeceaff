import { mergeHead } from './head.ts';
import type { KeptPage } from './pages.ts';
import { focusRegion } from './place.ts';
import { followAround, swapContent } from './region.ts';

/** The page in the document: what is needed to take it out again. */
export class ShownPage {
  /** As the server sent it, without its content; nothing for a page that may not be kept, or whose server we did not hear. */
  _source: Document | undefined;
  _bodyClass: string = document.body?.className ?? '';
  /** Where it came from. The address bar may be ahead of it. */
  url: URL = new URL(location.href);
  /** Aborted when the page goes. */
  life: AbortController = new AbortController();

  /** Puts another page in its place and answers this one, if it may be kept. */
  become(region: HTMLElement, { content, source, title, focused }: KeptPage, isSecret: boolean): KeptPage | undefined {
    const before = { title: document.title, focused: document.activeElement, source: this._source };
    this.life.abort();
    this.life = new AbortController();
    const gone = swapContent(region, content);
    mergeHead(source.head);
    document.title = title;
    followAround(source, region, this._bodyClass);
    this._source = isSecret ? undefined : source;
    this._bodyClass = source.body.className;
    focusRegion(region, focused);
    return before.source && { ...before, source: before.source, content: gone };
  }
}
