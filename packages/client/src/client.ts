import {
  type Fault,
  FEATURES,
  type JsonObject,
  type MountReply,
  type PatchFrame,
  type PushEventFrame,
  type ServerFrame,
  type UnknownFrame,
} from '@djust/protocol';
import { type ClientConfig, type ClientOptions, readConfig } from './config.ts';
import type { Feature, FeatureContext, PushOptions } from './context.ts';
import { builtin } from './directives/builtin.ts';
import type { Met } from './directives/delegate.ts';
import { DirectiveRegistry } from './directives/registry.ts';
import { createEmitter, type Emitter, type EventOutcome, errorDetail, type Said } from './emitter.ts';
import { ownRate, RateLanes } from './events/rate.ts';
import { readGesture } from './events/trigger.ts';
import { browserClock, type Clock } from './lib/clock.ts';
import type { Transport } from './lib/transport.ts';
import { type RunnerOptions, type Sending, type SessionPort, SessionRunner } from './session/runner.ts';
import { socketUrl, webSocketTransport } from './transport/websocket.ts';
import { type DomParts, LiveView } from './view.ts';

export interface ClientParts extends ClientOptions, DomParts {
  features?: readonly Feature[];
  clock?: Clock;
  transport?: Transport;
  /** Runs the session. Without it events wait in memory, and are gone with the page. */
  session?: (options: RunnerOptions) => SessionRunner;
}

/** A running client. There is one per page; `createClient` answers the one that is there. */
export interface Client extends Emitter {
  /** What the session is doing: idle, connecting, mounting, live, recovering, waiting, stopped. */
  readonly phase: string;
  /** Events whose outcome is not known yet. */
  readonly openEvents: number;
  /**
   * Mounts the view on the page, if there is one, when the user gets to see the page. To be called again when the page has
   * another view: the earlier one is released, and the socket is kept. Nothing happens when all is as before.
   */
  start(): void;
  /** Lets go of the view before its element leaves the page. The socket is kept for the next `start`, or 15 s. */
  release(): void;
  /** Ends the session and lets go of the page. */
  stop(): void;
  /** Adds features that are not there yet. */
  use(...features: readonly Feature[]): void;
  /** Sends an event to the view and answers how it ended; never rejects. */
  push(event: string, params?: Record<string, unknown>): Promise<EventOutcome>;
  /** Resolves when nothing is on its way: no open event, no pause of a typing user, the view mounted or given up. For tests. */
  settled(): Promise<void>;
}

export function newClient(parts: ClientParts = {}): Client {
  return new LiveClient(parts);
}

/** Sticky views belong to another root, lazy ones come when they are called. */
const ROOT = '[dj-view]:not([dj-sticky-root]):not([dj-lazy])';

class LiveClient implements Client, SessionPort {
  readonly emit: Emitter['emit'];
  readonly on: Emitter['on'];
  readonly _config: ClientConfig;
  readonly _clock: Clock;
  readonly _abort: AbortController = new AbortController();
  readonly _registry: DirectiveRegistry = new DirectiveRegistry();
  readonly _lanes: RateLanes;
  readonly _runner: SessionRunner;
  readonly _features: Map<string, Feature> = new Map();
  readonly _context: FeatureContext;
  readonly _parts: ClientParts;
  _view: LiveView | undefined;
  _isStarted = false;
  _waiting: (() => void)[] = [];

  constructor(parts: ClientParts) {
    this._config = readConfig(parts, document);
    this._clock = parts.clock ?? browserClock;
    const { emit, on } = createEmitter(document, this._abort.signal);
    this.emit = emit;
    this.on = on;
    this._lanes = new RateLanes(this._clock, () => this.queueChanged());
    const transport = parts.transport ?? webSocketTransport(() => socketUrl(this._config.socketPath, location.href));
    const features = FEATURES.filter((name) => name !== 'templates' || parts.rows);
    const session = { transport, clock: this._clock, port: this, clientId: randomId(), features };
    this._runner = parts.session?.(session) ?? new SessionRunner(session);
    this._parts = parts;
    this._context = this._makeContext();
    this._registry.add(builtin);
    this.use(...(parts.features ?? []));
  }

  get phase(): string {
    return this._runner.state.phase;
  }

  get openEvents(): number {
    return this._runner.openEvents;
  }

  use(...features: readonly Feature[]): void {
    for (const feature of features) {
      if (this._features.has(feature.name)) continue;
      this._features.set(feature.name, feature);
      const types = this._registry.add(feature.directives ?? []);
      this._view?.listen(types);
      feature.install?.(this._context);
    }
  }

  start(): void {
    // A page that is rendered ahead may never be seen.
    if ((document as { prerendering?: boolean }).prerendering)
      return document.addEventListener('prerenderingchange', () => this.start(), { once: true });
    if (!this._isStarted) this._listen();
    this._mountRoot();
    this.queueChanged();
  }

  _listen(): void {
    this._isStarted = true;
    const { signal } = this._abort;
    const wake = (): void => this._runner.wake();
    addEventListener('online', wake, { signal });
    addEventListener('pageshow', wake, { signal });
    // A page that is kept to come back loses its connection anyway; said now, there is never a second one beside it.
    addEventListener('pagehide', () => this._runner.pause(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal });
  }

