import type { JsonObject } from '@djust/protocol';

/** Where an event stands: `dropped` never left the page, `rejected` was refused, `error` failed on the server. */
export type Status = 'queued' | 'sent' | 'ok' | 'error' | 'rejected' | 'dropped';

/** One step of the server's work on an event. Times in milliseconds since the trace began. */
export interface Span {
  readonly name: string;
  readonly at: number;
  readonly ms: number;
  readonly children?: readonly Span[];
}

/** A field of the state that an event changed, as far as it may be shown. */
export interface Delta {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a development server tells of an event. */
export interface ServerSide {
  /** When the trace began, by the server's clock. */
  readonly startedAt: number;
  readonly spans: readonly Span[];
  readonly delta: readonly Delta[];
  readonly stateBytes: number;
  /** The node in the history of states that it led to. */
  readonly node?: number | undefined;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly id?: string | undefined;
  readonly at?: string | undefined;
  readonly hint?: string | undefined;
  readonly detail?: string | undefined;
  readonly traceback?: string | undefined;
}

/** What an answer did to the page. */
export interface Applied {
  readonly version: number;
  readonly ops: number;
  readonly bytes: number;
  readonly tookMs: number;
  readonly touched: number;
  readonly added: number;
  readonly removed: number;
}

/** An event of the user from the gesture to the paint. */
export interface DebugEvent {
  readonly id: number;
  /** Number of the page that it happened on; another load or navigation is another page. */
  readonly page: number;
  readonly view: string;
  readonly name: string;
  readonly params: JsonObject;
  /** Where it came from, as a short selector. */
  readonly element: string;
  /** The click that made it, as a selector that a test can use; absent when it was no click. */
  readonly gesture?: { readonly css: string; readonly nth: number } | undefined;
  ref?: number | undefined;
  status: Status;
  reason?: string | undefined;
  /** Wall clock of each step. */
  readonly createdAt: number;
  sentAt?: number | undefined;
  answeredAt?: number | undefined;
  appliedAt?: number | undefined;
  paintedAt?: number | undefined;
  applied?: Applied | undefined;
  error?: Failure | undefined;
  server?: ServerSide | undefined;
  /** Sent by the panel. */
  replayed?: boolean | undefined;
}

/** What became of a frame on its way, when it was not left alone. */
export type Mark = 'dropped' | 'delayed' | 'duplicated' | 'reordered';

export type Way = 'sse' | 'worker';

export interface DebugFrame {
  readonly id: number;
  readonly page: number;
  readonly at: number;
  readonly direction: 'out' | 'in';
  readonly type: string;
  /** Whole, or its head when it was very long. */
  readonly text: string;
  readonly bytes: number;
  readonly ref?: number | undefined;
  readonly version?: number | undefined;
  readonly mark?: Mark | undefined;
  readonly connection: number;
  /** How it travelled, when not over a WebSocket; `worker` is between the page and its service worker. */
  readonly way?: Way | undefined;
  /** How long the page took to put it in place. */
  tookMs?: number | undefined;
  /** What stood on the page before: by operation and id, with the name of an attribute. */
  before?: Readonly<Record<string, string>> | undefined;
  /** By the same names: the value of the template that changed, as a development server tells it. */
  why?: Readonly<Record<string, string>> | undefined;
  /** Length of both together. */
  moreChars?: number | undefined;
}

/** A step in the life of the connection. */
export interface Transition {
  readonly at: number;
  readonly page: number;
  readonly from: string;
  readonly to: string;
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

/** A separator: the page was loaded, or another view took its place. */
export interface PageMark {
  readonly page: number;
  readonly at: number;
  readonly url: string;
  readonly how: 'load' | 'navigation';
}

/** A push of the server that no event asked for: another version without a ref. */
export const isPush = (frame: DebugFrame): boolean =>
  frame.direction === 'in' && frame.version !== undefined && frame.ref === undefined && frame.type !== 'mount';
