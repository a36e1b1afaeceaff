import {
  type KeptEvent,
  type OutboxStore,
  type Refusal,
  refusal,
  type StoredEvent,
  type StoredStream,
  type WaitingRule,
} from '@djust/outbox';
import type { JsonObject } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { EventOutcome } from '../emitter.ts';

/**
 * Where pages leave word that open events were stored, so that one that has nothing to take up need not ask the database:
 * in the tab's storage the name of its stream, in that of all tabs that there is one.
 */
export const KEPT = 'djust-outbox';

/** What is to be kept of a session; whose it is and when it was, whoever keeps it adds. */
export type OpenStream = Omit<StoredStream, 'at' | 'epoch' | 'savedAt'>;

/** Hears how an event of an earlier page ended. */
export type Settled = (event: StoredEvent, outcome: EventOutcome) => void;

/** A session whose open events can be kept, and taken up by a later page. What is kept where is not its business. */
export interface DurableSession {
  /** Name of the stream, the `client_id`. */
  readonly id: string;
  /** How many events have no outcome yet. */
  readonly openEvents: number;
  /** What would be lost with the page; nothing while there is no session that could take it up. */
  readonly open: OpenStream | undefined;
  /** Told after everything that happens, in the same task. */
  onChange: (() => void) | undefined;
  /** Goes on with the events of an earlier page, or without. Not there when the page has begun already. */
  resume: ((stream?: StoredStream, settled?: Settled) => void) | undefined;
  /** Sends the events of a tab that is gone, over a connection of their own. */
  replay(stream: StoredStream, settled: Settled): DurableSession;
  stop(): void;
  /** How an event waits, or why it does not. */
  rule: ((element: Element | undefined, event: string, params: JsonObject) => WaitingRule | Refusal) | undefined;
  /** Asked before an event is sent for the first time: why it must not be. */
  check: ((entry: KeptEvent) => Refusal | undefined) | undefined;
  /** Takes events out. */
  refuse(test: (entry: KeptEvent) => boolean, reason: Refusal): void;
}

/** For `check`: by the rule it was made under, whether its page is still there or not. */
export const checkRule = (entry: KeptEvent): Refusal | undefined => refusal(entry, { now: Date.now(), ask: confirm });

/** How the events of this page are kept. */
export interface Keeping {
  readonly store: OutboxStore;
  /** Whose events they are. */
  readonly epoch: string | null;
  /** Names of the streams in the hands of this tab. */
  readonly held: Set<string>;
  /** Keeps what is open in a session. With `emptied`, which is told when everything has its outcome, it is that of another tab. */
  keep(session: DurableSession, emptied?: () => void): void;
  /** Takes a stream into the hands of this tab and answers what lets it go; nothing when another tab has it. */
  lock(id: string): Promise<(() => void) | undefined>;
  failed(error: unknown): void;
  /** The user is gone: nothing of him stays, and nothing more is written. */
  forget(): void;
}

/** Where the session and those who keep its events meet. */
export interface Durable extends Feature {
  /** Not there when another build of the client was first on the page. */
  readonly session: DurableSession | undefined;
  keeping?: Keeping;
  /** Waits for `keeping`. */
  adopt?: (keeping: Keeping) => void;
}
