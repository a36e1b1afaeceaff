import type { JsonObject } from '@djust/protocol';
import type { Mark, Way } from './entries.ts';

/** What the client says of an event; the same `params` object names it each time. */
export interface EventDetail {
  readonly event: string;
  readonly params: JsonObject;
  readonly element?: Element | undefined;
}

export type Outcome = { status: string; ref?: number | undefined; reason?: string | undefined };

/**
 * What the recorder writes down as it happens: references and a time, in the order of things. Nothing is parsed, copied or
 * compared at that moment; the digest does that when the page is idle, or when somebody looks.
 */
export type RawEntry = { readonly at: number } & (
  | { kind: 'page'; url: string; how: 'load' | 'navigation' }
  | { kind: 'view'; name: string; outcome: string }
  | { kind: 'out'; text: string; bytes?: number; connection: number; way?: Way | undefined; mark?: Mark | undefined }
  | { kind: 'in'; text: string; connection: number; way?: Way | undefined; mark?: Mark | undefined }
  | { kind: 'worker'; direction: 'out' | 'in'; message: { readonly type: string } }
  | { kind: 'told'; text: string }
  /** Behind `in`, where patches are not watched one by one. */
  | { kind: 'delivered'; from: number }
  | { kind: 'closed'; code: number; reason: string }
  | { kind: 'phase'; from: string; to: string }
  | { kind: 'intent'; detail: EventDetail; replayed: boolean }
  | { kind: 'queued'; detail: EventDetail }
  | { kind: 'settled'; detail: EventDetail; outcome: Outcome }
  | { kind: 'patching'; version: number }
  | { kind: 'patched'; version: number; touched: number; added: number; removed: number }
  /** Beside a patch: what the browser noted of it, or what the server told of it. */
  | { kind: 'more'; version: number; records: readonly MutationRecord[] }
  | { kind: 'more'; text: string }
  | { kind: 'painted' }
);
