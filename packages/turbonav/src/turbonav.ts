import { readConfig, type TurbonavConfig, type TurbonavOptions } from './config.ts';
import { dispatch, type FailureDetail, type NavigationDetail, type NavigationKind } from './events.ts';
import { type Fetched, type FetchedPage, fetchPage } from './fetch-page.ts';
import { addStyles, hasOtherVersion, noteStyles } from './head.ts';
import { HistoryEntries } from './history-entries.ts';
import { formOf, isOurs, isSamePage, linkOf, type Wanted } from './links.ts';
import { Notice } from './notice.ts';
import { Pages } from './pages.ts';
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
  readonly form?: HTMLFormElement | undefined;
}

export function newTurbonav(options: TurbonavOptions = {}): Turbonav {
  return new Navigator(options);
}

class Navigator implements Turbonav {
  readonly _config: TurbonavConfig;
  readonly _entries: HistoryEntries = new HistoryEntries();
  readonly _notice: Notice = new Notice();
  readonly _pages: Pages = new Pages();
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
    noteStyles(document.head);
    noteScripts();
    this._listen();
    this._begin();
  }

  get signal(): AbortSignal {
    return this._shown.life.signal;
  }

  visit(href: string): void {
    const url = new URL(href, document.baseURI);
    if (isOurs(url) && dispatch('turbonav:before-visit', { url: url.href, kind: 'visit' }))
      this._go({ url, method: 'GET' }, 'visit');
    else location.assign(url);
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
    history.scrollRestoration = 'auto';
  }

  /** On the window: whatever the page and its libraries do about an event, they do before. */
  _listen(): void {
    const options = { signal: this._abort.signal };
    addEventListener('click', (event) => this._onClick(event), options);
    addEventListener('submit', (event) => this._onSubmit(event), options);
    addEventListener('popstate', () => this._onPopstate(), options);
    addEventListener('pageshow', ({ persisted }) => persisted && this._wake(), options);
    addEventListener(
      'pagehide',
      () => {
        this._entries.store();
        history.scrollRestoration = 'auto';
      },
      options,
    );
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
    history.scrollRestoration = 'manual';
    this._visit?.abort.abort();
    this._load('bfcache');
  }

  _onClick(event: MouseEvent): void {
    const link = linkOf(event);
    if (!link || !dispatch('turbonav:before-visit', { url: link.href, kind: 'visit' })) return;
    event.preventDefault();
    // Twice on the same link is one wish.
    const { wanted } = this._visit ?? {};
    if (wanted?.method === 'GET' && wanted.url.href === link.href) return;
    this._go({ url: new URL(link.href), method: 'GET' }, 'visit');
  }

  _onSubmit(event: SubmitEvent): void {
    const wanted = formOf(event);
    const kind = wanted?.method === 'POST' ? 'form' : 'visit';
    if (!wanted || !dispatch('turbonav:before-visit', { url: wanted.url.href, kind })) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    // A second press while the first is on its way would do it twice.
    if (this._visit?.form === form) return;
    // What was seen before may not be so any more, or not be theirs who come now.
    if (kind === 'form') this.clear();
    this._go(wanted, kind, form);
  }

  _onPopstate(): void {
    // The page has not moved yet: this is where the user was on the entry that he left.
    this._entries.savePosition();
    const { page } = this._entries.adopt(isSamePage(location, this._shown.url));
    this._visit?.abort.abort();
    this._end();
    if (page === this._name) return this._scroll();
    const kept = this._pages.take(page);
    const region = kept && regionOf(document, this._config.root);
    if (!kept || !region) return this._go({ url: new URL(location.href), method: 'GET' }, 'restore');
    void this._change('restore', () => {
      const before = this._shown.restore(region, kept);
      if (before) this._pages.keep(this._name, before);
      this._scroll();
    });
  }

  /** Where the user was on this entry. */
  _scroll(): void {
    const at = this._entries.position();
    if (at === undefined) goToStart(location.hash);
    else scrollTo(0, at);
  }

  _go(wanted: Wanted, kind: NavigationKind, form?: HTMLFormElement): void {
    this._visit?.abort.abort();
    const visit: Visit = { wanted, kind, form, abort: new AbortController() };
    this._visit = visit;
    this._notice.begin();
    void this._fetch(visit).then((fetched) => this._take(visit, fetched));
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
    if (fetched.kind === 'browser') this._leaveTo(fetched.url, visit);
    if (fetched.kind === 'file') save(fetched.file, fetched.name);
    if (fetched.kind === 'failed') {
      const { wanted, kind } = visit;
      const retry = wanted.method === 'GET' ? (): void => this._go(wanted, kind) : undefined;
      const detail: FailureDetail = { url: wanted.url.href, reason: fetched.reason, ...(retry && { retry }) };
      if (dispatch('turbonav:failed', detail)) this._notice.fail(detail);
    }
  }

  async _show(visit: Visit, page: FetchedPage): Promise<void> {
    const { wanted, kind } = visit;
    const { url, document: next, nonces } = page;
    if (url.hash === '') url.hash = wanted.url.hash;
    if (page.clears) this.clear();
    // What came as the answer to a form cannot be asked for again.
    const canReload = wanted.method === 'GET' || page.isRedirected;
    const [from, to] = [regionOf(document, this._config.root), regionOf(next, this._config.root)];
    const isFit = from && to && isOurs(url) && !hasOtherVersion(next.head);
    if (!isFit && canReload) return this._leaveTo(url.href, visit);
    await addStyles(next.head, pageNonce());
    if (visit !== this._visit) return;
    const [region, content] = from && to ? [from, to] : [document.body, next.body];
    await this._change(
      kind,
      () => {
        this._enter(url, visit, page.isRedirected);
        const before = this._shown.become(region, content, page);
        if (before) this._pages.keep(this._name, before);
        this._shown.url = url;
        if (kind === 'restore') this._scroll();
        else goToStart(url.hash);
      },
      async (isCurrent) => {
        await runScripts(next.head, nonces, isCurrent);
        await runScripts(region, nonces, isCurrent);
      },
      canReload ? () => this._leaveTo(url.href, visit) : undefined,
    );
  }

  /** The entry of the page in the history. The answer to a form has none: nobody could come back to it. */
  _enter(url: URL, { kind, wanted }: Visit, isRedirected: boolean): void {
    const { _entries } = this;
    if (kind === 'restore') return _entries.rename(url);
    _entries.savePosition();
    if (wanted.method === 'POST' && !isRedirected) _entries.replace(new URL(location.href));
    else if (url.href === location.href) _entries.replace(url);
    else _entries.push(url);
  }

  /** One page becomes another. `turbo:load` comes once, when its scripts have run and no other page took its place. */
  async _change(
    kind: NavigationKind,
    swap: () => void,
    run: (isCurrent: () => boolean) => Promise<void> = async () => {},
    instead: () => void = () => location.reload(),
  ): Promise<void> {
    const visit = this._visit;
    const count = ++this._count;
    const isCurrent = (): boolean => count === this._count;
    let isDone = false;
    await inTransition(() => {
      if (!isCurrent() || visit !== this._visit) return;
      const url = visit?.wanted.url.href ?? location.href;
      if (!dispatch('turbonav:before-swap', { url, kind, id: count })) return instead();
      swap();
      this._shown.url = new URL(location.href);
      this._name = this._entries.current.page;
      isDone = true;
    });
    if (!isDone) return;
    await run(isCurrent);
    if (isCurrent()) this._load(kind, visit);
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
  _leaveTo(url: string, { kind }: Visit): void {
    this._end();
    if (kind === 'restore') location.reload();
    else location.assign(url);
  }
}

/** What the browser would do with a file that it got for a form. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
