import { CAPS } from './caps.ts';
import type { DebugEvent, DebugFrame, PageMark, Transition } from './entries.ts';
import { Ring } from './ring.ts';

const NO_PAST = { text: '', page: 0 };

/** Everything that was seen and is still held; `revision` grows with every change. */
export class TraceStore {
  readonly events: Ring<DebugEvent> = new Ring(CAPS.events, CAPS.eventBytes, weightOf);
  readonly frames: Ring<DebugFrame> = new Ring(CAPS.frames, CAPS.frameBytes, frameWeight);
  readonly transitions: Ring<Transition> = new Ring(CAPS.transitions);
  readonly pages: Ring<PageMark> = new Ring(CAPS.pages);
  revision = 0;
  /** What pages before this one saw, up to the number `page`, packed; empty until that is done. */
  past: { readonly text: string; readonly page: number } = NO_PAST;
  #nextId = 1;
  #page = 0;

  /** Number of the page that is open. */
  get page(): number {
    return this.#page;
  }

  get nextId(): number {
    return this.#nextId;
  }

  addPage(mark: Omit<PageMark, 'page'>): void {
    this.#page++;
    this.pages.push({ ...mark, page: this.#page });
    this.revision++;
  }

  addEvent(event: Omit<DebugEvent, 'id' | 'page'>): DebugEvent {
    const added: DebugEvent = { id: this.#nextId++, page: this.#page, ...event };
    this.events.push(added);
    this.revision++;
    return added;
  }

  addFrame(frame: Omit<DebugFrame, 'id' | 'page'>): DebugFrame {
    const added: DebugFrame = { id: this.#nextId++, page: this.#page, ...frame };
    this.frames.push(added);
    this.revision++;
    return added;
  }

  addTransition(transition: Omit<Transition, 'page'>): void {
    this.transitions.push({ ...transition, page: this.#page });
    this.revision++;
  }

  /** Goes on behind what an earlier page of the same tab had seen. */
  restore(held: Partial<HeldTrace>): void {
    for (const event of held.events ?? []) this.events.push(event);
    for (const frame of held.frames ?? []) this.frames.push(frame);
    for (const transition of held.transitions ?? []) this.transitions.push(transition);
    for (const page of held.pages ?? []) this.pages.push(page);
    for (const { id } of [...(held.events ?? []), ...(held.frames ?? [])])
      this.#nextId = Math.max(this.#nextId, id + 1);
    this.#page = this.pages.items.at(-1)?.page ?? 0;
    this.revision++;
  }

  clear(): void {
    this.past = { ...NO_PAST };
    for (const ring of [this.events, this.frames, this.transitions]) ring.clear();
    this.revision++;
  }

  /** Bytes, by the same rough count as the caps. */
  get heldBytes(): number {
    return this.events.weight + this.frames.weight + 150 * this.transitions.items.length;
  }

  get held(): HeldTrace {
    return {
      events: this.events.items,
      frames: this.frames.items,
      transitions: this.transitions.items,
      pages: this.pages.items,
    };
  }
}

export interface HeldTrace {
  readonly events: readonly DebugEvent[];
  readonly frames: readonly DebugFrame[];
  readonly transitions: readonly Transition[];
  readonly pages: readonly PageMark[];
}

/** Roughly: the fields, and what the parameters would take as text. */
const weightOf = ({ params }: DebugEvent): number => 250 + 2 * JSON.stringify(params).length;

const frameWeight = ({ text, moreChars = 0 }: DebugFrame): number => 2 * (text.length + moreChars) + 120;
