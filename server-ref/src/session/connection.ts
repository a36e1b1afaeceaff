import {
  agree,
  CLOSE,
  type ClientFrame,
  checkClientFrame,
  decode,
  EXT_VERSION,
  type ExtFeature,
  type Fault,
  faultOf,
  type JsonObject,
  LIMITS,
  type LiveRedirectMountFrame,
  type MountFrame,
  publicText,
} from '@djust/protocol';
import type { Peer, PeerHandler } from '../adapters/peer.ts';
import { atMost } from '../clock.ts';
import { RateLimit } from '../security/rate-limit.ts';
import type { Principal, View } from '../view/define-view.ts';
import type { Session } from './actor.ts';
import type { EventRef } from './answers.ts';
import type { Guest } from './doors.ts';
import { errorFrame } from './error-frame.ts';
import type { Attachment, Departure, SessionHost } from './host.ts';
import { sealFrame } from './ledger.ts';
import { MountRefused } from './refusal.ts';
import type { SessionRegistry } from './registry.ts';
import type { KeptStates } from './snapshots.ts';

export interface ConnectionOptions {
  readonly host: SessionHost;
  readonly sessions: SessionRegistry;
  readonly views: ReadonlyMap<string, View>;
  /** By path. */
  readonly pages: ReadonlyMap<string, View>;
  readonly principal: Principal | null;
  /** States that this visitor's pages bring back. */
  readonly kept?: KeptStates | undefined;
  /** Extensions on offer; none makes a plain djust 1.x server. */
  readonly features: readonly ExtFeature[];
}

type Mount = MountFrame | LiveRedirectMountFrame;

/** A session to attach to; none when the connection closed meanwhile. */
interface Found {
  session?: Session;
  /** Of a new session. */
  html?: string;
}

/** One socket from open to close: counts, decodes and checks what comes in, and hands it to the session it mounted. */
export class Connection implements PeerHandler, Attachment, Guest {
  readonly #peer: Peer;
  readonly #options: ConnectionOptions;
  readonly #rate: RateLimit;
  #session: Session | undefined;
  #inbound: Promise<void> = Promise.resolve();
  #pending = 0;
  /** Messages that were no frames of anybody's. */
  #strange = 0;
  #cancelDeadline: () => void;
  #isClosed = false;

