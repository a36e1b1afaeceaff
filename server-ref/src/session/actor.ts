import { type EventFrame, type Fault, faultOf, type JsonObject } from '@djust/protocol';
import type { Probed, SessionProbe } from '../debug/probe.ts';
import { span } from '../debug/span.ts';
import { FIRST_TOKEN } from '../state/store.ts';
import type { View } from '../view/define-view.ts';
import { Answers, type EventRef } from './answers.ts';
import { Calls, type Run } from './calls.ts';
import { type Effect, type Opening, publishAll } from './context.ts';
import { type Arriving, type Attachment, type Departure, type SessionHost, warnOnce } from './host.ts';
import { Ledger, sealFrame } from './ledger.ts';
import { type Joining, mountFrames } from './mount-reply.ts';
import { type Echo, sideFrames } from './outgoing.ts';
import { Page } from './page.ts';
import { notOpened, storeFault } from './refusal.ts';
import { Subscriptions } from './subscriptions.ts';
import { TaskQueue } from './task-queue.ts';
import { type Claim, Visitor } from './visitor.ts';

/**
 * One visitor's view: its state, its picture of the page, its log. Everything that happens to it goes through one queue,
 * so there is one writer and one order. A change is committed before anybody hears of it.
 */
export class Session {
  readonly id: string;
  view: View;
  readonly #host: SessionHost;
  readonly ledger: Ledger;
  readonly #page: Page;
  readonly #queue = new TaskQueue();
  readonly #answers: Answers;
  readonly #subscriptions: Subscriptions;
  readonly visitor: Visitor;
  readonly #calls: Calls;
  /** For the debug panel; absent in production. */
  readonly probe: SessionProbe | undefined;
  #attachment: Attachment | undefined;
  /** What `mount` wants to tell a browser, kept until there is one. */
  #greeting: object[] = [];
  #isRecovering = false;
  /** Why this process has it no longer. */
  #left: Departure | undefined;
  readonly #send = (frame: string): void => this.#attachment?.send(frame);
  readonly #spawn = (task: () => Promise<void>): Promise<void> =>
    this.#queue.run(task).catch((error) => this.#logFailure(error));

