import { TABS } from '../tabs.ts';
import type { PanelContext, TabSpec, TabView } from './context.ts';
import { clampSize, draggable, nextDock, pushPage, releasePage, resizable } from './dock.ts';
import { button, h, place } from './dom.ts';
import { plural } from './format.ts';
import { type Action, actionFor, isTyping, keyText, PANEL_KEYS, TAB_KEYS } from './keys.ts';
import { addStyles, panelCss } from './styles.ts';

const CONTENT = '.body :is(.list, .scroll)';

/** The panel itself: title bar, tabs, status line. It is moved, not made anew, when it gets a window of its own. */
export class Panel {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  readonly #act: (action: Action) => void;
  readonly #dot: HTMLElement = h('span.dot');
  readonly #tabs: HTMLElement = h('div.tabs', { role: 'tablist', 'aria-label': 'Tabs of the debug panel' });
  readonly #body: HTMLElement = h('div.body');
  readonly #banner: HTMLElement = h('div.banner', { role: 'status', hidden: true });
  readonly #facts: HTMLElement = h('span');
  readonly #said: HTMLElement = h('span.said', { role: 'status', 'aria-live': 'polite' });
  readonly #pause: HTMLButtonElement;
  readonly #dock: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  #open: { spec: TabSpec; view: TabView } | undefined;
  #shown: Promise<void> = Promise.resolve();
  #counts = '';
  #popped: Window | undefined;
  #isClosed = false;

