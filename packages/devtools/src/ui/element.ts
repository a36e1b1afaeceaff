import type { DebugEvent } from '../model/entries.ts';
import { durationOf } from '../model/query.ts';
import { breachesOf } from '../model/rules.ts';
import type { DevFrame } from '../server-link.ts';
import type { PanelContext } from './context.ts';
import { h } from './dom.ts';
import type { ErrorOverlay } from './error-overlay.ts';
import { ms } from './format.ts';
import { Highlight } from './highlight.ts';
import { type Action, actionFor, isTyping, PANEL_KEYS } from './keys.ts';
import { Panel } from './panel.ts';
import { panelSheet } from './styles.ts';
import { Toasts } from './toasts.ts';
import { movable } from './trigger.ts';

const NAME = 'djust-devtools';
const DRAW_MS = 200;

/**
 * The element on the page: a button, and the panel when it is open. It lies in the top layer, in a closed shadow root, and
 * outside of the body, so that nothing that swaps or styles the page reaches it.
 */
export class DevtoolsElement extends HTMLElement {
  highlight!: Highlight;
  #context!: PanelContext;
  #panel: Panel | undefined;
  #shadow!: ShadowRoot;
  #trigger!: HTMLButtonElement;
  #toasts!: Toasts;
  #overlay: ErrorOverlay | undefined;
  #opened: (isOpen: boolean) => void = () => {};
  #isScheduled = false;
  #tookMs = 0;
  #seenErrors = 0;

  /** @param opened  hears whether the panel is open */
  static make(context: PanelContext, opened: (isOpen: boolean) => void): DevtoolsElement {
    if (!customElements.get(NAME)) customElements.define(NAME, DevtoolsElement);
    const element = document.createElement(NAME) as DevtoolsElement;
    element.#begin(context, opened);
    return element;
  }

