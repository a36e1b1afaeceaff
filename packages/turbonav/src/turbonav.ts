import { LIMITS, readConfig, type TurbonavConfig, type TurbonavOptions } from './config.ts';
import { dispatch, type FailureDetail, type NavigationDetail, type NavigationKind } from './events.ts';
import { type Fetched, type FetchedPage, fetchPage } from './fetch-page.ts';
import { addStyles, hasOtherVersion, noteStyles } from './head.ts';
import { HistoryEntries } from './history-entries.ts';
import { formOf, isOurs, isSamePage, linkOf, type Wanted } from './links.ts';
import { Notice } from './notice.ts';
import { type KeptPage, remember } from './pages.ts';
import { goToStart } from './place.ts';
import { Prefetch } from './prefetch.ts';
import { regionOf } from './region.ts';
import { noteScripts, pageNonce, runScripts } from './scripts.ts';
import { ShownPage } from './shown-page.ts';
import { inTransition } from './transition.ts';

/** Navigation within one document. There is one per page; `startTurbonav` answers the one that is there. */
export interface Turbonav {
  /** Aborted when the page that is shown now goes: for listeners and timers of its scripts. */
  readonly signal: AbortSignal;
  /** Shows another page; what is no page of this origin is left to the browser. */
  visit(url: string): void;
  /** Resolves when no navigation is under way, with the last one. For scripts that come too late for `turbo:load`. */
  whenLoaded(): Promise<NavigationDetail>;
  /** Forgets the pages behind the back button, and those fetched ahead. For a logout. */
  clear(): void;
  /** Gives navigation back to the browser. */
  stop(): void;
}

/** A navigation under way. */
interface Visit {
  readonly wanted: Wanted;
  readonly kind: NavigationKind;
  readonly abort: AbortController;
  readonly form: EventTarget | null | undefined;
}

export function newTurbonav(options: TurbonavOptions = {}): Turbonav {
  return new Navigator(options);
}

class Navigator implements Turbonav {
  readonly _config: TurbonavConfig;
  readonly _entries: HistoryEntries = new HistoryEntries();
  readonly _notice: Notice = new Notice();
  /** The last few pages behind the back button, each shown once more at most; none that its server wants no copy of. */
  readonly _pages: Map<string, KeptPage> = new Map();
  readonly _prefetch: Prefetch;
  readonly _abort: AbortController = new AbortController();
  readonly _shown: ShownPage = new ShownPage();
  /** Name of the page that is shown. */
  _name: string;
  /** What comes for any other visit comes too late. */
  _visit: Visit | undefined;
  /** Counts the pages that were shown. */
  _count = 0;
  _loaded: NavigationDetail | undefined;
  _waiting: ((detail: NavigationDetail) => void)[] = [];

  constructor(options: TurbonavOptions) {
    this._config = readConfig(options);
    this._name = this._entries.current.page;
    const { timeoutMs } = this._config;
    this._prefetch = new Prefetch((url, signal) =>
      fetchPage({ url, method: 'GET' }, { signal, timeoutMs, isPrefetch: true }),
    );
    this._listen();
    this._begin();
  }

  get signal(): AbortSignal {
    return this._shown.life.signal;
  }

  visit(href: string): void {
    const url = new URL(href, document.baseURI);
    if (!isOurs(url) || !this._go({ url, method: 'GET' }, 'visit')) location.assign(url);
  }

  whenLoaded(): Promise<NavigationDetail> {
    if (this._loaded && !this._visit) return Promise.resolve(this._loaded);
    return new Promise((resolve) => this._waiting.push(resolve));
  }

  clear(): void {
    this._pages.clear();
    this._prefetch.clear();
  }

  stop(): void {
    this._abort.abort();
    this._visit?.abort.abort();
    this._end();
  }