  /** @param act  carries out what a key or a button asks for */
  constructor(context: PanelContext, act: (action: Action) => void) {
    this.#context = context;
    this.#act = act;
    const brand = h('span.brand', {}, this.#dot, 'djust');
    this.#dock = button('Dock', () => act('dock'), { class: 'plain' });
    this.#close = button('Close', () => act('toggle'), { class: 'plain' });
    this.#pause = button('Pause', () => act('pause'), { class: 'plain', 'aria-pressed': 'false' });
    const grip = h('div.grip', {
      role: 'separator',
      tabindex: 0,
      'aria-label': 'Size of the panel',
      'aria-valuenow': 0,
    });
    const window = button('Window', () => this.popOut(), { class: 'plain', title: 'In a window of its own' });
    this.element = h(
      'section.panel',
      { 'aria-label': 'djust debug panel', onkeydown: (event: KeyboardEvent) => this.#key(event) },
      grip,
      h('div.bar', {}, brand, this.#tabs, this.#pause, this.#dock, window, this.#close),
      h('div.middle', {}, this.#banner, this.#body),
      h('div.status', {}, this.#facts, this.#said),
    );
    draggable(brand, this.element, context.prefs);
    resizable(grip, context.prefs, (sizePx) => this.resize(sizePx));
    grip.setAttribute('aria-valuemin', '160');
    grip.setAttribute('aria-valuemax', '2000');
    this.#drawTabs();
    // At once: a number that came later would move a tab away below the finger.
    this.#drawCounts();
    this.dock();
  }

  /** Brings the panel to where the preferences want it. */
  dock(): void {
    const { prefs } = this.#context;
    const size = clampSize(prefs.dock, prefs.sizePx);
    this.element.dataset.dock = this.#popped ? 'window' : prefs.dock;
    this.element.dataset.theme = prefs.theme;
    this.element.querySelector('.grip')?.setAttribute('aria-valuenow', String(size));
    place(this.element, { '--size': `${size}px`, '--x': '4vw', '--y': '12vh' });
    if (prefs.isOpen && !this.#popped) pushPage(prefs, size);
    else releasePage();
    const keyOf = (action: Action): string => keyText(prefs.keys[action] || PANEL_KEYS[action]);
    this.#dock.title = `Move to the next side (${keyOf('dock')})`;
    this.#close.title = `Close (${keyOf('toggle')})`;
  }

  toNextDock(): void {
    this.#context.prefs.dock = nextDock(this.#context.prefs.dock);
    this.#context.save();
    this.dock();
  }

  resize(sizePx: number): void {
    const { prefs } = this.#context;
    prefs.sizePx = clampSize(prefs.dock, sizePx);
    this.#context.save();
    this.dock();
  }

  /** Into a window of its own, and back when that is closed. */
  popOut(): void {
    const { parentNode } = this.element;
    const other = open('', 'djust-devtools', 'popup,width=980,height=620');
    if (!other || !parentNode) return this.#context.say('The browser did not open a window.');
    const Sheet = (other as unknown as { CSSStyleSheet: typeof CSSStyleSheet }).CSSStyleSheet;
    const sheet = new Sheet();
    sheet.replaceSync(panelCss());
    other.document.adoptedStyleSheets = [sheet];
    other.document.title = 'djust debug panel';
    other.document.body.append(this.element);
    this.#popped = other;
    this.dock();
    const back = (): void => {
      if (!this.#popped) return;
      this.#popped = undefined;
      parentNode.append(this.element);
      this.dock();
    };
    other.addEventListener('pagehide', back, { once: true });
    addEventListener('pagehide', () => other.close(), { signal: this.#context.signal });
  }

  /** Opens a tab, and loads its code when it is the first time. */
  show(id: string): Promise<void> {
    this.#shown = this.#show(id);
    return this.#shown;
  }

  async #show(id: string): Promise<void> {
    const spec = TABS.find((tab) => tab.id === id) ?? (TABS[0] as TabSpec);
    const { prefs } = this.#context;
    prefs.tab = spec.id;
    this.#context.save();
    this.#markTab();
    if (this.#open?.spec !== spec) {
      const [make, { TAB_STYLES }] = await Promise.all([spec.load(), import('./styles-tabs.ts')]);
      addStyles(TAB_STYLES);
      // Another tab may have been opened while this one was on its way, or the panel closed.
      if (prefs.tab !== spec.id || this.#isClosed) return;
      this.#open?.view.dispose?.();
      const view = make(this.#context);
      view.element.setAttribute('role', 'tabpanel');
      view.element.id = `tab-${spec.id}`;
      view.element.setAttribute('aria-label', spec.title);
      this.#open = { spec, view };
      const hadFocus = this.#body.matches(':focus-within');
      this.#body.replaceChildren(view.element);
      // What had it is gone; keys are the panel's still.
      if (hadFocus) this.focusTab();
    }
    this.update();
    await this.#open?.view.ready?.();
  }

  update(): void {
    const context = this.#context;
    const phase = context.client()?.phase ?? 'no client';
    this.#dot.dataset.phase = phase;
    this.#pause.setAttribute('aria-pressed', String(context.recorder.isPaused));
    this.#drawCounts();
    const { store, simulator } = context;
    const dropped = store.events.dropped + store.frames.dropped;
    this.#facts.textContent = [
      phase,
      plural(store.events.items.length, 'event'),
      plural(store.frames.items.length, 'frame'),
      `${(store.heldBytes / 1e6).toFixed(2)} MB held`,
      ...(dropped > 0 ? [`${dropped} let go`] : []),
      ...(simulator?.isOn ? [`simulated network, seed ${simulator.seed}`] : []),
    ].join('  ·  ');
    this.#open?.view.update();
  }

  say(text: string): void {
    this.#said.textContent = text;
  }

  /** A line above everything: the page shows the past. */
  setBanner(...children: (Node | string)[]): void {
    this.#banner.hidden = children.length === 0;
    this.#banner.replaceChildren(...children);
  }

  focusTab(): void {
    this.focus('[role="tab"][aria-selected="true"]');
  }

  /** Moves the focus to the first of these in the panel. */
  focus(selector: string): void {
    this.element.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Replays the event that is shown, if there is one. */
  replay(): void {
    (this.element.querySelector('[data-action="replay"]') as HTMLElement | null)?.click();
  }

  focusSearch(): void {
    this.inTab(() => this.#open?.view.search?.focus());
  }

  /** Acts once the code of the tab is there; not when the focus has left the panel by then, for somebody types elsewhere. */
  inTab(act: () => void): void {
    if (this.#open?.spec.id === this.#context.prefs.tab) return act();
    void this.#shown.then(() => this.element.matches(':focus-within') && act());
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.view.dispose?.();
    this.#popped?.close();
    releasePage();
  }

  #drawTabs(): void {
    const tabs = TABS.map(({ id, title }) =>
      button(title, () => this.#context.show(id), { role: 'tab', 'data-tab': id, 'aria-controls': `tab-${id}` }),
    );
    this.#tabs.replaceChildren(...tabs);
  }

  #markTab(): void {
    for (const tab of this.#tabs.children) {
      const isOpen = (tab as HTMLElement).dataset.tab === this.#context.prefs.tab;
      tab.setAttribute('aria-selected', String(isOpen));
      tab.setAttribute('tabindex', isOpen ? '0' : '-1');
      if (!isOpen) tab.removeAttribute('aria-controls');
      else tab.setAttribute('aria-controls', `tab-${this.#context.prefs.tab}`);
    }
  }

  #drawCounts(): void {
    const counts = TABS.map((spec) => spec.count?.(this.#context));
    const key = JSON.stringify(counts);
    if (key === this.#counts) return;
    this.#counts = key;
    for (const [at, tab] of [...this.#tabs.children].entries()) {
      const count = counts[at];
      const pill = tab.querySelector('.count') ?? (count && tab.appendChild(h('span.count')));
      if (!pill) continue;
      pill.textContent = count?.text ?? '';
      pill.classList.toggle('bad', count?.isBad ?? false);
    }
  }

  #key(event: KeyboardEvent): void {
    // What is typed here is no business of the page.
    event.stopPropagation();
    const [target] = event.composedPath() as [HTMLElement];
    const { prefs } = this.#context;
    const isTab = target.matches('[role="tab"]');
    if (isTab || target.matches('[type="search"]')) {
      const move = actionFor(TAB_KEYS, event, prefs.keys);
      // From the tabs, and from what is searched for, past all buttons. A letter is searched for.
      if (move === 'intoTab' && (isTab || !isTyping(event) || event.key.length > 1)) {
        event.preventDefault();
        return this.inTab(() => this.focus(CONTENT));
      }
      if (move && isTab) {
        const at = TABS.findIndex(({ id }) => id === prefs.tab) + (move === 'nextTab' ? 1 : -1);
        return this.#goTo(TABS.at(at % TABS.length));
      }
    }
    if (event.key === 'Escape') {
      if (target instanceof HTMLInputElement && target.type === 'search' && target.value === '') this.focus(CONTENT);
      return;
    }
    if (isTyping(event)) return;
    const action = actionFor(PANEL_KEYS, event, prefs.keys);
    if (!action) return;
    event.preventDefault();
    if (/\d/.test(action)) this.#goTo(TABS[Number(action.slice(3)) - 1]);
    else this.#act(action);
  }

  #goTo(tab: TabSpec | undefined): void {
    if (tab) this.#context.show(tab.id);
    this.focusTab();
  }
}
