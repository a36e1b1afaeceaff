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
  /** Builds of the site that it was shown in, the last one last. */
  builds?: readonly string[];
}

/** A record and the right to write it. */
export interface Taken {
  readonly record: SessionRecord;
  /** Rises with every owner: whoever holds a lower one has lost the session. */
  readonly token: number;
}

/** The token of whoever made the session. */
export const FIRST_TOKEN = 1;

/** A session that its browser keeps. */
export interface SealedSession {
  readonly id: string;
  /** Which process it was that sealed it, and which of its seals it is. */
  readonly owner: number;
  readonly number: number;
  readonly record: SessionRecord;
}

/** What a browser handed in. */
export interface Unsealed extends SealedSession {
  /** It has handed in a later one before: this one may only lead to a session that is still there. */
  readonly isOld: boolean;
}

/** Turns records into text that a browser keeps, and can neither read nor change. */
export interface Seals {
  /** A seal that is older than this should be replaced by a fresh one. */
  readonly renewMs: number;
  /** @throws DjustError state/too-large */
  seal(session: SealedSession): Promise<string>;
  /** @param isTheirs  whether who hands it in is whose it was */
  open(sealed: string, isTheirs: (record: SessionRecord) => boolean): Promise<Unsealed | undefined>;
}

/** What a store has to say about itself. */
export interface StoreStats {
  readonly kind: string;
  /** Sessions that it keeps; absent when nobody can know. */
  readonly sessions?: number;
  /** What they take up, estimated. */
  readonly bytes?: number;
  /** What happened, and how often. */
  readonly counts: Readonly<Record<string, number>>;
}

/** ended: the record is given up, for room or age. moved: another process has the session. */
export type Gone = 'ended' | 'moved';

/**
 * Keeps session records. A record is written as a whole or not at all, and only by its owner: of two processes that hold
 * the same session the one that took it last may write.
 */
export interface StateStore {
  /** Other processes see the records too, so a session can move to them. */
  readonly isShared: boolean;
  /** Other processes may see a record so much later than it was answered for. Default: never. */
  readonly lagMs?: number;
  /** Present when there is no store: what names a session is its sealed record. */
  readonly seals?: Seals;
  load(id: string): SessionRecord | undefined | Promise<SessionRecord | undefined>;
  /** Takes the session over: every earlier owner is shut out. */
  take(id: string): Taken | undefined | Promise<Taken | undefined>;
  /** False when somebody else has taken the session over; then nothing is written. */
  commit(id: string, record: SessionRecord, token: number): boolean | Promise<boolean>;
  isOwner(id: string, token: number): boolean | Promise<boolean>;
  /** Does nothing for who is not the owner any more. */
  delete(id: string, token: number): void | Promise<void>;
  /** A browser has the session now: its record must not be given up. */
  hold?(id: string): void;
  /** The browser is gone, or has not come yet. */
  release?(id: string): void;
  /** Who keeps sessions wants to hear which ones the store has let go. */
  onGone?(listener: (id: string, why: Gone) => void): void;
  stats?(): StoreStats | Promise<StoreStats>;
  /** Rejects when the store cannot be used now. */
  ping?(): Promise<void>;
  /** Writes down what is not written yet; before the process ends. */
  flush?(): Promise<void>;
}
