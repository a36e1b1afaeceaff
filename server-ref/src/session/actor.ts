import {
  type ClientExt,
  type EventFrame,
  type ExtFeature,
  type Fault,
  faultOf,
  type JsonObject,
} from '@djust/protocol';
import { guardInTime } from '../security/guard.ts';
import type { Change, Principal, View, ViewContext } from '../view/define-view.ts';
import { Answers, type EventRef } from './answers.ts';
import { type Effect, makeContext, publishAll, type Visit } from './context.ts';
import { runHandler } from './dispatch.ts';
import { type Attachment, authorize, MountRefused, type SessionHost, warnOnce } from './host.ts';
import { type Joining, mountFrames } from './mount-reply.ts';
import { type Echo, sideFrames } from './outgoing.ts';
import { Page } from './page.ts';
import { Subscriptions } from './subscriptions.ts';
import { TaskQueue } from './task-queue.ts';

type Run = (context: ViewContext) => Change<JsonObject>;

/**
 * One visitor's view: its state, its picture of the page, its log. Everything that happens to it goes through one queue,
 * so there is one writer and one order. A change is committed before anybody hears of it.
 */
export class Session {
  readonly id: string;
  readonly view: View;
  readonly #host: SessionHost;
  readonly #page: Page;
  readonly #queue = new TaskQueue();
  readonly #answers: Answers;
  readonly #subscriptions: Subscriptions;
  #visit: Visit;
  #clientId: string | null = null;
  #attachment: Attachment | undefined;
  #wasAttached = false;
  /** What `mount` wants to tell a browser, kept until there is one. */
  #greeting: object[] = [];
  #isRecovering = false;
  #isEnded = false;

  private constructor(host: SessionHost, view: View, visit: Visit) {
    this.#host = host;
    this.view = view;
    this.#visit = visit;
    this.id = host.clock.id();
    this.#page = new Page(view, { warn: warnOnce(host, view.name), isFrozen: host.isDevelopment });
    this.#answers = new Answers(host, this.#page, (frame) => this.#send(frame));
    this.#subscriptions = new Subscriptions(host, this.id, (topic, message) => this.#heard(topic, message));
  }

