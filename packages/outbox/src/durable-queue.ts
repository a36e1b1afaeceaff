import { type ErrorCode, type Fault, fail, LIMITS, type Result } from '@djust/protocol';
import { EventQueue, type QueuedEvent } from './queue.ts';

export type Refusal = ErrorCode | 'cancelled';

/**
 * What becomes of an event that cannot be sent at once. queue: it waits · drop: it is refused · latest: the last one of its
 * name waits · coalesce: the last one for each value of a parameter · confirm: it waits, and the user is asked again.
 */
export type Policy = 'queue' | 'drop' | 'latest' | 'coalesce' | 'confirm';

/** How an event waits. Plain data, stored with it. */
export interface WaitingRule {
  readonly policy: Policy;
  /** A later event with the same one takes its place while it was not sent. */
  readonly key?: string | undefined;
  /** Not sent any more from then on; milliseconds since 1970. */
  readonly expiresAt: number;
  /** What the user is asked before it is sent late. */
  readonly question?: string | undefined;
  /** It could not be sent when it was made. */
  readonly isLate: boolean;
}

/** An event that may outlive its page. */
export interface KeptEvent extends QueuedEvent {
  rule?: WaitingRule | undefined;
  /** Its parameters were not kept, so it cannot be sent any more. */
  isPartial?: boolean | undefined;
  /** It was hardly ever sent, and may go into another session; its ref is the one it would have been sent under. */
  isGuess?: boolean | undefined;
}

/** A queue that can go on where that of an earlier page was. */
export class DurableQueue<E extends KeptEvent = KeptEvent> extends EventQueue<E> {
  readonly _check: (entry: E) => Refusal | undefined;
  readonly _refused: (entry: E, reason: Refusal) => void;

  /**
   * @param check  asked before an event is sent for the first time: why it must not be
   * @param refused  told of what left the queue without being sent
   */
  constructor(check: (entry: E) => Refusal | undefined, refused: (entry: E, reason: Refusal) => void) {
    super();
    this._check = check;
    this._refused = refused;
  }

  override add(entry: E): Result<E, Fault> {
    const params = this._entries.map(({ params }) => params);
    const isFull = JSON.stringify([params, entry.params]).length > LIMITS.outboxChars;
    return isFull ? fail('outbox/full', entry.event) : super.add(entry);
  }

  override next(window: number): (E & { ref: number }) | undefined {
    const entry = this._entries.find(({ isSent }) => !isSent);
    if (!entry) return undefined;
    const isNew = entry.ref === undefined;
    const reason = isNew ? (entry.isPartial ? 'session/lost' : this._check(entry)) : undefined;
    if (reason) this.refuse((other) => other === entry, reason);
    // The server has it and will say how it ended; it only cannot be sent again.
    else if (entry.isPartial) entry.isSent = true;
    else return super.next(window);
    return this.next(window);
  }

  /** Takes events out. What was sent may have happened, and stays. */
  refuse(test: (entry: E) => boolean, reason: Refusal): void {
    for (const entry of this._takeWhere((entry) => entry.ref === undefined && test(entry)))
      this._refused(entry, reason);
  }

  /**
   * Puts events of an earlier page in front. Those without a ref were sent, if they were, under the next ones: the page may
   * have died before it could write that down.
   * @param from.ref  highest ref that was written down
   * @param from.isOurs  whoever made them is still the user, so what was not sent may go into another session
   */
  restore(entries: readonly E[], { ref, isOurs }: { ref: number; isOurs: boolean }): void {
    this._nextRef = ref + 1;
    for (const entry of entries) {
      entry.isGuess = isOurs && entry.ref === undefined;
      entry.ref ??= this._nextRef++;
    }
    this._entries.unshift(...entries);
  }

  /** The server has taken everything up to `mark` and nothing else: what is above it was never seen, and is numbered anew. */
  rebase(mark: number): void {
    this._unsee((ref) => ref > mark);
    this._nextRef = mark + 1;
  }

  override restart(ref?: number): E[] {
    this._unsee((_, { isGuess }) => !!isGuess);
    return super.restart(ref);
  }

  _unsee(test: (ref: number, entry: E) => boolean): void {
    for (const entry of this._entries) if (entry.ref !== undefined && test(entry.ref, entry)) entry.ref = undefined;
  }
}
