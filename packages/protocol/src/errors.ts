/** Who has to act: the author of the app, the network, whoever runs the server, or we. */
export type FaultOrigin = 'app' | 'network' | 'server' | 'djust';

/**
 * Every code we ever send or raise. A code reads `room/what` and never changes meaning.
 * The hint of each code lives in `error-texts.ts`, which production bundles leave out.
 */
export const ERRORS = {
  'frame/not-json': 'djust',
  'frame/too-large': 'app',
  'frame/too-deep': 'app',
  'frame/too-many-keys': 'app',
  'frame/forbidden-key': 'app',
  'frame/unknown-type': 'djust',
  'frame/invalid': 'djust',
  'origin/refused': 'server',
  'rate/limited': 'app',
  'rate/connections': 'network',
  'session/not-mounted': 'djust',
  'session/unknown': 'server',
  'session/expired': 'server',
  'session/busy': 'app',
  'session/denied': 'app',
  'session/version-gap': 'djust',
  'session/lost': 'network',
  'view/unknown': 'app',
  'view/mount-failed': 'app',
  'view/render-failed': 'app',
  'event/unknown': 'app',
  'event/params': 'app',
  'event/denied': 'app',
  'event/failed': 'app',
  'event/timeout': 'app',
  'outbox/full': 'network',
  'outbox/expired': 'network',
  'outbox/dropped': 'network',
  'outbox/replaced': 'app',
  'outbox/storage': 'network',
  'dom/target-missing': 'server',
  'dom/bad-op': 'server',
  'dom/resync-loop': 'server',
  'client/no-root': 'app',
  'client/duplicate-directive': 'app',
  'client/bad-handler': 'app',
  'client/add-on': 'app',
  'template/hole-position': 'app',
  'template/unclosed': 'app',
  'template/misnested': 'app',
  'template/inline-handler': 'app',
  'template/unsafe-url': 'app',
  'template/bad-value': 'app',
  'template/duplicate-key': 'app',
  'template/unkeyed-list': 'app',
  'state/too-large': 'app',
  'state/rolled-back': 'server',
  'config/invalid': 'app',
  'debug/travelling': 'app',
  'server/internal': 'server',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error as plain data: what went wrong and where. Whose turn it is, `faultOrigin` says. */
export interface Fault {
  readonly code: ErrorCode;
  /** The culprit: a JSON pointer, an element, an event name … */
  readonly at?: string | undefined;
  /** Anything else a developer wants to see; never sent to a browser in production. */
  readonly detail?: string | undefined;
}

/** Builds the answer for bad input. */
export function fail(code: ErrorCode, at?: string, detail?: string): { ok: false; fault: Fault } {
  return { ok: false, fault: faultOf(code, at, detail) };
}

export function faultOf(code: ErrorCode, at?: string, detail?: string): Fault {
  return { code, at, detail };
}

export function faultOrigin(code: ErrorCode): FaultOrigin {
  return ERRORS[code];
}

/** Thrown only for a programmer's mistake. Recognise it by `code`: two bundles may share a page. */
export class DjustError extends Error {
  override readonly name: string = 'DjustError';
  readonly code: ErrorCode;
  readonly at: string | undefined;
  constructor(fault: Fault, options?: { cause?: unknown }) {
    super(`${fault.code}${fault.at ? ` at ${fault.at}` : ''}${fault.detail ? `: ${fault.detail}` : ''}`, options);
    this.code = fault.code;
    this.at = fault.at;
  }
}