  #begin(context: PanelContext, opened: (isOpen: boolean) => void): void {
    this.#context = context;
    this.#opened = opened;
    this.highlight = new Highlight(context.clock);
    this.#shadow = this.attachShadow({ mode: 'closed' });
    this.#shadow.adoptedStyleSheets = [panelSheet()];
    this.setAttribute('popover', 'manual');
    this.setAttribute('dj-update', 'ignore');
    this.#trigger = h('button.trigger', {
      type: 'button',
      onclick: () => this.open(),
      'aria-label': 'Open the djust debug panel',
    });
    this.#anchor();
    movable(this.#trigger, (anchor) => {
      context.prefs.anchor = anchor;
      context.save();
      this.#anchor();
    });
    this.#toasts = new Toasts(context.clock, () => {
      this.open();
      context.show('events');
    });
    this.#shadow.append(this.#trigger, this.#toasts.element);
    document.addEventListener('keydown', (event) => this.#key(event), { signal: context.signal });
    const fit = (): void => {
      this.#panel?.dock();
      this.#anchor();
    };
    addEventListener('resize', fit, { signal: context.signal });
  }

  connectedCallback(): void {
    document.documentElement.append(this.highlight.element);
    // Below the panel: what it covers must not shine through.
    this.highlight.element.showPopover();
    this.showPopover();
    this.#draw();
  }

  disconnectedCallback(): void {
    this.highlight.element.remove();
  }

  /** @param takesFocus  not where the page opens it by itself: its own fields may have the focus */
  open(takesFocus = true): void {
    const { prefs } = this.#context;
    const wasOpen = this.#panel !== undefined;
    this.#panel ??= new Panel(this.#context, (action) => this.#act(action));
    if (!this.#panel.element.isConnected) this.#shadow.append(this.#panel.element);
    this.#trigger.hidden = true;
    this.#trigger.style.setProperty('display', 'none');
    prefs.isOpen = true;
    this.#context.save();
    this.#panel.dock();
    if (!wasOpen) this.#opened(true);
    void this.show(prefs.tab);
    // Now, not when the tab has loaded: by then somebody may type into the page.
    if (takesFocus && !wasOpen) this.#panel.focusTab();
  }

  close(): void {
    if (!this.#panel) return;
    this.#panel.close();
    this.#panel.element.remove();
    this.#panel = undefined;
    this.#trigger.hidden = false;
    this.#trigger.style.removeProperty('display');
    this.#context.prefs.isOpen = false;
    this.#context.save();
    this.#context.highlight([]);
    this.#opened(false);
    this.#trigger.focus();
    this.#draw();
  }

  async show(tab: string): Promise<void> {
    await this.#panel?.show(tab);
  }

  say(text: string): void {
    this.#panel?.say(text);
  }

  async showError(event: DebugEvent): Promise<void> {
    const { ErrorOverlay } = await import('./error-overlay.ts');
    this.#overlay ??= new ErrorOverlay(this.#context);
    this.#shadow.append(this.#overlay.element);
    this.#overlay.show(event);
  }

  /** What the server said by itself. */
  serverSaid(frame: DevFrame): void {
    if (frame.type === 'dev:reloaded') {
      this.say(`Reloaded ${frame.file} in ${frame.ms} ms, state ${frame.kept ? 'kept' : 'made anew'}.`);
    }
    if (frame.type === 'dev:travel') {
      if (frame.node === null) this.#panel?.setBanner();
      else this.#panel?.setBanner(`Time travelling: the page shows state ${frame.node}. Events are held back.`);
    }
  }

  /** Draws anew, soon: never more often than people can read, and never more than a twentieth of the time. */
  refresh(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { clock } = this.#context;
    clock.after(Math.max(DRAW_MS, 20 * this.#tookMs), () =>
      clock.frame(() => {
        this.#isScheduled = false;
        const from = clock.now();
        this.#draw();
        this.#tookMs = clock.now() - from;
      }),
    );
  }

  #draw(): void {
    if (!this.isConnected) return;
    const { store } = this.#context;
    this.#watchErrors();
    if (this.#panel) return this.#panel.update();
    const last = store.events.items.at(-1);
    const failed = store.events.items.filter(({ status }) => status === 'error').length;
    const [level] = last
      ? breachesOf(last)
          .map((breach) => breach.level)
          .sort()
      : [];
    const dot = h('span.dot', { 'data-phase': this.#context.client()?.phase ?? '' });
    const duration = last ? durationOf(last) : Number.NaN;
    this.#trigger.replaceChildren(
      dot,
      'djust',
      ...(Number.isFinite(duration) ? [h('span.n', {}, ms(duration))] : []),
      ...(level ? [h(`span.${level}`, {}, '▲')] : []),
      ...(failed > 0 ? [h('span.bad', {}, `${failed} failed`)] : []),
      ...(this.#context.simulator?.isOn ? [h('span.warn', {}, 'simulated')] : []),
    );
  }

  #anchor(): void {
    const [y, x] = this.#context.prefs.anchor.split('-');
    Object.assign(this.#trigger.dataset, { x, y });
  }

  #watchErrors(): void {
    const failed = this.#context.store.events.items.filter(({ status }) => status === 'error');
    const isMore = failed.length > this.#seenErrors;
    this.#seenErrors = failed.length;
    const last = failed.at(-1);
    if (isMore && last && this.#context.prefs.toasts && last.page === this.#context.store.page) {
      this.#toasts.say(`${last.name}: ${last.error?.detail ?? last.error?.message ?? 'failed'}`);
    }
  }

  #act(action: Action): void {
    const { recorder, store } = this.#context;
    switch (action) {
      case 'toggle':
        return this.#panel ? this.close() : this.open();
      case 'pause':
        recorder.isPaused = !recorder.isPaused;
        this.say(recorder.isPaused ? 'Recording is paused.' : 'Recording goes on.');
        return this.refresh();
      case 'clear':
        store.clear();
        this.say('What was recorded is forgotten.');
        return this.refresh();
      case 'dock':
        return this.#panel?.toNextDock();
      case 'search':
        return this.#panel?.focusSearch();
      case 'help':
        void this.show('settings');
        return this.#panel?.inTab(() => this.#panel?.focus('[aria-label="Keys"]'));
      case 'replay':
        return this.#panel?.replay();
      case 'export':
        void import('../session-file.ts')
          .then(({ exportSession }) => exportSession(this.#context))
          .then((said) => this.say(said));
    }
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event) || actionFor(PANEL_KEYS, event, this.#context.prefs.keys) !== 'toggle') return;
    event.preventDefault();
    this.#act('toggle');
  }
}
