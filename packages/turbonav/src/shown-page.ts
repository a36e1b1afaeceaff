import { mergeHead } from './head.ts';
import type { KeptPage } from './pages.ts';
import { focusRegion } from './place.ts';
import { followAround, swapContent } from './region.ts';

/** The page in the document: what is needed to take it out again. */
export class ShownPage {
  /** Its region as the server sent it; nothing for a page whose server we did not hear. */
  _root: Element | undefined;
  _isSecret = false;
  _bodyClass: string = document.body?.className ?? '';
  /** Where it came from. The address bar may be ahead of it. */
  url: URL = new URL(location.href);
  /** Aborted when the page goes. */
  life: AbortController = new AbortController();

  /** Puts another page in its place and answers this one, if it may be kept. */
  become(region: HTMLElement, { content, root, title, focused }: KeptPage, isSecret: boolean): KeptPage | undefined {
    const { _root, _isSecret } = this;
    const source = root.ownerDocument;
    const before = { title: document.title, focused: document.activeElement };
    this.life.abort();
    this.life = new AbortController();
    const gone = swapContent(region, content);
    mergeHead(source.head);
    document.title = title;
    // What the page before came with goes; what scripts have added stays.
    for (const { name } of _root?.attributes ?? []) region.removeAttribute(name);
    for (const { name, value } of root.attributes) region.setAttribute(name, value);
    followAround(source, region, this._bodyClass);
    this._root = root;
    this._isSecret = isSecret;
    this._bodyClass = source.body.className;
    focusRegion(region, focused);
    return _root && !_isSecret ? { ...before, root: _root, content: gone } : undefined;
  }
}
