import {
  agree,
  CLOSE,
  type ClientFrame,
  checkClientFrame,
  decode,
  type EventFrame,
  EXT_VERSION,
  type ExtFeature,
  type Fault,
  faultOf,
  LIMITS,
  type LiveRedirectMountFrame,
  type MountFrame,
  publicText,
} from '@djust/protocol';
import type { Peer, PeerHandler } from '../adapters/peer.ts';
import { RateLimit } from '../security/rate-limit.ts';
import type { Principal, View } from '../view/define-view.ts';
import type { Session } from './actor.ts';
import { errorFrame } from './error-frame.ts';
import { type Attachment, MountRefused, type SessionHost } from './host.ts';
import type { SessionRegistry } from './registry.ts';

export interface ConnectionOptions {
  readonly host: SessionHost;
  readonly sessions: SessionRegistry;
  readonly views: ReadonlyMap<string, View>;
  readonly principal: Principal | null;
  /** Extensions on offer; none makes a plain djust 1.x server. */
  readonly features: readonly ExtFeature[];
}

type Mount = MountFrame | LiveRedirectMountFrame;

/** One socket from open to close: counts, decodes and checks what comes in, and hands it to the session it mounted. */
export class Connection implements PeerHandler, Attachment {
  readonly #peer: Peer;
  readonly #options: ConnectionOptions;
  readonly #rate: RateLimit;
  #session: Session | undefined;
  #inbound: Promise<void> = Promise.resolve();
  #cancelDeadline: () => void;
  #isClosed = false;

  constructor(peer: Peer, options: ConnectionOptions) {
    this.#peer = peer;
    this.#options = options;
    const { clock } = options.host;
    this.#rate = new RateLimit(clock.now());
    const offer = options.features.length > 0 ? { ext: { v: EXT_VERSION, features: options.features } } : {};
    this.#send({ type: 'connect', session_id: clock.id(), ...offer });
    this.#cancelDeadline = clock.after(LIMITS.firstFrameMs, () => this.#close(CLOSE.mountTimeout, 'no mount'));
  }

  text(message: string): void {
    if (this.#isClosed) return;
    const { clock } = this.#options.host;
    const taken = this.#rate.take(clock.now());
    if (!taken.ok) {
      const retry = { retry_after_ms: taken.retryAfterMs };
      this.#send({ type: 'rate_limit_exceeded', message: publicText('rate/limited'), ...retry });
      if (taken.isOver) this.#close(CLOSE.limited, 'rate limit');
      return;
    }
    if (this.#session) this.#expectFrame(LIMITS.idleTimeoutMs);
    const decoded = decode(message);
    const checked = decoded.ok ? checkClientFrame(decoded.value) : decoded;
    if (!checked.ok) return this.#refuse(checked.fault);
    const frame = checked.value;
    if (frame.type === 'ping') return this.#send({ type: 'pong' });
    this.#inbound = this.#inbound.then(() => this.#handle(frame));
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelDeadline();
    this.#leave();
  }

  send(frame: string): void {
    if (this.#isClosed) return;
    if (this.#peer.bufferedBytes > LIMITS.outboundCloseBytes) return this.#close(CLOSE.tryLater, 'slow reader');
    this.#peer.send(frame);
  }

  dropped(reason: 'replaced' | 'ended'): void {
    this.#session = undefined;
    this.#close(CLOSE.normal, reason);
  }

  async #handle(frame: ClientFrame): Promise<void> {
    if (this.#isClosed) return;
    switch (frame.type) {
      case 'mount':
      case 'live_redirect_mount':
        return this.#mount(frame);
      case 'event':
        // The session has a queue of its own; waiting for it here would hide its length.
        if (this.#session) void this.#session.event(frame);
        else this.#refuse(faultOf('session/not-mounted', frame.event), frame);
        return;
      case 'url_change':
        void this.#session?.paramsChanged(frame.params);
        return;
      case 'request_html':
        if (this.#session) void this.#session.recover();
        else this.#send({ type: 'error', error: publicText('session/unknown'), recoverable: false });
        return;
      default:
        this.#refuse(faultOf('frame/unknown-type', '/type', frame.type));
    }
  }

  async #mount(frame: Mount): Promise<void> {
    const { views, principal, sessions, host } = this.#options;
    this.#leave();
    const view = views.get(frame.view);
    if (!view) {
      this.#refuse(faultOf('view/unknown', frame.view));
      return;
    }
    const features = agree(frame.ext, this.#options.features) ?? [];
    const ext = features.length > 0 ? frame.ext : undefined;
    const known = ext?.session ? sessions.get(ext.session) : undefined;
    const usable = known?.view === view && ext && known.accepts(ext.client_id, principal) ? known : undefined;
    try {
      const visit = { url: frame.url, params: frame.params, principal };
      const session = usable ?? (await sessions.open(view, visit)).session;
      if (this.#isClosed) return;
      sessions.hold(session.id);
      this.#session = session;
      this.#expectFrame(LIMITS.idleTimeoutMs);
      await session.attach(this, features, ext);
    } catch (error) {
      if (!(error instanceof MountRefused)) throw error;
      this.#send(errorFrame(host, error.fault, error.cause, { view: view.name }));
      if (error.fault.code === 'session/denied') this.#close(CLOSE.forbidden, 'denied');
    }
  }

  #leave(): void {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    session.detach(this);
    this.#options.sessions.release(session.id);
  }

  #refuse(fault: Fault, frame?: EventFrame): void {
    const answer = errorFrame(this.#options.host, fault);
    if (frame?.ref !== undefined) answer.ref = frame.ref;
    this.#send(answer);
  }

  #expectFrame(ms: number): void {
    this.#cancelDeadline();
    this.#cancelDeadline = this.#options.host.clock.after(ms, () => this.#close(CLOSE.mountTimeout, 'silent'));
  }

  #send(frame: object): void {
    this.send(JSON.stringify(frame));
  }

  #close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#peer.close(code, reason);
    this.closed();
  }
}