  release(): void {
    const view = this._view;
    if (!view) return;
    const { root } = view;
    // What the user did before is sent before.
    this._lanes.flush(root);
    this._lanes.clear();
    const { session, version } = this._runner.state;
    // Whoever keeps the element and brings it back, brings back the session.
    if (session) {
      root.setAttribute('data-dj-session', session);
      root.setAttribute('data-dj-version', `${version}`);
    }
    view.dispose();
    this._view = undefined;
    this._runner.leave();
    this.emit('djust:view-unmounted', { root });
  }

  stop(): void {
    this._lanes.clear();
    this._runner.stop();
    this._abort.abort();
    this.release();
  }

  push(event: string, params: Record<string, unknown> = {}): Promise<EventOutcome> {
    return this._push(event, params as JsonObject);
  }

  settled(): Promise<void> {
    return this._isSettled ? Promise.resolve() : new Promise((resolve) => this._waiting.push(resolve));
  }

  get _isSettled(): boolean {
    const isAtRest = this._isStarted && /live|stopped|idle/.test(this.phase);
    return isAtRest && this.openEvents === 0 && !this._lanes.isWaiting;
  }

  _mountRoot(): void {
    const root = document.querySelector(ROOT);
    if (root === this._view?.root) return;
    this.release();
    if (!root) return;
    this._view = new LiveView(root, this._parts, this._registry, (met, event) => this._gesture(met, event));
    const version = Number(root.getAttribute('data-dj-version')) || 0;
    this._runner.start(root.getAttribute('data-dj-session'), version);
  }

  _gesture(met: Met, event: Event): void {
    const read = readGesture(met, event);
    if (!read) return;
    if ('code' in read) return this.fault(read);
    const { event: name, params, ...options } = read;
    if (options.isFinal) this._lanes.flush(met.element);
    this._context.pushLater(name, params, options);
  }

  async _push(event: string, params: JsonObject, sending: Sending = {}): Promise<EventOutcome> {
    const detail = { event, params, element: sending.element };
    if (!this.emit('djust:before-event', detail)) return { status: 'rejected', reason: 'cancelled' };
    const open = this._runner.push(event, params, sending);
    this.emit('djust:event-queued', detail);
    const outcome = await open;
    this.emit('djust:event-settled', { ...detail, outcome });
    return outcome;
  }

  /** Fields are taken along as they are now, even if the event waits before it is sent. */
  _sending({ element, carries, isFinal = false }: PushOptions): Sending {
    return { element, seen: carries && this._view?.fields.carry?.(carries, isFinal) };
  }

  _makeContext(): FeatureContext {
    return {
      emit: this.emit,
      on: this.on,
      config: this._config,
      clock: this._clock,
      signal: this._abort.signal,
      root: () => this._view?.root,
      start: () => this.start(),
      release: () => this.release(),
      isLive: () => this.phase === 'live',
      send: (frame) => this.phase === 'live' && this._runner.send(frame),
      merge: (element, html) => this._view?.merge(element, html),
      features: this._features,
      push: (event, params, options = {}) => this._push(event, params, this._sending(options)),
      pushLater: (event, params, options) => {
        const { element } = options;
        const sending = this._sending(options);
        const run = (): void => void this._push(event, params, sending);
        const rate = ownRate(element) ?? options.rate;
        if (!rate || (rate.ms === 0 && rate.kind !== 'blur')) run();
        else this._lanes.schedule(element, event, rate, run);
      },
    };
  }

  // What the session asks for.

  mountFrame(): ReturnType<SessionPort['mountFrame']> {
    const root = this._view?.root;
    return {
      view: root?.getAttribute('dj-view') ?? '',
      url: location.pathname,
      params: Object.fromEntries(new URLSearchParams(location.search)),
      client_timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
  }

  patch(frame: PatchFrame): Fault | undefined {
    const { version } = frame;
    this.emit('djust:before-patch', { version });
    const report = this._view?.patch(frame);
    if (!report) return undefined;
    if (!report.ok) return report.fault;
    this.emit('djust:patched', { version, ...report });
    return undefined;
  }

  replace(html: string, _reason: string, version: number): void {
    if (!this._view) return;
    const { root, index } = this._view;
    this.emit('djust:before-patch', { version });
    this._view.merge(root, html);
    this.emit('djust:patched', { version, added: [root], removed: [], touched: index.byId.size });
  }

  mounted(frame: MountReply): void {
    if (!this._view) return;
    for (const cloaked of document.querySelectorAll('[dj-cloak]')) cloaked.removeAttribute('dj-cloak');
    this.emit('djust:view-mounted', { root: this._view.root, outcome: frame.ext?.outcome ?? 'mounted' });
  }

  deliver(frame: ServerFrame | UnknownFrame): void {
    for (const feature of this._features.values()) feature.frames?.[frame.type]?.(frame, this._context);
    if (frame.type === 'push_event') this.emit('djust:push-event', frame as PushEventFrame);
  }

  fault(fault: Fault, said?: Said): void {
    this.emit('djust:error', errorDetail(fault, said));
  }

  reload(reason: string): void {
    if (this.emit('djust:before-reload', { reason })) location.reload();
  }

  phaseChanged(from: string, phase: string): void {
    this.emit('djust:phase-changed', { phase, from });
    this.queueChanged();
  }

  queueChanged(): void {
    // What settles an event may make the next one: look again when that has happened.
    queueMicrotask(() => {
      if (this._isSettled) for (const resolve of this._waiting.splice(0)) resolve();
    });
  }
}

/** 128 bits; `randomUUID` is not there on pages without TLS. */
const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