  private constructor(host: SessionHost, view: View, visitor: Visitor, { id, token }: { id: string; token: number }) {
    this.#host = host;
    this.view = view;
    this.visitor = visitor;
    this.id = id;
    this.#calls = new Calls(host, this, visitor);
    const warn = warnOnce(host, view.name, (fault) => this.probe?.warned(fault));
    this.#page = new Page(view, { warn, isFrozen: host.isDevelopment });
    this.#answers = new Answers(host, this.#page, this.#send);
    this.#subscriptions = new Subscriptions(host, this.id, (topic, message) => this.#heard(topic, message));
    const parts = { page: this.#page, answers: this.#answers, subscriptions: this.#subscriptions };
    this.ledger = new Ledger(host, { id, token }, parts);
    const probed = { session: this, page: this.#page, visitor, calls: this.#calls, send: this.#send };
    const change: Probed['change'] = (run) => this.#change({ source: 'async' }, run);
    this.probe = host.probe?.({ ...probed, spawn: this.#spawn, change });
  }

  /** Authorises, mounts and renders. @throws MountRefused */
  static async open(host: SessionHost, view: View, opening: Opening): Promise<{ session: Session; html: string }> {
    const { saved, ...visit } = opening;
    const session = new Session(host, view, new Visitor(visit), { id: host.clock.id(), token: FIRST_TOKEN });
    // Until somebody knows of it, nobody can be told that it was given up.
    host.store.hold?.(session.id);
    try {
      // In the queue like everything else: what is broadcast meanwhile finds a mounted view.
      const html = await session.#queue.run(() => session.#mount(saved));
      return { session, html: html ?? '' };
    } catch (error) {
      session.end();
      throw notOpened(error, view);
    }
  }

  /** Goes on where another process was; nothing is mounted again. @throws MountRefused */
  static async restore(host: SessionHost, view: View, arriving: Arriving): Promise<Session | undefined> {
    const { id, token, record, number } = arriving;
    const session = new Session(host, view, Visitor.restored(record), { id, token });
    const state = await session.#calls.revive(record.state);
    if (!state) return undefined;
    session.ledger.restore({ ...record, state }, number);
    return session;
  }

  async #mount(saved: JsonObject | undefined): Promise<string> {
    await this.authorize();
    const effects: Effect[] = [];
    const change = await this.#calls.mount(this.#page, { effects, requests: this.#subscriptions, saved });
    const html = await this.#calls.render(this.#page, () => this.#page.open(change));
    this.#greeting = sideFrames(effects);
    await this.#commit();
    publishAll(effects, this.#host.bus);
    return html;
  }

  get title(): string {
    return this.#page.title;
  }

  get isAttached(): boolean {
    return this.#attachment !== undefined;
  }

  /** May this client take the session over? The first one that may is the only one from then on. */
  claim(claim: Claim): boolean {
    return !this.#left && this.visitor.claim(claim);
  }

  /** Asks the view whether its visitor may see it. @throws MountRefused */
  authorize(): Promise<void> {
    return this.#calls.authorize();
  }

  /** Gives the session a connection, and the page what it needs to be up to date. */
  attach(attachment: Attachment, { features, ext, html }: Joining): Promise<void> {
    // At once: what the earlier connection has said is ahead of us in the queue, so our mark will cover it, and it says no more.
    this.detach(this.#attachment, 'replaced');
    return this.#queue.run(async () => {
      if (!attachment.isOpen) return;
      this.detach(this.#attachment, 'replaced');
      this.#attachment = attachment;
      const page = this.#page;
      page.join(features);
      const { wasHere } = this.visitor;
      const outcome = wasHere ? 'resumed' : 'adopted';
      const isKnown = wasHere || (ext?.session === this.id && ext.version > page.version);
      const greeting = this.#answers.meet(ext?.acked ?? 0, isKnown) ?? this.#greeting;
      const mounted = { id: this.id, page, outcome, ack: this.#answers.mark, greeting } as const;
      const write = await this.#calls.render(this.#page, () => mountFrames(mounted, ext, html));
      this.visitor.comes(ext);
      await this.#commit(undefined, false);
      // It can have closed again meanwhile.
      if (this.#attachment !== attachment) return;
      this.#greeting = [];
      for (const frame of write(this.ledger.name)) this.#send(frame);
      this.probe?.joined();
      const { tick } = this.view;
      this.#subscriptions.attached(tick && { everyMs: tick.everyMs, run: () => this.#tick(tick.handle) });
    });
  }

  /** The connection is gone, or is told to go; the session waits for another one. */
  detach(attachment: Attachment | undefined, reason?: Departure): void {
    if (this.#attachment !== attachment) return;
    this.#attachment = undefined;
    this.#subscriptions.detached();
    if (reason) attachment?.dropped(reason);
  }

  event(frame: EventFrame): void {
    if (!this.#answers.isNew(frame)) return;
    if (this.#queue.isFull) this.#refuse(faultOf('session/busy', frame.event), frame);
    else void this.#spawn(() => (this.probe ? this.probe.run(frame, () => this.#event(frame)) : this.#event(frame)));
  }

  /** An event whose frame was no good. Its ref is used up all the same, or all later ones would wait for it. */
  refuse(fault: Fault, frame: EventRef): void {
    if (this.#answers.isNew(frame)) this.#refuse(fault, frame);
  }

  /** The whole page, for a browser whose picture went wrong. */
  recover(): void {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    void this.#spawn(async () => {
      this.#isRecovering = false;
      try {
        const html = await this.#calls.render(this.#page, () => this.#page.renew());
        await this.#commit();
        this.#send(JSON.stringify({ type: 'html_recovery', html, version: this.#page.version }));
      } catch (error) {
        const answer = this.#answers.errorFrame(faultOf('view/render-failed', this.view.name), error);
        this.#send(JSON.stringify({ ...answer, recoverable: false }));
      }
    });
  }

  paramsChanged(params: Readonly<Record<string, string>>): void {
    if (this.#queue.isFull) return this.#answers.error(faultOf('session/busy', 'url_change'));
    void this.#spawn(async () => {
      this.visitor.visit = { ...this.visitor.visit, params };
      const { state } = this.#page;
      await this.#change({ event_name: 'url_change' }, (context) => this.view.paramsChanged?.(state, context));
    });
  }

  /** The browser is still there, and what it keeps should not grow too old. */
  renew(): void {
    if (this.ledger.isAging) void this.#spawn(async () => void (await this.#commit()));
  }

  /** Resolves when all that was taken in has its answer. */
  readonly answered: () => Promise<void> = () => this.#spawn(async () => {});

  /** Ends the session: nothing of it is kept. May be called twice. */
  end(): void {
    if (this.#left) return;
    // Behind a commit that may be on its way, which would bring the record back.
    this.leave('ended')
      .then(() => this.ledger.delete())
      .catch((error) => this.#logFailure(error));
  }

  /** Ends the session in this process; its record stays. Resolves when all that was begun is done. */
  leave(reason: Departure): Promise<void> {
    this.#left ??= reason;
    this.#subscriptions.end();
    this.detach(this.#attachment, reason);
    return this.#queue.close();
  }

  async #event(frame: EventFrame): Promise<void> {
    if (this.probe?.isTravelling) return this.#fail(faultOf('debug/travelling', frame.event), undefined, frame);
    const checked = await this.#calls.guard(frame);
    if (!checked.ok) return this.#fail(checked.fault, undefined, frame);
    const { event, params } = checked;
    await this.#change(this.#answers.echo(frame), (context) => event.handle(this.#page.state, params, context), frame);
  }

  #tick(handle: NonNullable<View['tick']>['handle']): Promise<void> {
    return this.#spawn(async () => {
      if (this.isAttached && !this.probe?.isTravelling)
        await this.#change({ source: 'tick' }, (context) => handle(this.#page.state, context));
    });
  }

  #heard(topic: string, message: JsonObject): void {
    const { info = {} } = this.view;
    const handle = Object.hasOwn(info, topic) ? info[topic] : undefined;
    if (!handle || this.#left) return;
    if (this.#queue.isFull) {
      this.#host.log({ level: 'warn', message: 'broadcast dropped: the session is busy', view: this.view.name, topic });
    } else {
      void this.#spawn(() =>
        this.#change({ source: 'broadcast' }, (context) => handle(this.#page.state, message, context)),
      );
    }
  }

  /** Runs one function of the app and carries its outcome to store and browser. */
  async #change(echo: Echo, run: Run, frame?: EventRef): Promise<void> {
    const effects: Effect[] = [];
    const at = frame?.event ?? echo.source ?? 'url_change';
    const outcome = await this.#calls.run(run, { effects, at, state: this.#page.state });
    if (!outcome.ok) return this.#fail(outcome.fault, outcome.error, frame);
    let step: ReturnType<Page['step']>;
    try {
      step = await this.#calls.render(this.#page, () => this.#page.step(outcome.change, effects, echo));
    } catch (error) {
      return this.#fail(faultOf('view/render-failed', this.view.name), error, frame);
    }
    try {
      if (!(await span('commit', () => this.#commit(frame)))) return;
    } catch (error) {
      step.undo();
      return this.#fail(storeFault(error, this.view.name), error, frame);
    }
    this.#answers.finish(frame);
    this.probe?.changed(echo, frame);
    for (const text of step.frames) this.#send(text);
    publishAll(effects, this.#host.bus);
  }

  /** Says no to an event that never comes to its turn. */
  #refuse(fault: Fault, frame: EventRef): void {
    if (this.#queue.isIdle) this.#answers.finish(frame);
    this.#answers.error(fault, frame);
  }

  async #fail(fault: Fault, error: unknown, frame: EventRef | undefined): Promise<void> {
    const answer = this.#answers.failure(fault, frame, { cause: error, mark: this.#answers.markWith(frame) });
    const isOurs = await this.#commit(frame).catch((failure) => {
      this.#logFailure(failure);
      return true;
    });
    if (!isOurs) return;
    this.#answers.finish(frame);
    this.#send(JSON.stringify(answer));
  }

  /** False when another process has taken the session over; then this one leaves. */
  async #commit(frame?: EventRef, isTold = true): Promise<boolean> {
    // What an ended session still does takes effect; what has moved does it where it is now.
    if (this.#left) return this.#left !== 'moved';
    const isOurs = await this.ledger.commit(this.visitor, frame);
    if (!isOurs) void this.leave('moved');
    // What the browser keeps reaches it before anything that it acknowledges.
    else if (this.ledger.isSealed && isTold) this.#send(sealFrame(this.ledger.name));
    return isOurs;
  }

  #logFailure(error: unknown): void {
    this.#host.log({ level: 'error', message: 'session task failed', view: this.view.name, error });
  }
}
