import type { Clock } from '../clock.ts';
import type { SessionRecord, StateStore } from '../state/store.ts';
import { storedState } from '../view/derived.ts';
import type { Answers, EventRef } from './answers.ts';
import type { Page } from './page.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Visitor } from './visitor.ts';

/** The parts of a session that outlive its process. */
export interface Parts {
  readonly page: Page;
  readonly answers: Answers;
  readonly subscriptions: Subscriptions;
}

/** The new name of a session, for the browser that keeps its record. */
export const sealFrame = (session: string): string => JSON.stringify({ type: 'noop', session });

/** What a ledger needs of the server around it. */
export interface LedgerHost {
  readonly store: StateStore;
  readonly clock: Clock;
  /** What the pages of this process are made of; absent when nobody says. */
  readonly build?: string | undefined;
}

/** Builds that a session remembers to have been in. */
const MOST_BUILDS = 5;

/** One session's record in the store, and the right to write it. */
export class Ledger {
  readonly #store: StateStore;
  readonly #clock: Clock;
  readonly #id: string;
  readonly #parts: Parts;
  /** Rises with every owner. Where browsers keep the records nobody can count owners; then it is drawn. */
  readonly token: number;
  /** How a browser names the session to come back to it. Where it keeps the record it changes with each commit. */
  name: string;
  /** The session was last in a process whose pages are of another build. */
  isOutdated = false;
  readonly #build: string | undefined;
  #builds: readonly string[];
  #sealedAt = 0;
  #sealNumber = 0;

  constructor({ store, clock, build }: LedgerHost, { id, token }: { id: string; token: number }, parts: Parts) {
    this.#store = store;
    this.#clock = clock;
    this.#build = build;
    this.#builds = build === undefined ? [] : [build];
    this.#id = id;
    this.token = token;
    this.name = id;
    this.#parts = parts;
  }

  /**
   * Writes down what is, with the outcome of this event. False when another process has taken the session over: nothing
   * was written, and nobody may hear of anything from here any more.
   */
  async commit({ visit, clientId }: Visitor, frame?: EventRef): Promise<boolean> {
    const { page, answers, subscriptions } = this.#parts;
    const record: SessionRecord = {
      view: page.view.name,
      url: visit.url,
      params: visit.params,
      principalId: visit.principal?.id ?? null,
      clientId,
      state: storedState(page.state, page.view.unstored),
      version: page.version,
      lastRef: answers.markWith(frame),
      answers: page.log.failures,
      ...subscriptions.record,
      ...(this.#builds.length > 0 && { builds: this.#builds }),
    };
    const { seals } = this.#store;
    if (!seals) return this.#store.commit(this.#id, record, this.token);
    const sealed = { id: this.#id, owner: this.token, number: this.#sealNumber + 1, record };
    this.name = await seals.seal(sealed);
    this.#sealNumber++;
    this.#sealedAt = this.#clock.now();
    return true;
  }

  /** Goes on from what another process wrote. */
  restore(record: SessionRecord, sealNumber = 0): void {
    const { page, answers, subscriptions } = this.#parts;
    this.#sealNumber = sealNumber;
    const { builds = [] } = record;
    // One that it knows of already was reason enough to load the page anew: in a deploy that takes a while it may come back.
    this.isOutdated = this.#build !== undefined && !builds.includes(this.#build);
    this.#builds = this.isOutdated ? [...builds, ...this.#builds].slice(-MOST_BUILDS) : builds;
    page.restore(record);
    answers.restore(record.lastRef, record.answers);
    subscriptions.restore(record);
  }

  /** The browser keeps the record. */
  get isSealed(): boolean {
    return this.#store.seals !== undefined;
  }

  /** What the browser keeps will not be accepted for very long any more. */
  get isAging(): boolean {
    const { seals } = this.#store;
    return seals !== undefined && this.#clock.now() - this.#sealedAt > seals.renewMs;
  }

  isOwner(): boolean | Promise<boolean> {
    return this.#store.isOwner(this.#id, this.token);
  }

  delete(): void | Promise<void> {
    return this.#store.delete(this.#id, this.token);
  }
}
