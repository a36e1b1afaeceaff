import type { JsonObject } from '@djust/protocol';

/** What outlives a process: everything a session needs to go on somewhere else. Plain data. */
export interface SessionRecord {
  view: string;
  /** Path of the page and its query. */
  url: string;
  params: Readonly<Record<string, string>>;
  principalId: string | null;
  /** The tab that holds the session; null while its page waits for the first socket. */
  clientId: string | null;
  state: JsonObject;
  version: number;
  /** Highest ref whose outcome is known, and the answers that were no patch, by ref. */
  lastRef: number;
  answers: readonly (readonly [ref: number, frame: string])[];
  /** What `mount` subscribed to. */
  topics: readonly string[];
  presences: readonly (readonly [topic: string, meta: JsonObject])[];
}

/** A record and the right to write it. */
export interface Taken {
  readonly record: SessionRecord;
  /** Rises with every owner: whoever holds a lower one has lost the session. */
  readonly token: number;
}

/** The token of whoever made the session. */
export const FIRST_TOKEN = 1;

/**
 * Keeps session records. A record is written as a whole or not at all, and only by its owner: of two processes that hold
 * the same session the one that took it last may write.
 */
export interface StateStore {
  /** Other processes see the records too, so a session can move to them. */
  readonly isShared: boolean;
  load(id: string): SessionRecord | undefined | Promise<SessionRecord | undefined>;
  /** Takes the session over: every earlier owner is shut out. */
  take(id: string): Taken | undefined | Promise<Taken | undefined>;
  /** False when somebody else has taken the session over; then nothing is written. */
  commit(id: string, record: SessionRecord, token: number): boolean | Promise<boolean>;
  isOwner(id: string, token: number): boolean | Promise<boolean>;
  /** Does nothing for who is not the owner any more. */
  delete(id: string, token: number): void | Promise<void>;
}