  /** On the window: whatever the page and its libraries do about an event, they do before. */
  _listen(): void {
    const options = { signal: this._abort.signal };
    addEventListener('click', (event) => this._onClick(event), options);
    addEventListener('submit', (event) => this._onSubmit(event), options);
    addEventListener('popstate', () => this._onPopstate(), options);
    addEventListener('pageshow', ({ persisted }) => persisted && this._wake(), options);
    addEventListener('pagehide', () => this._entries.store(), options);
    if (this._config.hasPrefetch) this._prefetch.listen(this._abort.signal);
  }

  /** The page that the browser loaded is the first one. */
  _begin(): void {
    history.scrollRestoration = 'manual';
    const begin = (): void => {
      noteStyles(document.head);
      noteScripts();
      const at = this._entries.position();
      if (at !== undefined) scrollTo(0, at);
      this._load('initial');
    };
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', begin, { once: true, signal: this._abort.signal });
    else queueMicrotask(begin);
  }

  /** The browser kept the whole page. What was under way when it left is not any more. */
  _wake(): void {
    this._visit?.abort.abort();
    this._load('bfcache', this._visit);
  }

  _onClick(event: MouseEvent): void {
    const link = linkOf(event);
    if (link && this._go({ url: new URL(link.href), method: 'GET' }, 'visit')) event.preventDefault();
  }

  _onSubmit(event: SubmitEvent): void {
    const wanted = formOf(event);
    if (!wanted) return;
    const kind = wanted.method === 'POST' ? 'form' : 'visit';
    if (this._go(wanted, kind, event.target)) event.preventDefault();
  }

  _onPopstate(): void {
    const { page } = this._entries.adopt(isSamePage(location, this._shown.url));
    this._visit?.abort.abort();
    this._end();
    if (page === this._name) return this._scroll();
    const kept = this._pages.get(page);
    this._pages.delete(page);
    const region = kept && regionOf(document, this._config.root);
    if (!kept || !region) return void this._go({ url: new URL(location.href), method: 'GET' }, 'restore');
    void this._change('restore', location.href, () => {
      const before = this._shown.become(region, kept, false);
      this._keep(before);
      this._scroll();
    });
  }

  _keep(page: KeptPage | undefined): void {
    if (page) remember(this._pages, this._name, page, LIMITS.pages);
  }

  /** Where the user was on this entry. */
  _scroll(): void {
    const at = this._entries.position();
    if (at === undefined) goToStart(location.hash);
    else scrollTo(0, at);
  }

  /** Sets out for a page; false when it shall be the browser's. */
  _go(wanted: Wanted, kind: NavigationKind, form?: EventTarget | null): boolean {
    const { url, method } = wanted;
    if (kind !== 'restore' && !dispatch('turbonav:before-visit', { url: url.href, kind })) return false;
    const last = this._visit;
    // A link twice is one wish, and a form sent twice would do it twice.
    if (last && last.form === form && last.wanted.method === method && last.wanted.url.href === url.href) return true;
    // What was seen before may not be so any more, or not be theirs who come now.
    if (kind === 'form') this.clear();
    last?.abort.abort();
    const visit: Visit = { wanted, kind, form, abort: new AbortController() };
    this._visit = visit;
    this._notice.begin();
    void this._fetch(visit).then((fetched) => this._take(visit, fetched));
    return true;
  }

  async _fetch({ wanted, abort }: Visit): Promise<Fetched> {
    const ahead = wanted.method === 'GET' ? await this._prefetch.take(wanted.url) : undefined;
    if (ahead && ahead.kind !== 'aborted' && ahead.kind !== 'failed') return ahead;
    return fetchPage(wanted, { signal: abort.signal, timeoutMs: this._config.timeoutMs });
  }

  async _take(visit: Visit, fetched: Fetched): Promise<void> {
    if (visit !== this._visit) return;
    if (fetched.kind === 'page') return this._show(visit, fetched.page);
    this._end();
    if (fetched.kind === 'browser') this._leaveTo(fetched.url, visit.kind);
    if (fetched.kind === 'failed') {
      const { wanted, kind } = visit;
      const retry = wanted.method === 'GET' ? (): void => void this._go(wanted, kind) : undefined;
      const detail: FailureDetail = { url: wanted.url.href, reason: fetched.reason, retry };
      if (dispatch('turbonav:failed', detail)) this._notice.fail(detail);
    }
  }

