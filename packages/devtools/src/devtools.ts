import type { TapWire } from '@djust/protocol';
import { browserClock, type Clock } from './clock.ts';
import type { DebugEvent } from './model/entries.ts';
import { leftTrace, storeTrace } from './persist.ts';
import { keptBy, type Prefs, readPrefs, writePrefs } from './prefs.ts';
import { Recorder } from './recorder.ts';
import { ServerLink } from './server-link.ts';
import type { PageClient, PanelContext, Selection } from './ui/context.ts';
import { DevtoolsElement } from './ui/element.ts';
import { nodesOf } from './ui/patched-nodes.ts';

export interface DevtoolsOptions {
  clock?: Clock;
  /** Opens the panel at once. */
  isOpen?: boolean;
}

export interface Devtools {
  readonly isOpen: boolean;
  open(tab?: string): void;
  close(): void;
  /** Resolves when a tab is shown with what it shows. */
  shown(tab: string): Promise<void>;
  /** What is held of the past, in bytes. */
  readonly heldBytes: number;
  /** Ends everything; the page is as if it had never been there. */
  dispose(): void;
}

const CLIENT = Symbol.for('djust.client');
const OWN = Symbol.for('djust.devtools');

/** Starts the panel, once a page. Nothing is drawn until it is opened. */
export function startDevtools(options: DevtoolsOptions = {}): Devtools {
  const page = globalThis as unknown as { [OWN]?: Devtools };
  page[OWN] ??= new Session(options);
  return page[OWN];
}

/** What belongs together: recorder, link to the server, simulator, the element on the page. */
class Session implements Devtools {
  readonly #abort = new AbortController();
  readonly #prefs: Prefs;
  readonly #recorder: Recorder;
  readonly #link: ServerLink;
  readonly #element: DevtoolsElement;
  readonly #context: PanelContext;
  #selection: Selection = {};
  #isRestoring = false;

  constructor({ clock = browserClock, isOpen }: DevtoolsOptions) {
    const { signal } = this.#abort;
    const storage = storageOf('localStorage');
    this.#prefs = readPrefs(storage);
    this.#recorder = new Recorder(clock);
    this.#recorder.store.events.most = keptBy(this.#prefs);
    this.#link = new ServerLink(clock);
    const left = this.#prefs.preserves ? leftTrace(storageOf('sessionStorage')) : undefined;
    if (left) this.#restore(left, clock);
    this.#context = {
      recorder: this.#recorder,
      store: this.#recorder.store,
      link: this.#link,
      clock,
      prefs: this.#prefs,
      selection: this.#selection,
      signal,
      client: clientOfPage,
      root: () => document.querySelector('[dj-view]') ?? undefined,
      save: () => writePrefs(storage, this.#prefs),
      show: (tab, selection) => this.#show(tab, selection),
      say: (text) => this.#element.say(text),
      refresh: () => this.#element.refresh(),
      highlight: (nodes) => this.#element.highlight.hold(nodes),
      replay: (event) => this.#replay(event),
      showError: (event) => void this.#element.showError(event),
    };
    this.#element = DevtoolsElement.make(this.#context, (open) => this.#opened(open));
    this.#recorder.onDigest = () => this.#element.refresh();
    this.#recorder.onOwnFrame = (text) => this.#link.take(text);
    this.#recorder.onWire = (wire) => this.#wireChanged(wire);
    this.#link.onFrame = (frame) => {
      this.#element.serverSaid(frame);
      this.#element.refresh();
    };
    this.#listen(signal);
    this.#recorder.start(signal);
    this.#link.use(this.#recorder.wire);
    document.documentElement.append(this.#element);
    if (isOpen ?? this.#prefs.isOpen) this.#element.open(false);
  }

  get isOpen(): boolean {
    return this.#prefs.isOpen;
  }

  open(tab?: string): void {
    this.#element.open();
    if (tab) this.#context.show(tab);
  }

  close(): void {
    this.#element.close();
  }

  shown(tab: string): Promise<void> {
    return this.#element.show(tab);
  }

  get heldBytes(): number {
    return this.#recorder.flush().heldBytes;
  }

  dispose(): void {
    this.#abort.abort();
    this.#element.close();
    this.#element.remove();
    delete (globalThis as { [OWN]?: Devtools })[OWN];
  }

  #listen(signal: AbortSignal): void {
    document.addEventListener('djust:view-mounted', () => this.#subscribe(true), { signal });
    addEventListener(
      'pagehide',
      () => {
        if (this.#prefs.preserves && !this.#isRestoring)
          storeTrace(this.#recorder.flush(), storageOf('sessionStorage'));
      },
      { signal },
    );
    // Links of the page that open the panel.
    document.addEventListener(
      'click',
      (event) => {
        const link = event.target instanceof Element ? event.target.closest('[href="#djust-devtools"]') : null;
        if (!link) return;
        event.preventDefault();
        this.open();
      },
      { signal },
    );
  }

  readonly #flash = (event: Event): void => {
    if (this.#prefs.flashes) this.#element.highlight.flash(() => nodesOf(event as CustomEvent, this.#context));
  };

  /** Until it is done, what happens now waits, and what is stored stays. */
  #restore(left: string, clock: Clock): void {
    this.#isRestoring = true;
    const { store } = this.#recorder;
    const past = import('./past.ts');
    const restored = past
      .then(({ restoreTrace }) => restoreTrace(store, left, clock))
      .finally(() => {
        this.#isRestoring = false;
      });
    this.#recorder.holdUntil(restored.then(() => void past.then(({ packPast }) => packPast(store, clock))));
  }

  #opened(isOpen: boolean): void {
    this.#recorder.watch(isOpen);
    document.removeEventListener('djust:patched', this.#flash);
    if (isOpen) document.addEventListener('djust:patched', this.#flash);
    if (isOpen) this.#subscribe();
    else this.#link.unsubscribe();
  }

  #wireChanged(wire: TapWire | undefined): void {
    this.#link.use(wire);
    this.#element.refresh();
  }

  /** Debug frames come only while somebody looks, and for each view anew: it has a session of its own. */
  #subscribe(isNewView = false): void {
    const now = (): boolean => {
      const isDue = this.#prefs.isOpen && (isNewView || !this.#link.isSubscribed) && clientOfPage()?.phase === 'live';
      if (isDue) void this.#link.subscribe().then(() => this.#element.refresh());
      return isDue;
    };
    // The phase is told behind the mount.
    if (!now()) this.#context.clock.after(50, now);
  }

  #show(tab: string, selection: Selection = {}): void {
    Object.assign(this.#selection, selection);
    void this.#element.show(tab);
  }

  async #replay({ name, params }: Pick<DebugEvent, 'name' | 'params'>): Promise<string> {
    const client = clientOfPage();
    if (!client) return 'There is no client on this page.';
    const copy = structuredClone(params);
    this.#recorder.replayed.add(copy);
    const outcome = await client.push(name, copy);
    return outcome.status === 'acked' ? 'done' : `rejected: ${outcome.reason}`;
  }
}

const clientOfPage = (): PageClient | undefined => (globalThis as unknown as { [CLIENT]?: PageClient })[CLIENT];

/** Some browsers throw when they are asked for a storage that is forbidden. */
function storageOf(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}
