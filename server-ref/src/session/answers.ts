import { type ErrorFrame, type EventFrame, type Fault, faultOf } from '@djust/protocol';
import { type ErrorHost, errorFrame } from './error-frame.ts';
import type { Echo } from './outgoing.ts';
import type { Page } from './page.ts';
import { Refs } from './refs.ts';

/** The event that a frame named, as far as it could be read. */
export type EventRef = Pick<EventFrame, 'event' | 'ref'>;

/** Sees to it that each event of a client has one outcome: it is new once, and when it comes again it is only answered. */
export class Answers {
  readonly #host: ErrorHost;
  readonly #page: Page;
  readonly #send: (frame: string) => void;
  readonly #refs = new Refs();

  constructor(host: ErrorHost, page: Page, send: (frame: string) => void) {
    this.#host = host;
    this.#page = page;
    this.#send = send;
  }

  /** Highest ref whose outcome is known. */
  get mark(): number {
    return this.#refs.done;
  }

  /**
   * A client comes, and nothing is on its way any more: whatever was taken has its outcome. When we know less than was once
   * answered, because the record that this session was restored from is not the last one, the client is told so; its refs
   * go on behind its mark.
   * @param isKnown  the session has answered this client before; that may be all that is known of it
   */
  meet(acked: number, isKnown: boolean): readonly object[] | undefined {
    this.#refs.finishAll();
    const isCurrent = acked <= this.mark;
    if (!isKnown || !isCurrent) this.#refs.start(acked);
    if (isCurrent || !isKnown) return undefined;
    const fault = faultOf('state/rolled-back', this.#page.view.name);
    return [this.errorFrame(fault, 'the record is older than its answers')];
  }

  /** Goes on where another process was. */
  restore(mark: number, failures: readonly (readonly [ref: number, frame: string])[]): void {
    this.#refs.start(mark);
    for (const [ref, frame] of failures) this.#page.log.answer(ref, frame);
  }

  /** Is this an event that was not here before? One that was gets its answer again, if there is one already. */
  isNew({ ref }: EventRef): boolean {
    if (ref === undefined || !this.#acks) return true;
    const arrival = this.#refs.arrive(ref);
    if (arrival !== 'again') return arrival === 'new';
    // Above the mark it still runs, and its answer will come.
    if (ref <= this.mark) {
      this.#send(this.#page.log.answerTo(ref) ?? JSON.stringify({ type: 'noop', ref, ack: this.mark }));
    }
    return false;
  }

  /** The mark as it will be when this event is committed. */
  markWith(frame: EventRef | undefined): number {
    return frame?.ref !== undefined && this.#acks ? Math.max(this.mark, frame.ref) : this.mark;
  }

  /** The outcome of this event is known; all before it have theirs. */
  finish(frame: EventRef | undefined): void {
    this.#refs.finish(this.markWith(frame));
  }

  /** What a frame says when it is the answer to this event. */
  echo({ event, ref }: EventFrame): Echo {
    // An answer without `ack` settles its own ref and all before it.
    return { source: 'event', event_name: event, ...(ref !== undefined && { ref }) };
  }

  error(fault: Fault, frame?: EventRef, cause?: unknown): void {
    this.#send(JSON.stringify(this.failure(fault, frame, { cause })));
  }

  /**
   * The answer to an event that failed, remembered for the case that the event comes again.
   * @param told.mark  what is known when the answer goes out
   */
  failure(fault: Fault, frame?: EventRef, told: { cause?: unknown; mark?: number } = {}): ErrorFrame {
    const answer = this.errorFrame(fault, told.cause, frame);
    if (frame?.ref !== undefined && this.#acks) {
      const mark = told.mark ?? this.mark;
      answer.ref = frame.ref;
      if (mark !== frame.ref) answer.ack = mark;
      this.#page.log.answer(frame.ref, JSON.stringify(answer));
    }
    return answer;
  }

  errorFrame(fault: Fault, cause: unknown, frame?: EventRef): ErrorFrame {
    const view = this.#page.view.name;
    return errorFrame(this.#host, fault, cause, frame ? { view, event: frame.event } : { view });
  }

  get #acks(): boolean {
    return this.#page.features.includes('ack');
  }
}