  constructor(peer: Peer, options: ConnectionOptions) {
    this.#peer = peer;
    this.#options = options;
    const { clock } = options.host;
    this.#rate = new RateLimit(clock.now());
    const offer = options.features.length > 0 ? { ext: { v: EXT_VERSION, features: options.features } } : {};
    // The panel asks nothing of a server that does not say so.
    const dev = options.host.isDevelopment ? { dev: 1 } : {};
    this.#send({ type: 'connect', session_id: clock.id(), ...offer, ...dev });
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
    if (!decoded.ok && decoded.fault.code === 'frame/not-json' && ++this.#strange >= LIMITS.maxStrikes)
      return this.#close(CLOSE.protocol, 'no frames');
    if (decoded.ok && decoded.value.type.startsWith('dev:') && this.#session?.probe?.frame(decoded.value)) return;
    const checked = decoded.ok ? checkClientFrame(decoded.value) : decoded;
    if (checked.ok && checked.value.type === 'ping') return this.#pong();
    const event = decoded.ok ? eventRef(decoded.value) : undefined;
    const take = (): Promise<void> | void =>
      checked.ok ? this.#handle(checked.value) : this.#refuse(checked.fault, event);
    const isMount = checked.ok && (checked.value.type === 'mount' || checked.value.type === 'live_redirect_mount');
    // At once, so that what was taken before the connection closes is not lost with it.
    if (this.#pending === 0 && !isMount) return void take();
    // Only a mount makes frames wait; a client that does not wait for its answer is not heard for long.
    if (this.#pending >= LIMITS.sessionQueue) return this.#refuse(faultOf('session/busy', '/type'), event);
    this.#pending++;
    this.#inbound = this.#inbound
      .then(take)
      .catch((error) => this.#send(errorFrame(this.#options.host, faultOf('server/internal'), error)))
      .finally(() => this.#pending--);
  }

  #pong(): void {
    this.#session?.renew();
    this.#send({ type: 'pong' });
  }

  get isOpen(): boolean {
    return !this.#isClosed;
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

  dropped(reason: Departure): void {
    this.#session = undefined;
    this.#close(reason === 'moved' ? CLOSE.restart : CLOSE.normal, reason);
  }

  sendOn(withinMs: number): void {
    this.#close(CLOSE.restart, String(withinMs));
  }

  get principalId(): string | null {
    return this.#options.principal?.id ?? null;
  }

  signedOut(): void {
    this.#close(CLOSE.sessionGone, 'signed out');
  }

  #handle(frame: ClientFrame): Promise<void> | void {
    if (this.#isClosed) return;
    switch (frame.type) {
      case 'mount':
      case 'live_redirect_mount':
        return this.#mount(frame);
      case 'event':
        if (this.#session) return this.#session.event(frame);
        return this.#refuse(faultOf('session/not-mounted', frame.event), frame);
      case 'url_change':
        if (this.#session) return this.#session.paramsChanged(frame.params);
        return this.#refuse(faultOf('session/not-mounted', frame.type));
      case 'request_html':
        if (this.#session) return this.#session.recover();
        return this.#send({ type: 'error', error: publicText('session/unknown'), recoverable: false });
      default:
        return this.#refuse(faultOf('frame/unknown-type', '/type', frame.type));
    }
  }

  async #mount(frame: Mount): Promise<void> {
    const { views, pages, principal, sessions, host } = this.#options;
    // What the visitor did on the page before is answered before.
    if (this.#session) await atMost(host.clock, LIMITS.leaveMs, this.#session.answered());
    this.#leave();
    // A page that became another one knows its path for sure, its view only by hearsay.
    const view = (frame.type === 'live_redirect_mount' && pages.get(frame.url)) || views.get(frame.view);
    const features = agree(frame.ext, this.#options.features) ?? [];
    const ext = features.length > 0 ? frame.ext : undefined;
    if (!view) {
      // A page that was shown once, and that the site has no more: the browser had better ask for it anew.
      if (ext?.session) this.#close(CLOSE.unknownView, 'no view');
      else this.#refuse(faultOf('view/unknown', frame.view));
      return;
    }
    const claim = ext && { ext, features, principal };
    // The first frame is here; opening a view may take as long as a handler may.
    this.#expectFrame(LIMITS.idleTimeoutMs);
    try {
      const known = claim && ext.session ? await sessions.find(ext.session, claim) : undefined;
      const usable = claim && known?.view === view && known.claim(claim) ? known : undefined;
      if (usable?.ledger.isOutdated) return await this.#loadAnew(usable);
      const { session, html } = await (usable ? this.#again(usable) : this.#open(view, frame, ext?.session));
      if (!session) return;
      this.#session = session;
      // A browser that keeps the record names the session by it.
      const joining = ext && usable ? { ...ext, session: session.id } : ext;
      await session.attach(this, { features, ext: joining, html });
    } catch (error) {
      this.#leave();
      if (!(error instanceof MountRefused)) throw error;
      this.#send(errorFrame(host, error.fault, error.cause, { view: view.name }));
      if (error.fault.code === 'session/denied') this.#close(CLOSE.forbidden, 'denied');
    }
  }

  async #open(view: View, { url, params }: Mount, brought: string | null = null): Promise<Found> {
    const { sessions, principal, kept } = this.#options;
    const saved = brought === null ? undefined : await kept?.open(brought, { view, url, params });
    const opened = await sessions.open(view, { url, params, principal, saved });
    if (brought !== null && view.restore) kept?.rename(brought, opened.session.id);
    if (this.isOpen) return opened;
    // Nobody was told of it.
    sessions.end(opened.session.id);
    return {};
  }

  /** A session that is taken up: its view is asked again, and what it may not show any more is not kept. */
  async #again(session: Session): Promise<Found> {
    const { sessions } = this.#options;
    sessions.hold(session.id);
    try {
      await session.authorize();
    } catch (error) {
      sessions.end(session.id);
      throw error;
    }
    if (this.isOpen) return { session };
    sessions.release(session.id);
    return {};
  }

  /** The page is of another build. Loaded anew, it finds its session as this build has it. */
  async #loadAnew({ ledger, visitor }: Session): Promise<void> {
    ledger.isOutdated = false;
    await ledger.commit(visitor);
    if (ledger.isSealed) this.send(sealFrame(ledger.name));
    this.#close(CLOSE.buildMismatch, 'build');
  }

  #leave(): void {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    session.detach(this);
    this.#options.sessions.release(session.id);
  }

  #refuse(fault: Fault, frame?: EventRef): void {
    if (frame && this.#session) return this.#session.refuse(fault, frame);
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

/** Which event a frame speaks of, even when the rest of it is no good. */
function eventRef({ type, event, ref }: JsonObject): EventRef | undefined {
  if (type !== 'event') return undefined;
  const name = { event: String(event).slice(0, LIMITS.maxEventNameLength) };
  return Number.isSafeInteger(ref) && (ref as number) > 0 ? { ...name, ref: ref as number } : name;
}
