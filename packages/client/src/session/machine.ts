import {
  closePolicy,
  type Fault,
  faultOf,
  type HtmlUpdateFrame,
  LIMITS,
  type MountReply,
  type NoopFrame,
  type PatchFrame,
  type ServerFrame,
  type UnknownFrame,
} from '@djust/protocol';
import type { EventOutcome, Said } from '../emitter.ts';
import { backoffMs, SPREAD_MS } from './backoff.ts';

/** idle: no view to mount · waiting: between two tries · recovering: the page's HTML was asked for · stopped: for good. */
export type Phase = 'idle' | 'connecting' | 'mounting' | 'live' | 'recovering' | 'waiting' | 'stopped';

export interface SessionState {
  readonly phase: Phase;
  /** The connection, which outlives views. */
  readonly link?: LinkState | undefined;
  /** The view on the page was never mounted: it knows nothing of events that were made before. */
  readonly isNew: boolean;
  /** Failed tries since the last success. */
  readonly tries: number;
  /** Version that the page shows, 0 for none. */
  readonly version: number;
  /** Token to take the session up again. */
  readonly session: string | null;
  /** The server speaks `ack`: refs are exact, and what was lost may be sent again. */
  readonly acks: boolean;
  /** Highest ref the server acknowledged. */
  readonly acked: number;
  /** When resyncs were asked for lately. */
  readonly resyncs: readonly number[];
  /** The page was told to load anew, or was loaded just now and would come as the same again. */
  readonly isReloading: boolean;
}

interface LinkState {
  /** What the server said in its greeting: does it offer our extensions? */
  readonly offered?: boolean;
  /** Mounts that wait for their answer; only the last answer is about the view on the page. */
  readonly asked: number;
}

export type SessionInput =
  /** `known` is what the page or an earlier one has of the session. */
  | { kind: 'start'; known: Partial<SessionState> }
  | { kind: 'frame'; frame: ServerFrame | UnknownFrame; now: number; random: number }
  /** A patch could not be applied. */
  | { kind: 'patch-failed'; fault: Fault; now: number }
  /** `afterMs` is the reason that the server gave, as a number. */
  | { kind: 'lost'; code: number; afterMs?: number | undefined; random: number }
  /** The wait is over, or there is a reason to cut it short: online again, visible again. */
  | { kind: 'wake' }
  /** The view left the page. The connection is kept for the next one. */
  | { kind: 'leave' }
  | { kind: 'stop' };

export type Effect =
  | { kind: 'connect' }
  | { kind: 'disconnect' }
  | { kind: 'wake'; afterMs: number }
  /** Send the mount frame, with or without our extensions. */
  | { kind: 'mount'; offered: boolean }
  | { kind: 'patch'; frame: PatchFrame }
  | { kind: 'replace'; html: string; reason: 'mount' | 'update' | 'recovery'; version: number }
  | { kind: 'mounted'; frame: MountReply }
  /** The server has processed the event; what follows knows of it. */
  | { kind: 'seen'; ref: number }
  /** Without a ref: the oldest that is on its way. */
  | { kind: 'settle'; ref?: number | undefined; outcome: EventOutcome }
  /** Everything up to `ack` is done; nothing that was sent before is in doubt any more. */
  | { kind: 'settle-up-to'; ack: number }
  /** What was on its way may or may not have happened, and will not be known. */
  | { kind: 'lose'; ack: number | undefined }
  /** What was on its way goes again. */
  | { kind: 'resend'; afterMs: number }
  | { kind: 'request-html' }
  | { kind: 'deliver'; frame: ServerFrame | UnknownFrame }
  | { kind: 'fault'; fault: Fault; said?: Said }
  | { kind: 'reload'; reason: string };

export const initialState: SessionState = {
  phase: 'idle',
  isNew: true,
  tries: 0,
  version: 0,
  session: null,
  acks: false,
  acked: 0,
  resyncs: [],
  isReloading: true,
};

type Step = [SessionState, Effect[]];

/** The whole policy of a session: what to do about what happens. Time and chance come in with the input. */
export function step(state: SessionState, input: SessionInput): Step {
  switch (input.kind) {
    case 'start':
      if (!/idle|stopped/.test(state.phase)) return [state, []];
      return connect({ ...initialState, link: state.link, ...input.known });
    case 'frame':
      return onFrame(state, input.frame, input);
    case 'patch-failed':
      return resync(state, input.fault, input.now);
    case 'lost':
      return onLost(state, input);
    case 'wake':
      if (state.phase === 'waiting') return connect(state);
      return state.phase === 'idle' ? hangUp(state, 'idle') : [state, []];
    case 'leave':
      if (/idle|stopped/.test(state.phase)) return [state, []];
      return [{ ...state, phase: 'idle' }, [{ kind: 'wake', afterMs: LIMITS.keepLinkMs }]];
    case 'stop':
      return hangUp(state, state.phase === 'idle' ? 'idle' : 'stopped');
  }
}

