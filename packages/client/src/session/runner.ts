import { EventQueue, type QueuedEvent } from '@djust/outbox';
import {
  CLOSE,
  type ClientFrame,
  decode,
  EXT_VERSION,
  type ExtFeature,
  encode,
  type Fault,
  fail,
  faultOf,
  type JsonObject,
  LIMITS,
  type LiveRedirectMountFrame,
  type MountFrame,
  type MountReply,
  type PatchFrame,
  type ServerFrame,
  type UnknownFrame,
} from '@djust/protocol';
import type { EventOutcome, Said } from '../emitter.ts';
import type { Clock } from '../lib/clock.ts';
import type { Link, Transport } from '../lib/transport.ts';
import { heartbeat } from './heartbeat.ts';
import { type Effect, initialState, type SessionInput, type SessionState, step } from './machine.ts';

/** What a session does to the rest of the client. */
export interface SessionPort {
  /** The page that is to be mounted. */
  mountFrame(): Omit<MountFrame, 'type' | 'ext'>;
  /** Answers the fault when the document was left as it was. */
  patch(frame: PatchFrame): Fault | undefined;
  replace(html: string, reason: 'mount' | 'update' | 'recovery', version: number): void;
  mounted(frame: MountReply): void;
  deliver(frame: ServerFrame | UnknownFrame): void;
  fault(fault: Fault, said?: Said): void;
  reload(reason: string): void;
  phaseChanged(from: string, to: string): void;
  /** The number of open events changed. */
  queueChanged(): void;
}

/** Longer than any ref of a real session, to know the size of a frame before it has one. */
const ANY_REF = 1e9;

/** What belongs to the sending of an event. */
export interface Sending {
  /** Where it comes from. */
  element?: Element | undefined;
  /** Called when the server has processed the event, before its answer reaches the page. */
  seen?: (() => void) | undefined;
}

export interface OpenEvent extends QueuedEvent, Sending {
  settle(outcome: EventOutcome): void;
}

export interface RunnerOptions {
  transport: Transport;
  clock: Clock;
  port: SessionPort;
  clientId: string;
  /** Extensions that this client can speak. */
  features: readonly ExtFeature[];
}

/** Carries out what the machine decides: the shell around it that holds the socket, the timers and the open events. */
export class SessionRunner {
  readonly _transport: Transport;
  readonly _clock: Clock;
  readonly _port: SessionPort;
  _options: RunnerOptions;
  readonly _queue: EventQueue<OpenEvent> = new EventQueue();
  _state: SessionState = initialState;
  _link: Link | undefined;
  /** Counts connections; what an earlier one still says is dropped. */
  _connection = 0;
  /** Over this connection. */
  _hasMounted = false;
  _heart: ReturnType<typeof heartbeat> | undefined;
  _cancelWake: () => void = () => {};

  constructor(options: RunnerOptions) {
    this._transport = options.transport;
    this._clock = options.clock;
    this._port = options.port;
    this._options = options;
  }

  get state(): SessionState {
    return this._state;
  }

  /** Events whose outcome is not known yet. */
  get openEvents(): number {
    return this._queue.size;
  }

  start(session: string | null, version: number): void {
    this._input({ kind: 'start', known: { session, version } });
  }

  /** There is a reason to try again now: the network or the user came back. */
  wake(): void {
    if (this._state.phase === 'waiting') this._input({ kind: 'wake' });
  }

  /** The view left the page; the connection stays for a while. */
  leave(): void {
    this._input({ kind: 'leave' });
    this._lose(this._queue.takeUnsent());
  }

  /** The page goes away and may come back, without its connection. */
  pause(): void {
    this._lost(CLOSE.goingAway);
  }

  stop(): void {
    this._input({ kind: 'stop' });
    this._giveUp();
  }

  push(event: string, params: JsonObject, sending?: Sending): Promise<EventOutcome> {
    return new Promise((settle) => {
      // One byte more and the server would close the connection, for this event and then for its second try.
      const size = new TextEncoder().encode(encode({ type: 'event', event, params, ref: ANY_REF })).length;
      const added =
        size > LIMITS.maxMessageBytes
          ? fail('frame/too-large', event)
          : this._queue.add({ event, params, ref: undefined, isSent: false, settle, ...sending });
      if (!added.ok) {
        this._port.fault(added.fault);
        return settle({ status: 'rejected', reason: added.fault.code });
      }
      if (this._state.phase === 'stopped') return this._giveUp();
      this._port.queueChanged();
      this._flush();
    });
  }

  /** Sends a frame that expects no exact answer. False when there is no connection. */
  send(frame: ClientFrame | UnknownFrame | Uint8Array<ArrayBuffer>): boolean {
    return !!this._link?.send('type' in frame ? encode(frame) : frame);
  }

