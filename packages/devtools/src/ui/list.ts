import { h, place } from './dom.ts';
import { actionFor, type ChosenKeys, keyName } from './keys.ts';
import { LIST_KEYS } from './row-keys.ts';

export interface ListOptions<T> {
  /** What a screen reader calls the list. */
  readonly label: string;
  readonly keys: ChosenKeys;
  /** Fills one row. */
  readonly row: (item: T, row: HTMLElement) => void;
  /** Stays the same for the same thing. */
  readonly key: (item: T) => number | string;
  /** What of it a row shows and may still change; a row is filled anew when this differs. */
  readonly stamp?: (item: T) => string;
  readonly onSelect: (item: T) => void;
  readonly onHover?: (item: T | undefined) => void;
}

interface Row {
  readonly element: HTMLElement;
  readonly stamp: string;
  at: number;
}

const ROW_PX = 26;
const MARGIN_ROWS = 4;

/**
 * Some thousand rows of which only those in sight exist, and of these only the new ones are made. Moves by keys; follows
 * the newest while it stands at the end.
 */
export class VirtualList<T> {
  readonly element: HTMLElement;
  readonly #canvas: HTMLElement = h('div.rows');
  readonly #options: ListOptions<T>;
  #items: readonly T[] = [];
  #rows = new Map<number | string, Row>();
  #selected: number | string | undefined;
  #id = `list-${++count}`;
  /** As they were when the browser last told. To ask for them would make it lay the whole page out, in the middle of a patch. */
  #scrollTop = 0;
  #height = 0;

  constructor(options: ListOptions<T>) {
    this.#options = options;
    this.element = h(
      'div.list',
      {
        role: 'listbox',
        tabindex: 0,
        'aria-label': options.label,
        onscroll: () => {
          this.#scrollTop = this.element.scrollTop;
          this.#draw();
        },
        onkeydown: (event: KeyboardEvent) => this.#key(event),
        // The list may grow while a row is pressed, and the row be gone when the button comes up again. What presses
        // without a pointer sends a click alone.
        onpointerdown: (event: Event) => this.#press(event),
        onclick: (event: Event) => this.#press(event),
        onpointerleave: () => options.onHover?.(undefined),
      },
      this.#canvas,
    );
    new ResizeObserver(([entry]) => {
      const isFirst = this.#height === 0;
      this.#height = entry?.contentRect.height ?? 0;
      if (isFirst) this.element.scrollTop = this.#items.length * ROW_PX;
      this.#scrollTop = this.element.scrollTop;
      this.#draw();
    }).observe(this.element);
  }

  set(items: readonly T[], selected: number | string | undefined): void {
    const end = this.#items.length * ROW_PX;
    const isAtEnd = this.#scrollTop + this.#height >= end - ROW_PX;
    const isLonger = items.length !== this.#items.length;
    this.#items = items;
    this.#selected = selected;
    place(this.#canvas, { height: `${items.length * ROW_PX}px` });
    if (isAtEnd && isLonger && this.#height > 0 && items.length * ROW_PX > this.#height) {
      this.#scrollTop = items.length * ROW_PX - this.#height;
      this.element.scrollTop = this.#scrollTop;
    }
    this.#draw();
  }

  /** Brings the selected row into sight. */
  reveal(): void {
    const at = this.#place();
    if (at < 0) return;
    const top = at * ROW_PX;
    if (top < this.#scrollTop) this.element.scrollTop = top;
    else if (top + ROW_PX > this.#scrollTop + this.#height) this.element.scrollTop = top + ROW_PX - this.#height;
  }

  #place(): number {
    return this.#items.findIndex((item) => this.#options.key(item) === this.#selected);
  }

  #draw(): void {
    const first = Math.max(0, Math.floor(this.#scrollTop / ROW_PX) - MARGIN_ROWS);
    const last = Math.min(this.#items.length, Math.ceil((this.#scrollTop + this.#height) / ROW_PX) + MARGIN_ROWS);
    const rows = new Map<number | string, Row>();
    let active: string | undefined;
    let next = this.#canvas.firstElementChild;
    for (let at = first; at < last; at++) {
      const item = this.#items[at] as T;
      const key = this.#options.key(item);
      const old = this.#rows.get(key);
      const row = this.#row(item, at, old);
      if (next === old?.element) next = row.element;
      rows.set(key, row);
      this.#rows.delete(key);
      if (key === this.#selected) active = row.element.id;
      if (row.element === next) next = next.nextElementSibling;
      else this.#canvas.insertBefore(row.element, next);
    }
    for (const { element } of this.#rows.values()) element.remove();
    this.#rows = rows;
    if (active) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #row(item: T, at: number, old: Row | undefined): Row {
    const { key, stamp, row: fill, onHover } = this.#options;
    const isSelected = String(key(item) === this.#selected);
    const now = stamp?.(item) ?? '';
    let row = old;
    if (row?.stamp !== now) {
      const element = h('div.row', { role: 'option', onpointerenter: onHover ? () => onHover(item) : undefined });
      fill(item, element);
      old?.element.replaceWith(element);
      row = { element, stamp: now, at: -1 };
    }
    const { element } = row;
    if (row.at !== at) {
      row.at = at;
      element.id = `${this.#id}-${at}`;
      element.setAttribute('aria-posinset', String(at + 1));
      place(element, { top: `${at * ROW_PX}px` });
    }
    if (element.getAttribute('aria-selected') !== isSelected) element.setAttribute('aria-selected', isSelected);
    element.setAttribute('aria-setsize', String(this.#items.length));
    return row;
  }

  #press({ target }: Event): void {
    const row = target instanceof Element ? target.closest('[aria-posinset]') : null;
    const item = row && this.#items[Number(row.getAttribute('aria-posinset')) - 1];
    if (item) this.#options.onSelect(item);
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_PX) - 1);
    const steps = { nextRow: 1, rowBelow: 1, previousRow: -1, rowAbove: -1, PageDown: page, PageUp: -page };
    const ends = { Home: 0, End: this.#items.length - 1 };
    const name = actionFor(LIST_KEYS, event, this.#options.keys) ?? keyName(event);
    const step = (steps as Partial<Record<string, number>>)[name];
    const goal = step === undefined ? (ends as Partial<Record<string, number>>)[name] : this.#place() + step;
    if (goal === undefined) return;
    event.preventDefault();
    const item = this.#items[Math.min(this.#items.length - 1, Math.max(0, goal))];
    if (item === undefined) return;
    this.#options.onSelect(item);
    this.reveal();
  }
}

let count = 0;