/** Over the connection that is there, or a new one. */
function connect(state: SessionState): Step {
  const { link } = state;
  if (link?.offered !== undefined) return mount(state, link.offered);
  return [{ ...state, phase: 'connecting', link: link ?? { asked: 0 } }, link ? [] : [{ kind: 'connect' }]];
}

function mount(state: SessionState, offered: boolean): Step {
  const link = { offered, asked: (state.link?.asked ?? 0) + 1 };
  return [{ ...state, phase: 'mounting', link }, [{ kind: 'mount', offered }]];
}

function hangUp(state: SessionState, phase: Phase, effects: Effect[] = []): Step {
  return [{ ...state, link: undefined, phase }, [...effects, { kind: 'disconnect' }]];
}

function onFrame(
  state: SessionState,
  frame: ServerFrame | UnknownFrame,
  { now, random }: { now: number; random: number },
): Step {
  switch (frame.type) {
    case 'connect': {
      const offered = (frame as { ext?: unknown }).ext !== undefined;
      return state.phase === 'connecting' ? mount(state, offered) : [{ ...state, link: { offered, asked: 0 } }, []];
    }
    case 'mount':
      return onMounted(state, frame as MountReply);
    case 'patch':
    case 'html_update':
      return onVersioned(state, frame as PatchFrame | HtmlUpdateFrame, now);
    case 'html_recovery': {
      const { html, version } = frame as { html: string; version: number };
      if (state.phase !== 'recovering') return [state, []];
      return [{ ...state, phase: 'live', version }, [{ kind: 'replace', html, reason: 'recovery', version }]];
    }
    case 'noop':
    case 'embedded_update':
      return onAnswer(state, frame as NoopFrame, [{ kind: 'deliver', frame }]);
    case 'error':
      return onError(state, frame as ErrorLike, random);
    case 'rate_limit_exceeded': {
      const afterMs = (frame as { retry_after_ms?: number }).retry_after_ms ?? 1_000;
      const fault = faultOf('rate/limited');
      const then: Effect = state.acks
        ? { kind: 'resend', afterMs }
        : { kind: 'settle', outcome: { status: 'rejected', reason: 'rate/limited' } };
      return [state, [{ kind: 'fault', fault }, then]];
    }
    case 'reload':
      return reload(state, 'server');
    default:
      return [state, [{ kind: 'deliver', frame }]];
  }
}

function onMounted(state: SessionState, frame: MountReply): Step {
  const { offered = false, asked = 1 } = state.link ?? {};
  const link = { offered, asked: asked - 1 };
  if (state.phase !== 'mounting' || link.asked) return [{ ...state, link }, []];
  const { ext, html, version } = frame;
  const ack = ext?.ack ?? 0;
  // The same session, even if it sent its page anew, knows our refs; not so one that an earlier page left behind.
  const isKept = !state.isNew && ext?.session === state.session;
  const effects: Effect[] = [isKept ? { kind: 'resend', afterMs: 0 } : { kind: 'lose', ack: ext?.ack }];
  if (html !== undefined) effects.push({ kind: 'replace', html, reason: 'mount', version });
  effects.push({ kind: 'mounted', frame });
  const next: SessionState = {
    ...state,
    link,
    isNew: false,
    isReloading: false,
    phase: 'live',
    tries: 0,
    version,
    session: ext?.session ?? null,
    acks: !!ext?.features.includes('ack'),
    acked: ack,
  };
  return [next, effects];
}

/** Frames with a version come in order and without gaps; one that we have already is an answer all the same. */
function onVersioned(state: SessionState, frame: PatchFrame | HtmlUpdateFrame, now: number): Step {
  if (state.phase !== 'live') return onAnswer(state, frame, []);
  const { version } = frame;
  const isHotReload = frame.type === 'patch' && frame.hotreload;
  if (version <= state.version && !isHotReload) return onAnswer(state, frame, []);
  if (version !== state.version + 1 && !isHotReload) {
    const [next, effects] = resync(state, faultOf('session/version-gap'), now);
    return onAnswer(next, frame, effects);
  }
  const effect: Effect =
    frame.type === 'patch'
      ? { kind: 'patch', frame }
      : { kind: 'replace', html: frame.html, reason: 'update', version };
  return onAnswer({ ...state, version }, frame, [effect, { kind: 'deliver', frame }]);
}

