import type { ClientFrame, UnknownFrame } from './client-frames.ts';
import type { Fault } from './errors.ts';
import type { ServerFrame } from './server-frames.ts';

/**
 * What devtools may see of a client. The client pushes references, it never copies or serialises for a tap, and it
 * pushes nothing while nobody listens.
 */
export type TapEntry =
  | { kind: 'sent'; at: number; frame: ClientFrame | UnknownFrame; bytes: number }
  | { kind: 'received'; at: number; frame: ServerFrame | UnknownFrame; bytes: number }
  | { kind: 'phase'; at: number; from: string; to: string; closeCode?: number; closeReason?: string; delayMs?: number }
  | { kind: 'applied'; at: number; version: number; ref?: number; tookMs: number; ops: number; touched: Node_[] }
  | { kind: 'fault'; at: number; fault: Fault; ref?: number };

/** A DOM node; this package builds without DOM types. */
export type Node_ = object;

export type Tap = (entry: TapEntry) => void;
