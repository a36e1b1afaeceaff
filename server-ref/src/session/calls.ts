import type { EventFrame, JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import { span } from '../debug/span.ts';
import type { Logger } from '../logger.ts';
import { guardInTime, type Verdict } from '../security/guard.ts';
import type { Change, View, ViewContext } from '../view/define-view.ts';
import { type Effect, type MountRequests, makeContext } from './context.ts';
import { withDerived } from './derive.ts';
import { type Outcome, runHandler } from './dispatch.ts';
import type { Page } from './page.ts';
import { authorize, MountRefused } from './refusal.ts';
import type { Visitor } from './visitor.ts';

export type Run = (context: ViewContext) => Change<JsonObject>;

/** How a function of the app is called. */
export interface CallOptions {
  /** Takes in what the function asks for. */
  readonly effects: Effect[];
  /** What is said to have failed. */
  readonly at: string;
  readonly failure?: 'event/failed' | 'view/mount-failed';
  readonly requests?: MountRequests;
  /** What the change is about; derived fields follow from both. */
  readonly state: JsonObject;
  /** Nothing of it is derived yet. */
  readonly isNew?: boolean;
}

/** How a view begins. */
export interface MountOptions {
  readonly effects: Effect[];
  readonly requests: MountRequests;
  /** The state that its page was left in. */
  readonly saved: JsonObject | undefined;
}

interface CallHost {
  readonly clock: Clock;
  readonly log: Logger;
}

interface Caller {
  readonly id: string;
  readonly view: View;
  readonly isAttached: boolean;
}

/** The calls of one session into its view: each has a context of its own, and an end in time. */
export class Calls {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #session: Caller;
  readonly #visitor: Visitor;

  constructor({ clock, log }: CallHost, session: Caller, visitor: Visitor) {
    this.#clock = clock;
    this.#log = log;
    this.#session = session;
    this.#visitor = visitor;
  }

  context(signal: AbortSignal, effects: Effect[], requests?: MountRequests): ViewContext {
    const { id: sessionId, isAttached: connected } = this.#session;
    const base = { visit: this.#visitor.visit, sessionId, connected, signal, effects };
    return makeContext(requests ? { ...base, requests } : base);
  }

  /** Asks the view whether its visitor may see it. @throws MountRefused */
  authorize(): Promise<void> {
    return authorize(this.#clock, this.#session.view, (signal) => this.context(signal, []));
  }

  /** May this event run, and with which parameters? */
  guard(frame: EventFrame): Promise<Verdict> {
    const { view } = this.#session;
    const context = (signal: AbortSignal): ViewContext => this.context(signal, []);
    return span('guard', () => guardInTime(this.#clock, (signal) => ({ frame, view, context: context(signal) })));
  }

  run(run: Run, options: CallOptions): Promise<Outcome<JsonObject>> {
    const { effects, at, failure = 'event/failed', requests } = options;
    const { derived } = this.#session.view;
    const call = (signal: AbortSignal): Change<JsonObject> => {
      const context = this.context(signal, effects, requests);
      const change = run(context);
      return derived ? span('derive', () => withDerived(derived, options, change, context)) : change;
    };
    return span('handler', () => runHandler(call, { clock: this.#clock, at, failure }));
  }

  /** What `mount` of the view makes of its first state. @throws MountRefused */
  mount(page: Page, { saved, ...how }: MountOptions): Promise<Partial<JsonObject> | undefined> {
    const { view } = this.#session;
    const run = saved ? this.#restoring(saved, page) : this.#mounting(page);
    return this.#begin(run, { ...how, at: view.name, state: page.state, isNew: true });
  }

  #mounting(page: Page): Run {
    return (context) => this.#session.view.mount?.(context, page.state);
  }

  /** With the state that the page was left in; with `mount` when the view makes nothing of that. */
  #restoring(saved: JsonObject, page: Page): Run {
    const { view } = this.#session;
    return async (context) => {
      try {
        const change = await view.restore?.(saved, context);
        if (change) return change;
      } catch (error) {
        this.#log({ level: 'warn', message: 'restore failed, mounted anew', view: view.name, error });
      }
      return this.#mounting(page)(context);
    };
  }

  /**
   * A state that was stored, with what was left out of it, and with the first values of fields that are new since. Nothing
   * when the view cannot render it: another version of the view wrote it. @throws MountRefused
   */
  async revive(stored: JsonObject): Promise<JsonObject | undefined> {
    const { view } = this.#session;
    let state: JsonObject = { ...view.state, ...stored };
    if (view.derived) {
      const change = await this.#begin(() => undefined, { effects: [], at: view.name, state, isNew: true });
      state = { ...state, ...change } as JsonObject;
    }
    try {
      view.render(state);
      return state;
    } catch {
      return undefined;
    }
  }

  async #begin(run: Run, options: CallOptions): Promise<Partial<JsonObject> | undefined> {
    const outcome = await this.run(run, { ...options, failure: 'view/mount-failed' });
    if (!outcome.ok) throw new MountRefused(outcome.fault, outcome.error);
    return outcome.change;
  }

  /** Renders, and fetches first what a stream of the view shows. */
  render<T>(page: Page, act: () => T): Promise<T> {
    return page.streams.render(this.#clock, (signal) => this.context(signal, []), act);
  }
}
