import {
  type ClientExt,
  type EventFrame,
  EXT_VERSION,
  type ExtFeature,
  type Fault,
  faultOf,
  HINTS,
  type JsonObject,
  LIMITS,
  type MountReply,
} from '@djust/protocol';
import { guard } from '../security/guard.ts';
import type { Change, Principal, View, ViewContext } from '../view/define-view.ts';
import { type Effect, makeContext, type Visit } from './context.ts';
import { runHandler } from './dispatch.ts';
import { errorFrame } from './error-frame.ts';
import { type Attachment, authorize, MountRefused, type SessionHost } from './host.ts';
import type { Echo } from './outgoing.ts';
import { Page } from './page.ts';
import { Subscriptions } from './subscriptions.ts';

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
  readonly #subscriptions: Subscriptions;
  readonly #warned = new Set<string>();
  #visit: Visit;
  #lastRef = 0;
  #clientId: string | null = null;
  #attachment: Attachment | undefined;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #isEnded = false;

  private constructor(host: SessionHost, view: View, visit: Visit) {
    this.#host = host;
    this.view = view;
    this.#visit = visit;
    this.id = host.clock.id();
    this.#page = new Page(view, { warn: (fault) => this.#warn(fault), isFrozen: host.isDevelopment });
    this.#subscriptions = new Subscriptions(host, this.id, (topic, message) => {
      if (this.#queued >= LIMITS.sessionQueue) return;
      void this.#enqueue(() =>
        this.#change({ source: 'broadcast' }, (context) => view.info?.[topic]?.(this.#page.state, message, context)),
      );
    });
  }

  /** Authorises, mounts and renders. @throws MountRefused */
  static async open(host: SessionHost, view: View, visit: Visit): Promise<{ session: Session; html: string }> {
    const session = new Session(host, view, visit);
    try {
      return { session, html: await session.#mount() };
    } catch (error) {
      session.end();
      throw error instanceof MountRefused ? error : new MountRefused(faultOf('view/render-failed', view.name), error);
    }
  }

  async #mount(): Promise<string> {
    const { view } = this;
    const effects: Effect[] = [];
    const contextFor = (signal: AbortSignal): ViewContext => this.#context(signal, effects, this.#subscriptions);
    await authorize(view, contextFor(new AbortController().signal));
    const outcome = await runHandler((signal) => view.mount?.(contextFor(signal), this.#page.state), {
      clock: this.#host.clock,
      at: view.name,
      failure: 'view/mount-failed',
    });
    if (!outcome.ok) throw new MountRefused(outcome.fault, outcome.error);
    const html = this.#page.open(outcome.change as JsonObject | undefined);
    await this.#commit();
    this.#carryOut(effects);
    return html;
  }

  get version(): number {
    return this.#page.version;
  }

  get title(): string {
    return this.#page.title;
  }

  get isAttached(): boolean {
    return this.#attachment !== undefined;
  }

  get wasAttached(): boolean {
    return this.#clientId !== null;
  }

  /** May this client take the session over? Another tab may not, nor another person. */
  accepts(clientId: string, principal: Principal | null): boolean {
    const isOurs = this.#clientId === null || this.#clientId === clientId;
    return !this.#isEnded && isOurs && (principal?.id ?? null) === (this.#visit.principal?.id ?? null);
  }

  /**
   * Gives the session a connection. A page that names the version it shows stays as it is and gets what it missed;
   * any other gets the whole HTML.
   */
  attach(attachment: Attachment, features: readonly ExtFeature[], ext?: ClientExt): Promise<void> {
    return this.#enqueue(async () => {
      this.#attachment?.dropped('replaced');
      const outcome = this.wasAttached ? 'resumed' : 'adopted';
      if (!this.wasAttached) this.#lastRef = ext?.acked ?? 0;
      const page = this.#page;
      this.#attachment = attachment;
      page.features = features;
      this.#clientId = ext?.client_id ?? '';
      const canStay = ext?.session === this.id && ext.version > 0 && features.includes('ops');
      const missed = canStay ? page.log.since(ext.version, page.version) : undefined;
      const reply: MountReply = {
        type: 'mount',
        session_id: this.id,
        view: this.view.name,
        version: missed && ext ? ext.version : page.version,
        ...(missed ? {} : { html: page.html(), has_ids: true }),
      };
      if (ext) {
        const ack = this.#lastRef;
        const mode = missed ? outcome : 'mounted';
        reply.ext = { v: EXT_VERSION, features: [...features], session: this.id, outcome: mode, ack };
      }
      await this.#commit();
      this.#send(JSON.stringify(reply));
      for (const frame of missed ?? []) this.#send(frame);
      if (ext) for (const frame of page.log.answersAfter(ext.acked)) this.#send(frame);
      // Now the client has every answer there is; what it still waits for below this mark went well.
      if (missed) this.#send(JSON.stringify({ type: 'noop', ack: this.#lastRef }));
      const { tick } = this.view;
      const runTick = (): Promise<void> =>
        this.#enqueue(() => this.#change({ source: 'tick' }, (context) => tick?.handle(page.state, context)));
      this.#subscriptions.attached(tick && { everyMs: tick.everyMs, run: runTick });
    });
  }

  /** The connection is gone; the session waits for another one. */
  detach(attachment: Attachment): void {
    if (this.#attachment !== attachment) return;
    this.#attachment = undefined;
    this.#subscriptions.detached();
  }

  event(frame: EventFrame): Promise<void> {
    if (this.#queued < LIMITS.sessionQueue) return this.#enqueue(() => this.#event(frame));
    this.#answerError(faultOf('session/busy', frame.event), frame);
    return Promise.resolve();
  }

  /** The whole page, for a browser whose picture went wrong. */
  recover(): Promise<void> {
    return this.#enqueue(async () => {
      const html = this.#page.html();
      this.#send(JSON.stringify({ type: 'html_recovery', html, version: this.version }));
    });
  }

  paramsChanged(params: Readonly<Record<string, string>>): Promise<void> {
    return this.#enqueue(async () => {
      this.#visit = { ...this.#visit, params };
      await this.#change({ event_name: 'url_change' }, (context) =>
        this.view.paramsChanged?.(this.#page.state, context),
      );
    });
  }

  /** Ends the session: nothing of it is kept. May be called twice. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#subscriptions.end();
    this.#attachment?.dropped('ended');
    this.#attachment = undefined;
    void this.#host.store.delete(this.id);
  }

  async #event(frame: EventFrame): Promise<void> {
    const { ref } = frame;
    if (ref !== undefined && this.#acks) {
      // A gap means that a frame was refused on the way (rate limit); the client sends again from there.
      if (ref > this.#lastRef + 1) return;
      if (ref <= this.#lastRef) {
        const answer = { type: 'noop', ref, ack: this.#lastRef };
        this.#send(this.#page.log.answerTo(ref) ?? JSON.stringify(answer));
        return;
      }
      this.#lastRef = ref;
    }
    const checked = await guard({ frame, view: this.view, context: this.#context(new AbortController().signal, []) });
    if (!checked.ok) return this.#fail(checked.fault, undefined, frame);
    const echo: Echo = { source: 'event', event_name: frame.event };
    if (ref !== undefined) echo.ref = ref;
    if (this.#acks) echo.ack = this.#lastRef;
    await this.#change(echo, (context) => checked.event.handle(this.#page.state, checked.params, context), frame);
  }

  /** Runs one function of the app and carries its outcome to store and browser. */
  async #change(echo: Echo, run: Run, frame?: EventFrame): Promise<void> {
    const effects: Effect[] = [];
    const outcome = await runHandler((signal) => run(this.#context(signal, effects)), {
      clock: this.#host.clock,
      at: frame?.event ?? echo.source ?? 'url_change',
      failure: 'event/failed',
    });
    if (!outcome.ok) return this.#fail(outcome.fault, outcome.error, frame);
    let frames: string[];
    try {
      frames = this.#page.step(outcome.change, effects, echo);
    } catch (error) {
      return this.#fail(faultOf('view/render-failed', this.view.name), error, frame);
    }
    await this.#commit();
    for (const text of frames) this.#send(text);
    this.#carryOut(effects);
  }

  get #acks(): boolean {
    return this.#page.features.includes('ack');
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'broadcast') this.#host.bus.publish(effect.topic, effect.message);
    }
  }

  async #fail(fault: Fault, error: unknown, frame: EventFrame | undefined): Promise<void> {
    await this.#commit();
    this.#answerError(fault, frame, error);
  }

  #answerError(fault: Fault, frame: EventFrame | undefined, error?: unknown): void {
    const where = { view: this.view.name, ...(frame ? { event: frame.event } : {}) };
    const answer = errorFrame(this.#host, fault, error, where);
    if (frame?.ref !== undefined && this.#acks) {
      answer.ref = frame.ref;
      answer.ack = this.#lastRef;
      this.#page.log.answer(frame.ref, JSON.stringify(answer));
    }
    this.#send(JSON.stringify(answer));
  }

  async #commit(): Promise<void> {
    const { url, params, principal } = this.#visit;
    await this.#host.store.commit(this.id, {
      view: this.view.name,
      url,
      params,
      principalId: principal?.id ?? null,
      clientId: this.#clientId,
      state: this.#page.state,
      version: this.#page.version,
      lastRef: this.#lastRef,
    });
  }

  #context(signal: AbortSignal, effects: Effect[], requests?: Subscriptions): ViewContext {
    const base = { visit: this.#visit, sessionId: this.id, connected: this.isAttached, signal, effects };
    return makeContext(requests ? { ...base, requests } : base);
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queued++;
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#isEnded) await task();
      } catch (error) {
        this.#host.log({ level: 'error', message: 'session task failed', view: this.view.name, error });
      } finally {
        this.#queued--;
      }
    });
    return this.#queue;
  }

  #warn(fault: Fault): void {
    const key = `${fault.code} ${fault.at}`;
    if (this.#warned.has(key) || this.#warned.size >= 100) return;
    this.#warned.add(key);
    this.#host.log({ level: 'warn', message: HINTS[fault.code], view: this.view.name, ...fault });
  }

  #send(frame: string): void {
    this.#attachment?.send(frame);
  }
}
