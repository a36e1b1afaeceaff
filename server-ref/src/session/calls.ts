import type { EventFrame, JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import { span } from '../debug/span.ts';
import type { Logger } from '../logger.ts';
import { guardInTime, type Verdict } from '../security/guard.ts';
import type { Change, View, ViewContext } from '../view/define-view.ts';
import { type Effect, type MountRequests, makeContext } from './context.ts';
import { type Outcome, runHandler } from './dispatch.ts';
import type { Page } from './page.ts';
import { authorize } from './refusal.ts';
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
}

interface Caller {
  readonly id: string;
  readonly view: View;
  readonly isAttached: boolean;
}

/** The calls of one session into its view: each has a context of its own, and an end in time. */
export class Calls {
  readonly #clock: Clock;
  readonly #session: Caller;
  readonly #visitor: Visitor;

  constructor(clock: Clock, session: Caller, visitor: Visitor) {
    this.#clock = clock;
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

  run(run: Run, { effects, at, failure = 'event/failed', requests }: CallOptions): Promise<Outcome<JsonObject>> {
    const call = (signal: AbortSignal): Change<JsonObject> => run(this.context(signal, effects, requests));
    return span('handler', () => runHandler(call, { clock: this.#clock, at, failure }));
  }

  /** How the view begins: with the state that its page was left in, or with `mount` when it makes nothing of that. */
  beginning(page: Page, saved: JsonObject | undefined, log: Logger): Run {
    const { view } = page;
    const mount: Run = (context) => view.mount?.(context, page.state);
    if (!saved) return mount;
    return async (context) => {
      try {
        const change = await view.restore?.(saved, context);
        if (change) return change;
      } catch (error) {
        log({ level: 'warn', message: 'restore failed, mounted anew', view: view.name, error });
      }
      return mount(context);
    };
  }

  /** Renders, and fetches first what a stream of the view shows. */
  render<T>(page: Page, act: () => T): Promise<T> {
    return page.streams.render(this.#clock, (signal) => this.context(signal, []), act);
  }
}