  async _show(visit: Visit, page: FetchedPage): Promise<void> {
    const { wanted, kind } = visit;
    const { url, document: next, nonces } = page;
    url.hash ||= wanted.url.hash;
    if (page.clears) this.clear();
    // What came as the answer to a form cannot be asked for again.
    const canReload = wanted.method === 'GET' || page.isRedirected;
    const { root } = this._config;
    const [from, to] = [regionOf(document, root), regionOf(next, root)];
    const isFit = from && to && isOurs(url) && !hasOtherVersion(next.head);
    if (!isFit && canReload) return this._leaveTo(url.href, kind);
    await addStyles(next.head, pageNonce());
    if (visit !== this._visit) return;
    const [region, content] = from && to ? [from, to] : [document.body, next.body];
    const swap = (): void => {
      this._enter(url, visit, page.isRedirected);
      const incoming = { content: contentOf(content), root: content, title: next.title, focused: null };
      const before = this._shown.become(region, incoming, page.isSecret);
      // Before a form was sent the page was another one, and perhaps its visitor too.
      if (kind !== 'form') this._keep(before);
      if (kind === 'restore') this._scroll();
      else goToStart(url.hash);
    };
    const run = async (isCurrent: () => boolean): Promise<void> => {
      for (const root of [next.head, region]) await runScripts(root, nonces, isCurrent);
    };
    await this._change(kind, url.href, swap, run);
  }

  /** The entry of the page in the history. The answer to a form has none: nobody could come back to it. */
  _enter(url: URL, { kind, wanted }: Visit, isRedirected: boolean): void {
    const { _entries } = this;
    if (kind === 'restore') return _entries.write(_entries.current, url);
    if (wanted.method === 'POST' && !isRedirected) _entries.enter(new URL(location.href), true);
    else _entries.enter(url, url.href === location.href);
  }

  /** One page becomes another. `turbo:load` comes once, when its scripts have run and no other page took its place. */
  async _change(
    kind: NavigationKind,
    url: string,
    swap: () => void,
    run?: (isCurrent: () => boolean) => Promise<void>,
  ): Promise<void> {
    const { _visit } = this;
    const id = ++this._count;
    const isCurrent = (): boolean => id === this._count;
    let isDone = false;
    await inTransition(() => {
      if (!isCurrent() || _visit !== this._visit) return;
      if (!dispatch('turbonav:before-swap', { url, kind, id })) return this._leaveTo(url, kind);
      swap();
      this._shown.url = new URL(location.href);
      this._name = this._entries.current.page;
      isDone = true;
    });
    if (!isDone) return;
    await run?.(isCurrent);
    if (isCurrent()) this._load(kind, _visit);
  }

  _load(kind: NavigationKind, visit?: Visit): void {
    const detail: NavigationDetail = { url: location.href, kind, id: this._count };
    this._loaded = detail;
    if (kind !== 'initial') this._notice.announce(document.title);
    // The user may want another page already.
    if (this._visit === visit) this._end();
    dispatch('turbonav:load', detail);
    dispatch('turbo:load', detail);
  }

  /** Nothing is under way any more. */
  _end(): void {
    this._visit = undefined;
    this._notice.end();
    const { _loaded } = this;
    if (_loaded) for (const resolve of this._waiting.splice(0)) resolve(_loaded);
  }

  /** The browser loads it. */
  _leaveTo(url: string, kind: NavigationKind): void {
    this._end();
    if (kind === 'restore') location.reload();
    else location.assign(url);
  }
}

function contentOf(element: Element): DocumentFragment {
  const content = document.createDocumentFragment();
  content.append(...element.childNodes);
  return content;
}
