import type { JsonObject } from '@djust/protocol';

/** What outlives a process: everything a session needs to go on somewhere else. Plain data. */
export interface SessionRecord {
  view: string;
  /** Dotted path of the page and its query, for `mount`-time context. */
  url: string;
  params: Readonly<Record<string, string>>;
  principalId: string | null;
  clientId: string | null;
  state: JsonObject;
  version: number;
  lastRef: number;
}

/** Keeps session records. State, version and last ref are written together or not at all. */
export interface StateStore {
  load(id: string): SessionRecord | undefined | Promise<SessionRecord | undefined>;
  commit(id: string, record: SessionRecord): void | Promise<void>;
  delete(id: string): void | Promise<void>;
}
