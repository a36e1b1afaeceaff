import { DurableQueue, type KeptEvent, type Refusal, type StoredStream } from '@djust/outbox';
import { type ErrorCode, faultOf, type JsonObject } from '@djust/protocol';
import type { EventOutcome } from '../emitter.ts';
import type { DurableSession, OpenStream, Settled } from '../lib/durable.ts';
import type { Effect, SessionInput } from './machine.ts';
import { type OpenEvent, type RunnerOptions, type Sending, type SessionPort, SessionRunner } from './runner.ts';

interface DurableEvent extends OpenEvent, KeptEvent {}

/** How long a page waits for its stored events before it goes on without them. */
const PATIENCE_MS = 5_000;

export class DurableRunner extends SessionRunner implements DurableSession {
  override readonly _queue: DurableQueue<DurableEvent>;
  onChange: DurableSession['onChange'];
  resume: DurableSession['resume'];
  rule: DurableSession['rule'];
  check: DurableSession['check'];
  /** Begins with the page's own session, when it is known that there is nothing of an earlier one. */
  _begin: (() => void) | undefined;
  _page: StoredStream['page'] | undefined;

  /** @param isExpected  something of an earlier page may be there to be taken up; then somebody has to call `resume` */
  constructor(options: RunnerOptions, isExpected = false) {
    super(options);
    this._queue = new DurableQueue<DurableEvent>(
      (entry) => this.check?.(entry),
      (entry, reason) => this._refused(entry, reason),
    );
    if (!isExpected) return;
    this.resume = (stream, settled = () => {}) => {
      this.resume = undefined;
      if (stream) this._restore(stream, settled);
      else this._begin?.();
    };
    this._clock.after(PATIENCE_MS, () => this.resume?.());
  }

  get id(): string {
    return this._options.clientId;
  }

  override get openEvents(): number {
    return this._queue.size + (this.resume ? 1 : 0);
  }

  override start(session: string | null, version: number): void {
    this._page = this._port.mountFrame();
    this._begin = () => super.start(session, version);
    if (!this.resume) this._begin();
  }

  override push(event: string, params: JsonObject, sending?: Sending): Promise<EventOutcome> {
    const rule = this.rule?.(sending?.element, event, params);
    if (typeof rule === 'string')
      return new Promise((settle) => this._refused({ event, settle } as DurableEvent, rule));
    const outcome = super.push(event, params, { ...sending, rule } as Sending);
    this.onChange?.();
    return outcome;
  }

  get open(): OpenStream | undefined {
    const { session, acked } = this._state;
    const page = this._page;
    if (!session || !page) return undefined;
    const { lastRef, _entries } = this._queue;
    const events = _entries.map(({ event, params, ref, rule, isPartial }) => ({ event, params, ref, rule, isPartial }));
    return { id: this.id, session, page, acked, ref: lastRef, events };
  }

  replay(stream: StoredStream, settled: Settled): DurableRunner {
    // There is no page to it: what a session tells one leads nowhere.
    const nowhere = new Proxy({}, { get: () => () => undefined });
    const port: SessionPort = Object.assign(Object.create(nowhere), {
      mountFrame: () => stream.page,
      fault: (...said: Parameters<SessionPort['fault']>) => this._port.fault(...said),
    });
    const other = new DurableRunner({ ...this._options, port });
    other.check = this.check;
    other._restore(stream, settled);
    return other;
  }

  refuse(test: (entry: KeptEvent) => boolean, reason: Refusal): void {
    this._queue.refuse(test, reason);
    this._port.queueChanged();
    this.onChange?.();
  }

  _restore({ id, session, page, epoch, acked, ref, events }: StoredStream, settled: Settled): void {
    this._options = { ...this._options, clientId: id };
    this._page = page;
    const entries = events.map((stored) => ({
      ...stored,
      rule: stored.rule && { ...stored.rule, isLate: true },
      isSent: false,
      settle: (outcome: EventOutcome) => settled(stored, outcome),
    }));
    this._queue.restore(entries, { ref, isOurs: epoch !== null });
    this._input({ kind: 'start', known: { session, acked, isNew: false } });
  }

  override _input(input: SessionInput): void {
    super._input(input);
    this.onChange?.();
  }

  override _run(effect: Effect): void {
    // Behind a mount: the server's mark covers all it has taken.
    if (effect.kind === 'resend' && effect.afterMs === 0) this._queue.rebase(this._state.acked);
    super._run(effect);
  }

  _refused(entry: DurableEvent, reason: Refusal): void {
    entry.settle({ status: 'rejected', reason });
    // Those are what the user wanted.
    if (!/cancel|replace/.test(reason)) this._port.fault(faultOf(reason as ErrorCode, entry.event));
  }
}
