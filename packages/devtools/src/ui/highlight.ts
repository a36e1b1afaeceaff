import type { Clock } from '../clock.ts';
import { h, place } from './dom.ts';

const MOST = 60;
const MOST_BATCHES = 20;
const PAUSE_MS = 60;
/** No more than three in a second: more can harm people, and say no more. @see WCAG 2.3.1 */
const APART_MS = 340;
const FLASH_MS = 600;

const SHEET = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: 0 !important; height: 0 !important; overflow: visible !important; pointer-events: none !important; }
.frame { position: fixed; box-sizing: border-box; border: 2px solid #0f9488; background: rgb(15 148 136 / 14%); border-radius: 3px; pointer-events: none; }
.frame.flash { border-color: #d97706; background: rgb(217 119 6 / 18%); }
@media (prefers-reduced-motion: no-preference) { .batch { animation: fade 0.6s ease-out forwards; } }
@keyframes fade { to { opacity: 0; } }
`;

/** Draws frames over nodes of the page, in a layer of its own; the page's own nodes are not touched. */
export class Highlight {
  readonly element: HTMLElement = document.createElement('djust-devtools-frames');
  readonly #root: ShadowRoot;
  readonly #held: HTMLElement = h('div');
  readonly #flashes: HTMLElement = h('div');
  #wanted: (() => readonly Element[])[] = [];
  readonly #clock: Clock;
  #isScheduled = false;
  #lastAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#root = this.element.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#held, this.#flashes);
    this.element.setAttribute('popover', 'manual');
    this.element.setAttribute('aria-hidden', 'true');
  }

  /** Frames these until it is called again. */
  hold(nodes: readonly Element[]): void {
    this.#held.replaceChildren(...framesOf(nodes, 'div.frame'));
  }

  /** Shows shortly what has changed. What comes while it waits is shown with it. */
  flash(nodesOf: () => readonly Element[]): void {
    this.#wanted.push(nodesOf);
    this.#wanted.splice(0, Math.max(0, this.#wanted.length - MOST_BATCHES));
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const waitMs = Math.max(PAUSE_MS, this.#lastAt + APART_MS - this.#clock.now());
    this.#clock.after(waitMs, () => this.#clock.frame(() => this.#showFlashes()));
  }

  #showFlashes(): void {
    this.#isScheduled = false;
    this.#lastAt = this.#clock.now();
    const nodes = new Set(this.#wanted.splice(0).flatMap((nodesOf) => nodesOf()));
    const frames = framesOf([...nodes], 'div.frame.flash');
    const batch = h('div.batch', {}, ...frames);
    this.#flashes.append(batch);
    this.#clock.after(FLASH_MS, () => batch.remove());
  }
}

function framesOf(nodes: readonly Element[], kind: 'div.frame' | 'div.frame.flash'): HTMLElement[] {
  const frames: HTMLElement[] = [];
  for (const node of nodes.slice(0, MOST)) {
    const { left, top, width, height } = node.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const frame = h(kind);
    place(frame, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    frames.push(frame);
  }
  return frames;
}