/** What the server has seen comes first, what follows from it next, and last the event is over. */
function onAnswer(state: SessionState, answer: Omit<NoopFrame, 'type'>, effects: Effect[]): Step {
  const { ref, ack = state.acks ? ref : undefined, session = state.session } = answer;
  // Both count from 1.
  const seen: Effect[] = ref ? [{ kind: 'seen', ref }] : [];
  const over: Effect[] = ref ? [{ kind: 'settle', ref, outcome: { status: 'acked', ref } }] : [];
  if (ack) over.push({ kind: 'settle-up-to', ack });
  return [{ ...state, session, acked: Math.max(state.acked, ack ?? 0) }, [...seen, ...effects, ...over]];
}

interface ErrorLike {
  error: string;
  code?: string | number;
  ref?: number;
  ack?: number;
  id?: string;
  at?: string;
  hint?: string;
  debug_detail?: string;
  recoverable?: boolean;
}

function onError(state: SessionState, frame: ErrorLike, random: number): Step {
  if (frame.recoverable === false) return reload(state, 'unrecoverable');
  const code = typeof frame.code === 'string' && frame.code.includes('/') ? frame.code : 'event/failed';
  const fault = { ...faultOf('event/failed', frame.at, frame.debug_detail), code } as Fault;
  const failure: Effect = { kind: 'fault', fault, said: { message: frame.error, id: frame.id, hint: frame.hint } };
  const effects: Effect[] = [failure, { kind: 'deliver', frame: frame as unknown as UnknownFrame }];
  const { ref, error: message } = frame;
  if (state.phase === 'mounting' && !ref) {
    // The page cannot be had now. It may be later: a database comes back, a deploy ends.
    effects.push({ kind: 'disconnect' });
    return wait({ ...state, link: undefined }, SPREAD_MS + backoffMs(state.tries, random), effects);
  }
  // A plain djust server names no event, but it takes them one by one: it is the oldest that has no answer yet.
  if (ref || !state.acks)
    effects.push({ kind: 'settle', ref, outcome: { status: 'rejected', reason: code, message, ref } });
  return [{ ...state, acked: Math.max(state.acked, frame.ack ?? 0) }, effects];
}

/** Asks for the whole page, unless that was tried too often already and does not help. */
function resync(state: SessionState, fault: Fault, now: number): Step {
  if (state.phase !== 'live') return [state, []];
  const resyncs = [...state.resyncs.filter((at) => now - at < LIMITS.resyncWindowMs), now];
  const report: Effect = { kind: 'fault', fault };
  if (resyncs.length > LIMITS.maxResyncs) {
    return hangUp(state, 'stopped', [report, { kind: 'fault', fault: faultOf('dom/resync-loop') }]);
  }
  return [{ ...state, phase: 'recovering', resyncs }, [report, { kind: 'request-html' }]];
}

type Lost = Extract<SessionInput, { kind: 'lost' }>;

function onLost(before: SessionState, { code, afterMs, random }: Lost): Step {
  const state: SessionState = { ...before, link: undefined };
  const { phase, tries } = state;
  const spreadMs = Math.min(afterMs || SPREAD_MS, LIMITS.backoffMaxMs);
  if (/idle|stopped|waiting/.test(phase)) return [state, []];
  const policy = closePolicy(code);
  if (policy === 'stop')
    return [{ ...state, phase: 'stopped' }, [{ kind: 'fault', fault: faultOf('session/denied', `${code}`) }]];
  if (policy === 'soon') return wait(state, random * spreadMs);
  if (policy === 'later') return wait({ ...state, tries: tries - 1 }, spreadMs + backoffMs(tries, random));
  // What is open stays so, for the next page to take up.
  const [next, effects] = policy === 'reload' ? reload(state, `${code}`) : [state, []];
  return wait(next, backoffMs(tries, random), effects);
}

const wait = (state: SessionState, afterMs: number, effects: Effect[] = []): Step => [
  { ...state, phase: 'waiting', tries: state.tries + 1 },
  [...effects, { kind: 'wake', afterMs }],
];

function reload(state: SessionState, reason: string): Step {
  return state.isReloading ? [state, []] : [{ ...state, isReloading: true }, [{ kind: 'reload', reason }]];
}
