import type { DebugEvent } from '../model/entries.ts';
import { codeFrame, type Place, placeOf } from './code-frame.ts';
import type { PanelContext } from './context.ts';
import { button, h } from './dom.ts';
import { json } from './format.ts';

/** Lines of a stack that nobody can mend. */
const FOREIGN = /node_modules|node:|session\/|server-ref\/src/;

/** What went wrong with an event, as large as the page: cause, place, hint, parameters, and the errors before it. */
export class ErrorOverlay {
  readonly element: HTMLElement = h('div.panel', {
    'data-dock': 'window',
    role: 'dialog',
    'aria-label': 'Error',
    hidden: true,
  });
  readonly #context: PanelContext;
  #event: DebugEvent | undefined;

  constructor(context: PanelContext) {
    this.#context = context;
    this.element.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') this.hide();
    });
    // The next answer that comes in shows that things go on.
    document.addEventListener(
      'djust:patched',
      () => {
        if (!this.element.hidden && this.#event?.page !== undefined) this.hide();
      },
      { signal: context.signal },
    );
    this.hide();
  }

  show(event: DebugEvent): void {
    const { error } = event;
    if (!error) return;
    this.#event = event;
    const failed = this.#context.store.events.items.filter((one) => one.error);
    const at = failed.indexOf(event);
    const other = (step: number): HTMLElement =>
      button(step < 0 ? 'Earlier' : 'Later', () => this.show(failed[at + step] as DebugEvent), {
        disabled: failed[at + step] === undefined,
      });
    this.element.replaceChildren(
      h(
        'div.bar',
        {},
        h('span.brand', {}, h('span.dot', { 'data-phase': 'stopped' }), `Error ${at + 1} of ${failed.length}`),
        h('span.tabs'),
        other(-1),
        other(1),
        button('Copy as text', () => this.#copy(event)),
        button('Close', () => this.hide(), { class: 'primary' }),
      ),
      h('div.scroll', { tabindex: 0 }, ...this.#content(event, error)),
      h('div.status', {}, 'Escape closes it. So does the next answer.'),
    );
    this.element.hidden = false;
    this.element.style.removeProperty('display');
    (this.element.querySelector('.primary') as HTMLElement).focus();
  }

  hide(): void {
    this.element.hidden = true;
    this.element.style.setProperty('display', 'none');
    this.#event = undefined;
  }

  #content(event: DebugEvent, error: NonNullable<DebugEvent['error']>): HTMLElement[] {
    const stack = (error.traceback ?? '').split('\n');
    const own = stack.find((line) => placeOf(line) && !FOREIGN.test(line));
    const place = own === undefined ? undefined : placeOf(own);
    const facts: [string, string | undefined][] = [
      ['Event', `${event.name} of ${event.view}`],
      ['Code', error.code],
      ['Where', place ? `${place.file}:${place.line}:${place.column}` : error.at],
      ['Log reference', error.id],
    ];
    const list = h('dl.facts');
    for (const [name, value] of facts) if (value) list.append(h('dt', {}, name), h('dd.mono', {}, value));
    return [
      h('h2', {}, stack[0] || error.detail || error.message),
      h('p', {}, error.message),
      error.hint ? h('p.note.warn', {}, h('b', {}, 'Next step: '), error.hint) : h('span'),
      list,
      ...(place ? [this.#code(event, place)] : []),
      ...(error.detail ? [h('h3', {}, 'Detail'), h('pre', {}, error.detail)] : []),
      ...(error.traceback ? [h('h3', {}, 'Stack'), this.#stack(stack)] : []),
      h('h3', {}, 'Parameters'),
      h('pre', {}, json(event.params)),
    ];
  }

  /** Filled when the server has told it; one of an imported session has no server to ask. */
  #code(event: DebugEvent, place: Place): HTMLElement {
    const box = h('div');
    void codeFrame(this.#context, place).then((code) => {
      if (code && this.#event === event) box.replaceChildren(code);
    });
    return box;
  }

  #stack(lines: readonly string[]): HTMLElement {
    const pre = h('pre');
    for (const line of lines) {
      pre.append(h(FOREIGN.test(line) ? 'span.soft' : 'span', {}, `${line}\n`));
    }
    return pre;
  }

  #copy({ name, view, params, error }: DebugEvent): void {
    const text = [`${name} of ${view}: ${error?.code}`, error?.message, error?.detail, error?.traceback, json(params)]
      .filter(Boolean)
      .join('\n\n');
    navigator.clipboard?.writeText(text).then(
      () => this.#context.say('Copied.'),
      () => this.#context.say('The browser did not allow to copy.'),
    );
  }
}
