import { hasFocus } from './attributes.ts';
import type { FieldPolicy } from './live-dom.ts';
import { selectionOf } from './preserve.ts';

interface Clock {
  /** Counts the user's edits. */
  edits: number;
  /** Edits that the server has processed, and those among them that came with a submit. */
  seen: number;
  submitted: number;
  /** Edits when the field got the focus. */
  atFocus: number;
  isComposing: boolean;
  /** What came too early, by part of the field. */
  withheld: Map<Element, () => void>;
}

/**
 * Each field has a clock: a value of the server gets in only when the server had seen the last edit. Until then it is
 * kept and let in as soon as that is so. What a user has typed into the field that he is still in stays, unless he sent
 * it off with a submit; nothing gets in while characters are being composed.
 */
export class FieldClocks implements FieldPolicy {
  readonly _clocks: WeakMap<Element, Clock> = new WeakMap();
  /** Fields with something withheld. */
  readonly _waiting: Set<Element> = new Set();

  constructor(root: Element, signal: AbortSignal) {
    const listen = (type: string, change: (clock: Clock, event: Event) => void): void =>
      root.addEventListener(
        type,
        (event) => {
          if (!(event.target instanceof Element)) return;
          change(this._clockOf(event.target), event);
          this._release();
        },
        { signal, capture: true },
      );
    // Ticks and choices are input events too; a change event would count the same edit twice.
    listen('input', (clock) => {
      clock.edits++;
    });
    listen('reset', (_, { target }) => {
      for (const field of (target as HTMLFormElement).elements) this._clocks.delete(field);
    });
    listen('focusin', (clock) => {
      clock.atFocus = clock.edits;
    });
    listen('focusout', (clock) => {
      clock.isComposing = false;
      // The focus is still there while the event is under way.
      queueMicrotask(() => this._release());
    });
    listen('compositionstart', (clock) => {
      clock.isComposing = true;
    });
    listen('compositionend', (clock) => {
      clock.isComposing = false;
    });
  }

  write(field: Element, apply: () => void, part: Element = field): void {
    const clock = this._clocks.get(field);
    clock?.withheld.delete(part);
    if (!clock || this._mayWrite(field, clock)) return keepingSelection(field, apply);
    clock.withheld.set(part, apply);
    this._waiting.add(field);
  }

  carry(fields: readonly Element[], isFinal: boolean): () => void {
    const carried = fields.map((field) => ({ clock: this._clockOf(field), edits: this._clockOf(field).edits }));
    return () => {
      for (const { clock, edits } of carried) {
        clock.seen = Math.max(clock.seen, edits);
        if (isFinal) clock.submitted = Math.max(clock.submitted, edits);
      }
      this._release();
    };
  }

  _clockOf(field: Element): Clock {
    let clock = this._clocks.get(field);
    if (!clock) {
      clock = { edits: 0, seen: 0, submitted: 0, atFocus: 0, isComposing: false, withheld: new Map() };
      this._clocks.set(field, clock);
    }
    return clock;
  }

  _mayWrite(field: Element, clock: Clock): boolean {
    if (clock.isComposing || clock.seen < clock.edits) return false;
    const isHis = hasFocus(field) && clock.edits > Math.max(clock.atFocus, clock.submitted);
    return !isHis || field.hasAttribute('dj-force-value');
  }

  _release(): void {
    for (const field of this._waiting) {
      const clock = this._clockOf(field);
      if (field.isConnected && !this._mayWrite(field, clock)) continue;
      this._waiting.delete(field);
      if (field.isConnected) for (const apply of clock.withheld.values()) keepingSelection(field, apply);
      clock.withheld.clear();
    }
  }
}

/** A new value puts the caret at the end; the user's stays where it was. */
function keepingSelection(field: Element, apply: () => void): void {
  const selection = hasFocus(field) && selectionOf(field);
  apply();
  if (selection) (field as HTMLInputElement).setSelectionRange(...selection);
}
