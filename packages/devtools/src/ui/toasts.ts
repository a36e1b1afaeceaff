import type { Clock } from '../clock.ts';
import { button, h } from './dom.ts';

const PAUSE_MS = 5_000;
const SHOWN_MS = 8_000;

/** At most one toast in five seconds, however much goes wrong; it counts what it did not say. */
export class Toasts {
  readonly element: HTMLElement;
  readonly #clock: Clock;
  readonly #open: () => void;
  #lastAt = Number.NEGATIVE_INFINITY;
  #unsaid = 0;
  #cancel = (): void => {};
  #cancelLate = (): void => {};
  /** How many were shown. */
  shown = 0;

  constructor(clock: Clock, open: () => void) {
    this.#clock = clock;
    this.#open = open;
    this.element = h('div', { role: 'status', 'aria-live': 'polite' });
  }

  say(text: string): void {
    const now = this.#clock.now();
    const waitMs = this.#lastAt + PAUSE_MS - now;
    if (waitMs > 0) {
      this.#unsaid++;
      this.#cancelLate();
      this.#cancelLate = this.#clock.after(waitMs, () => this.say(text));
      return;
    }
    this.#cancelLate();
    this.#lastAt = now;
    this.shown++;
    const more = Math.max(0, this.#unsaid - 1);
    this.#unsaid = 0;
    this.#draw(text, more);
  }

  #draw(text: string, more: number): void {
    const toast = h(
      'div.trigger.toast',
      {},
      h('span.bad', {}, 'Error'),
      h('span.n', {}, text.slice(0, 120)),
      more > 0 ? h('span.n', {}, `and ${more} more`) : null,
      button('Look', this.#open),
    );
    this.element.replaceChildren(toast);
    this.#cancel();
    this.#cancel = this.#clock.after(SHOWN_MS, () => toast.remove());
  }
}
