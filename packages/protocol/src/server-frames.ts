import type { Ops } from './compact.ts';
import type { ExtOffer, ServerExt } from './extensions.ts';
import type { JsonObject } from './json.ts';
import type { Patch } from './patch.ts';

/** What the server sends. @see wire spec 4.2 to 4.6 */

export interface ConnectFrame {
  type: 'connect';
  session_id: string;
  ext?: ExtOffer;
}

export interface MountReply {
  type: 'mount';
  /** Absent where `ext` names the session. */
  session_id?: string;
  view: string;
  version: number;
  /** Inner HTML of the root; absent when the page already shows it. */
  html?: string;
  has_ids?: boolean;
  state_snapshot_signed?: string;
  cache_config?: Record<string, { ttl: number; key_params: string[] }>;
  optimistic_rules?: JsonObject;
  upload_configs?: JsonObject;
  target_id?: string;
  ext?: ServerExt;
}

export type PatchSource = 'event' | 'tick' | 'async' | 'broadcast';

/** Fields that `patch` and `html_update` share. @see wire spec 4.3 */
interface Versioned {
  version: number;
  /** The event this answers. */
  ref?: number;
  /** Extension `ack`: highest committed ref. */
  ack?: number;
  source?: PatchSource;
  event_name?: string;
  async_pending?: boolean;
  reset_form?: boolean;
  cache_request_id?: string;
  broadcast?: boolean;
  timing?: JsonObject;
  performance?: JsonObject;
  _debug?: JsonObject;
}

export interface PatchFrame extends Versioned {
  type: 'patch';
  patches?: Patch[];
  /** Extension `ops`; then `patches` is absent. */
  ops?: Ops;
  html?: string;
  hotreload?: boolean;
  file?: string;
}

export interface HtmlUpdateFrame extends Versioned {
  type: 'html_update';
  html: string;
}

export interface HtmlRecoveryFrame {
  type: 'html_recovery';
  html: string;
  version: number;
}

export interface EmbeddedUpdateFrame {
  type: 'embedded_update';
  view_id: string;
  html: string;
  event_name?: string;
  ref?: number;
}

export interface NoopFrame {
  type: 'noop';
  source?: PatchSource;
  event_name?: string;
  ref?: number;
  ack?: number;
  /** What the client has to name the session by from now on. */
  session?: string;
  async_pending?: boolean;
}

export interface ErrorFrame {
  type: 'error';
  /** A sentence for the user. */
  error: string;
  code?: string | number;
  /** With `ack`: the event that failed. The base wire never says. */
  ref?: number;
  ack?: number;
  /** Finds the cause in the server's log. */
  id?: string;
  event?: string;
  recoverable?: boolean;
  /** Development only. */
  at?: string;
  hint?: string;
  debug_detail?: string;
  traceback?: string;
  validation_details?: JsonObject;
}

export interface RateLimitFrame {
  type: 'rate_limit_exceeded';
  message: string;
  /** Extension `ack`: when to try again. */
  retry_after_ms?: number;
}

export interface NavigationFrame {
  type: 'navigation';
  action: 'live_patch' | 'live_redirect';
  path?: string;
  params?: Record<string, string | null>;
  replace?: boolean;
}

export interface NavigateFrame {
  type: 'navigate';
  to: string;
}

export interface PushEventFrame {
  type: 'push_event';
  event: string;
  payload: JsonObject;
}

export interface FlashFrame {
  type: 'flash';
  action: 'put' | 'clear';
  level?: string;
  message?: string;
}

export interface PageMetadataFrame {
  type: 'page_metadata';
  action: 'title' | 'meta';
  value?: string;
  name?: string;
  content?: string;
}

/** One step of a stream, past the diff. @see wire spec 4.8 */
export interface StreamOp {
  op: 'replace' | 'append' | 'prepend' | 'delete' | 'prune' | 'text' | 'start' | 'done' | 'error';
  /** CSS selector; by default the element with `dj-stream`. */
  target?: string;
  html?: string;
  text?: string;
  mode?: 'append' | 'replace' | 'prepend';
  limit?: number;
  edge?: 'top' | 'bottom';
  error?: string;
}

export interface StreamFrame {
  type: 'stream';
  stream: string;
  ops: StreamOp[];
}

export interface UploadProgressFrame {
  type: 'upload_progress';
  ref: string;
  /** Percent. */
  progress: number;
  status: 'uploading' | 'complete' | 'error' | 'cancelled';
  error?: string;
}

export interface UploadRegisteredFrame {
  type: 'upload_registered';
  ref: string;
  upload_name: string;
}

export interface UploadResumedFrame {
  type: 'upload_resumed';
  ref: string;
  status: 'resumed' | 'not_found' | 'locked';
  bytes_received?: number;
  chunks_received?: number[];
}

export interface PongFrame {
  type: 'pong';
}

export interface ReloadFrame {
  type: 'reload';
  file?: string;
}

export type ServerFrame =
  | ConnectFrame
  | MountReply
  | PatchFrame
  | HtmlUpdateFrame
  | HtmlRecoveryFrame
  | EmbeddedUpdateFrame
  | NoopFrame
  | ErrorFrame
  | RateLimitFrame
  | NavigationFrame
  | NavigateFrame
  | PushEventFrame
  | FlashFrame
  | PageMetadataFrame
  | StreamFrame
  | UploadProgressFrame
  | UploadRegisteredFrame
  | UploadResumedFrame
  | PongFrame
  | ReloadFrame;

export type ServerFrameType = ServerFrame['type'];