  _input(input: SessionInput): void {
    const from = this._state.phase;
    const [state, effects] = step(this._state, input);
    this._state = state;
    if (state.phase !== from) this._port.phaseChanged(from, state.phase);
    for (const effect of effects) this._run(effect);
    // There may be room for the next ones now, or somebody to send them to.
    this._flush();
    if (state.phase === 'stopped' || (state.phase === 'idle' && !state.link)) this._giveUp();
  }

  /** Nothing will be sent any more, and nobody shall wait for it. */
  _giveUp(): void {
    this._cancelWake();
    this._reject(this._queue.clear());
  }

  _reject(lost: readonly OpenEvent[]): void {
    for (const entry of lost) entry.settle({ status: 'rejected', reason: 'session/lost' });
    this._port.queueChanged();
  }

  _run(effect: Effect): void {
    switch (effect.kind) {
      case 'connect':
        return this._connect();
      case 'disconnect':
        return this._disconnect();
      case 'wake':
        this._cancelWake();
        this._cancelWake = this._clock.after(effect.afterMs, () => this._input({ kind: 'wake' }));
        return;
      case 'mount':
        return this._mount(effect.offered);
      case 'patch': {
        const fault = this._port.patch(effect.frame);
        if (fault) this._input({ kind: 'patch-failed', fault, now: this._clock.now() });
        return;
      }
      case 'replace':
        return this._port.replace(effect.html, effect.reason, effect.version);
      case 'mounted':
        return this._port.mounted(effect.frame);
      case 'seen':
        this._queue.find(effect.ref)?.seen?.();
        return;
      case 'settle':
        this._queue.settle(effect.ref)?.settle(effect.outcome);
        return this._port.queueChanged();
      case 'settle-up-to':
        for (const entry of this._queue.settleUpTo(effect.ack)) entry.settle({ status: 'acked', ref: entry.ref ?? 0 });
        return this._port.queueChanged();
      case 'lose':
        return this._lose(this._queue.restart(effect.ack));
      case 'resend':
        if (effect.afterMs > 0) this._clock.after(effect.afterMs, () => this._resend());
        else this._resend();
        return;
      case 'request-html':
        return void this.send({ type: 'request_html' });
      case 'deliver':
        return this._port.deliver(effect.frame);
      case 'fault':
        return this._port.fault(effect.fault, effect.said);
      case 'reload':
        return this._port.reload(effect.reason);
    }
  }

  _connect(): void {
    this._hasMounted = false;
    const connection = ++this._connection;
    const isCurrent = (): boolean => connection === this._connection;
    this._link = this._transport.open({
      opened: () => isCurrent() && this._beat(),
      message: (text) => isCurrent() && this._receive(text),
      closed: (code, reason) => isCurrent() && this._lost(code, +reason),
    });
  }

  _beat(): void {
    this._heart = heartbeat(
      this._clock,
      () => this.send({ type: 'ping' }),
      () => this._link?.close(),
    );
  }

  _receive(text: string): void {
    this._heart?.heard();
    const decoded = decode(text);
    if (!decoded.ok) return this._port.fault(decoded.fault);
    const frame = decoded.value as ServerFrame | UnknownFrame;
    this._input({ kind: 'frame', frame, now: this._clock.now(), random: this._clock.random() });
  }

  _lost(code: number, afterMs?: number): void {
    this._disconnect();
    this._input({ kind: 'lost', code, afterMs, random: this._clock.random() });
  }

  /** Whatever the connection says from now on is nobody's business. */
  _disconnect(): void {
    this._connection++;
    this._heart?.stop();
    this._heart = undefined;
    this._link?.close();
    this._link = undefined;
  }

  _mount(offered: boolean): void {
    // A djust server tears an earlier view down only when it is told that this is another one.
    const type = this._hasMounted ? 'live_redirect_mount' : 'mount';
    this._hasMounted = true;
    const frame: MountFrame | LiveRedirectMountFrame = { type, ...this._port.mountFrame() };
    if (offered) {
      frame.ext = {
        v: EXT_VERSION,
        features: this._options.features,
        client_id: this._options.clientId,
        session: this._state.session,
        version: this._state.version,
        ref: this._queue.lastRef,
        // What became of the events of an earlier page is no concern of this one.
        acked: this._state.isNew ? this._queue.lastRef : this._state.acked,
      };
    }
    this.send(frame);
  }

  _flush(): void {
    while (this._state.phase === 'live' || this._state.phase === 'recovering') {
      const entry = this._queue.next(this._state.acks ? LIMITS.sendWindow : LIMITS.baseBurst);
      if (!entry) return;
      this.send({ type: 'event', event: entry.event, params: entry.params, ref: entry.ref });
    }
  }

  _resend(): void {
    this._queue.resend();
    this._flush();
  }

  _lose(lost: OpenEvent[]): void {
    const [first] = lost;
    if (!first) return;
    this._reject(lost);
    // Whoever did it has to look whether it was done.
    this._port.fault(faultOf('session/lost', first.event));
  }
}