  /** Authorises, mounts and renders. @throws MountRefused */
  static async open(host: SessionHost, view: View, visit: Visit): Promise<{ session: Session; html: string }> {
    const session = new Session(host, view, visit);
    let html = '';
    try {
      // In the queue like everything else: what is broadcast meanwhile finds a mounted view.
      await session.#queue.run(async () => {
        html = await session.#mount();
      });
      return { session, html };
    } catch (error) {
      session.end();
      throw error instanceof MountRefused ? error : new MountRefused(faultOf('view/render-failed', view.name), error);
    }
  }

  async #mount(): Promise<string> {
    const { view } = this;
    const effects: Effect[] = [];
    await this.authorize();
    const mount = (signal: AbortSignal): Change<JsonObject> =>
      view.mount?.(this.#context(signal, effects, this.#subscriptions), this.#page.state);
    const options = { clock: this.#host.clock, at: view.name, failure: 'view/mount-failed' } as const;
    const outcome = await runHandler(mount, options);
    if (!outcome.ok) throw new MountRefused(outcome.fault, outcome.error);
    const html = this.#page.open(outcome.change);
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

  /**
   * May this client take the session over? Another tab may not, nor another person, nor one without the feature for it.
   * The first client that may is the only one from then on.
   */
  claim(ext: ClientExt, features: readonly ExtFeature[], principal: Principal | null): boolean {
    const isOurs = this.#clientId === null || this.#clientId === ext.client_id;
    const isSame = (principal?.id ?? null) === (this.#visit.principal?.id ?? null);
    if (this.#isEnded || !isOurs || !isSame || !features.includes(this.#wasAttached ? 'resume' : 'adopt')) return false;
    this.#clientId = ext.client_id;
    // The same person, but what they may do can have changed since.
    this.#visit = { ...this.#visit, principal };
    return true;
  }

  /** Asks the view whether its visitor may see it. @throws MountRefused */
  authorize(): Promise<void> {
    return authorize(this.#host.clock, this.view, (signal) => this.#context(signal, []));
  }

  /**
   * Gives the session a connection. A page that names the version it shows stays as it is and gets what it missed;
   * any other gets the whole HTML.
   */
  attach(attachment: Attachment, { features, ext, html }: Joining): Promise<void> {
    return this.#queue.run(async () => {
      if (!attachment.isOpen) return;
      this.#attachment?.dropped('replaced');
      this.#attachment = attachment;
      const page = this.#page;
      page.join(features);
      if (!this.#wasAttached) this.#answers.start(ext?.acked ?? 0);
      const outcome = this.#wasAttached ? 'resumed' : 'adopted';
      const ack = this.#answers.mark;
      const frames = mountFrames({ id: this.id, page, outcome, ack, greeting: this.#greeting }, ext, html);
      this.#clientId = ext?.client_id ?? '';
      this.#wasAttached = true;
      await this.#commit();
      // It can have closed again meanwhile.
      if (this.#attachment !== attachment) return;
      this.#greeting = [];
      for (const frame of frames) this.#send(frame);
      const { tick } = this.view;
      this.#subscriptions.attached(tick && { everyMs: tick.everyMs, run: () => this.#tick(tick.handle) });
    });
  }

  /** The connection is gone; the session waits for another one. */
  detach(attachment: Attachment): void {
    if (this.#attachment !== attachment) return;
    this.#attachment = undefined;
    this.#subscriptions.detached();
  }

  event(frame: EventFrame): void {
    if (!this.#answers.isNew(frame)) return;
    if (this.#queue.isFull) this.#refuse(faultOf('session/busy', frame.event), frame);
    else void this.#spawn(() => this.#event(frame));
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
        const html = this.#page.renew();
        await this.#commit();
        this.#send(JSON.stringify({ type: 'html_recovery', html, version: this.#page.version }));
      } catch (error) {
        const fault = faultOf('view/render-failed', this.view.name);
        this.#send(JSON.stringify({ ...this.#answers.errorFrame(fault, error), recoverable: false }));
      }
    });
  }

  paramsChanged(params: Readonly<Record<string, string>>): void {
    if (this.#queue.isFull) return this.#answers.error(faultOf('session/busy', 'url_change'));
    void this.#spawn(async () => {
      this.#visit = { ...this.#visit, params };
      const { paramsChanged } = this.view;
      await this.#change({ event_name: 'url_change' }, (context) => paramsChanged?.(this.#page.state, context));
    });
  }

  /** Resolves when all that was taken in has its answer. */
  readonly answered: () => Promise<void> = () => this.#spawn(async () => {});

  /** Ends the session: nothing of it is kept. May be called twice. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#subscriptions.end();
    this.#attachment?.dropped('ended');
    this.#attachment = undefined;
    // Behind a commit that may be on its way, which would bring the record back.
    const forgotten = this.#queue.close().then(() => this.#host.store.delete(this.id));
    forgotten.catch((error) => this.#logFailure(error));
  }

  async #event(frame: EventFrame): Promise<void> {
    const { view } = this;
    const checked = await guardInTime(this.#host.clock, (signal) => {
      return { frame, view, context: this.#context(signal, []) };
    });
    if (!checked.ok) return this.#fail(checked.fault, undefined, frame);
    const { event, params } = checked;
    await this.#change(this.#answers.echo(frame), (context) => event.handle(this.#page.state, params, context), frame);
  }

  #tick(handle: NonNullable<View['tick']>['handle']): Promise<void> {
    return this.#spawn(async () => {
      if (this.isAttached) await this.#change({ source: 'tick' }, (context) => handle(this.#page.state, context));
    });
  }

  #heard(topic: string, message: JsonObject): void {
    const { info = {} } = this.view;
    const handle = Object.hasOwn(info, topic) ? info[topic] : undefined;
    if (!handle || this.#isEnded) return;
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
    const outcome = await runHandler((signal) => run(this.#context(signal, effects)), {
      clock: this.#host.clock,
      at: frame?.event ?? echo.source ?? 'url_change',
      failure: 'event/failed',
    });
    if (!outcome.ok) return this.#fail(outcome.fault, outcome.error, frame);
    let step: ReturnType<Page['step']>;
    try {
      step = this.#page.step(outcome.change, effects, echo);
    } catch (error) {
      return this.#fail(faultOf('view/render-failed', this.view.name), error, frame);
    }
    try {
      await this.#commit(frame);
    } catch (error) {
      step.undo();
      return this.#fail(faultOf('server/internal', this.view.name), error, frame);
    }
    this.#answers.finish(frame);
    for (const text of step.frames) this.#send(text);
    publishAll(effects, this.#host.bus);
  }

  /** Says no to an event that never comes to its turn. */
  #refuse(fault: Fault, frame: EventRef): void {
    if (this.#queue.isIdle) this.#answers.finish(frame);
    this.#answers.error(fault, frame);
  }

  async #fail(fault: Fault, error: unknown, frame: EventRef | undefined): Promise<void> {
    await this.#commit(frame).catch((failure) => this.#logFailure(failure));
    this.#answers.finish(frame);
    this.#answers.error(fault, frame, error);
  }

  async #commit(frame?: EventRef): Promise<void> {
    if (this.#isEnded) return;
    const { url, params, principal } = this.#visit;
    const { state, version } = this.#page;
    const who = { principalId: principal?.id ?? null, clientId: this.#clientId };
    const record = {
      view: this.view.name,
      url,
      params,
      ...who,
      state,
      version,
      lastRef: this.#answers.markWith(frame),
    };
    await this.#host.store.commit(this.id, record);
  }

  #context(signal: AbortSignal, effects: Effect[], requests?: Subscriptions): ViewContext {
    const base = { visit: this.#visit, sessionId: this.id, connected: this.isAttached, signal, effects };
    return makeContext(requests ? { ...base, requests } : base);
  }

  #spawn(task: () => Promise<void>): Promise<void> {
    return this.#queue.run(task).catch((error) => this.#logFailure(error));
  }

  #logFailure(error: unknown): void {
    this.#host.log({ level: 'error', message: 'session task failed', view: this.view.name, error });
  }

  #send(frame: string): void {
    this.#attachment?.send(frame);
  }
}
