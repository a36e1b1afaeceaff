import type { SessionRecord, StateStore, Taken } from '../state/store.ts';
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

/** One session's record in the store, and the right to write it. */
export class Ledger {
  readonly #store: StateStore;
  readonly #id: string;
  readonly #token: number;
  readonly #parts: Parts;

  constructor(store: StateStore, { id, token }: { id: string; token: number }, parts: Parts) {
    this.#store = store;
    this.#id = id;
    this.#token = token;
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
      state: page.state,
      version: page.version,
      lastRef: answers.markWith(frame),
      answers: page.log.failures,
      ...subscriptions.record,
    };
    return this.#store.commit(this.#id, record, this.#token);
  }

  /** Goes on from what another process wrote. */
  restore({ record }: Taken): void {
    const { page, answers, subscriptions } = this.#parts;
    page.restore(record);
    answers.restore(record.lastRef, record.answers);
    subscriptions.restore(record);
  }

  isOwner(): boolean | Promise<boolean> {
    return this.#store.isOwner(this.#id, this.#token);
  }

  delete(): void | Promise<void> {
    return this.#store.delete(this.#id, this.#token);
  }
}
