import { type Fault, fail, type JsonObject, LIMITS, type Result } from '@djust/protocol';

/** An event of the user on its way to the server. */
export interface QueuedEvent {
  readonly event: string;
  readonly params: JsonObject;
  /** Given when it is first sent; from then on the server may have seen it. */
  ref: number | undefined;
  isSent: boolean;
}

/**
 * Events in the order they were made. Refs are given out without gaps, at the first sending, so the server can tell a
 * lost frame from one that never was. An event leaves the queue when its outcome is known.
 */
export class EventQueue<E extends QueuedEvent = QueuedEvent> {
  _entries: E[] = [];
  _nextRef = 1;
  readonly _cap: number;

  constructor(cap: number = LIMITS.outboxEvents) {
    this._cap = cap;
  }

  get size(): number {
    return this._entries.length;
  }

  /** The highest ref given out. */
  get lastRef(): number {
    return this._nextRef - 1;
  }

  /** Takes an event in. At the cap the new one is refused and the earlier ones are kept. */
  add(entry: E): Result<E, Fault> {
    if (this._entries.length >= this._cap) return fail('outbox/full', entry.event);
    this._entries.push(entry);
    return { ok: true, value: entry };
  }

  /** The oldest event that is not on its way, now marked as sent; nothing while `window` of them wait for their answer. */
  next(window: number): (E & { ref: number }) | undefined {
    const at = this._entries.findIndex((candidate) => !candidate.isSent);
    const entry = this._entries[at];
    // What is on its way stands in front, so the place tells how many those are.
    if (!entry || at >= window) return undefined;
    entry.ref ??= this._nextRef++;
    entry.isSent = true;
    return entry as E & { ref: number };
  }

  find(ref: number): E | undefined {
    return this._entries.find((entry) => entry.ref === ref);
  }

  /** Takes the event with this ref out, or the oldest that is on its way; nothing when it is gone already. */
  settle(ref: number | undefined): E | undefined {
    const at = this._entries.findIndex((entry) => (ref === undefined ? entry.isSent : entry.ref === ref));
    return at < 0 ? undefined : this._entries.splice(at, 1)[0];
  }

  /** Takes out all events up to this ref, oldest first. */
  settleUpTo(ref: number): E[] {
    return this._takeWhere((entry) => entry.ref !== undefined && entry.ref <= ref);
  }

  /** What was on its way goes again, under the same refs. */
  resend(): void {
    for (const entry of this._entries) entry.isSent = false;
  }

  /** The session was lost: takes out what may or may not have happened. A new one may count on from its own mark. */
  restart(ref: number = this.lastRef): E[] {
    const lost = this._takeWhere((entry) => entry.ref !== undefined);
    this._nextRef = ref + 1;
    return lost;
  }

  /** Takes out what was never sent. */
  takeUnsent(): E[] {
    return this._takeWhere((entry) => !entry.isSent);
  }

  /** Takes out everything. */
  clear(): E[] {
    return this._takeWhere(() => true);
  }

  _takeWhere(test: (entry: E) => boolean): E[] {
    const taken = this._entries.filter(test);
    if (taken.length > 0) this._entries = this._entries.filter((entry) => !test(entry));
    return taken;
  }
}
