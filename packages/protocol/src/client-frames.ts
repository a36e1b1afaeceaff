import type { ClientExt } from './extensions.ts';
import type { Json, JsonObject } from './json.ts';

/** What the browser sends. @see wire spec 2.3, 3.1, 4.1 */

export interface MountFrame {
  type: 'mount';
  /** Dotted name of the view, as in its `dj-view`. */
  view: string;
  /** Path of the page, without origin and query. */
  url: string;
  params: Record<string, string>;
  has_prerendered?: boolean;
  client_timezone?: string | null;
  state_snapshot?: JsonObject;
  target_id?: string;
  ext?: ClientExt;
}

export interface MountBatchFrame {
  type: 'mount_batch';
  client_timezone?: string | null;
  views: Omit<MountFrame, 'type'>[];
}

export interface LiveRedirectMountFrame extends Omit<MountFrame, 'type'> {
  type: 'live_redirect_mount';
}

export interface EventFrame {
  type: 'event';
  event: string;
  params: JsonObject;
  /** From 1, never reused within a stream. A hook's raw event has none. */
  ref?: number;
}

export interface UrlChangeFrame {
  type: 'url_change';
  params: Record<string, string>;
  /** Path and query. */
  uri: string;
}

export interface PingFrame {
  type: 'ping';
}

export interface RequestHtmlFrame {
  type: 'request_html';
}

export interface UploadRegisterFrame {
  type: 'upload_register';
  upload_name: string;
  ref: string;
  client_name: string;
  client_type: string;
  client_size: number;
  resumable: boolean;
}

export interface UploadResumeFrame {
  type: 'upload_resume';
  ref: string;
}

export type ClientFrame =
  | MountFrame
  | MountBatchFrame
  | LiveRedirectMountFrame
  | EventFrame
  | UrlChangeFrame
  | PingFrame
  | RequestHtmlFrame
  | UploadRegisterFrame
  | UploadResumeFrame;

export type ClientFrameType = ClientFrame['type'];

/** A frame whose type this side does not know. */
export interface UnknownFrame {
  type: string;
  [field: string]: Json | undefined;
}
