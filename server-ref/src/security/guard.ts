import { type EventFrame, type Fault, fail, faultOf } from '@djust/protocol';
import { type Clock, inTime } from '../clock.ts';
import type { EventDef, View, ViewContext } from '../view/define-view.ts';
import { issuePointer } from '../view/standard-schema.ts';

/** What the stages look at, and what they find out on the way. */
export interface GuardInput {
  frame: EventFrame;
  view: View | undefined;
  context: ViewContext;
  event?: EventDef<unknown>;
  params?: unknown;
}

export interface Stage {
  readonly name: string;
  /** Answers the reason to refuse, or nothing. A throw refuses too. */
  check(input: GuardInput): Fault | undefined | Promise<Fault | undefined>;
}

/** From "somebody sent a frame" to "this handler may run with these parameters". The order is part of the promise. */
export const EVENT_STAGES: readonly Stage[] = [
  {
    name: 'joined',
    check: ({ view }) => (view ? undefined : faultOf('session/not-mounted')),
  },
  {
    name: 'declared',
    check: (input) => {
      const event = input.view?.events.get(input.frame.event);
      if (!event) return faultOf('event/unknown', input.frame.event);
      input.event = event;
      return undefined;
    },
  },
  {
    name: 'params',
    check: async (input) => {
      const schema = input.event?.schema;
      if (!schema) {
        input.params = {};
        return undefined;
      }
      const result = await schema['~standard'].validate(input.frame.params);
      if (result.issues) {
        const [issue] = result.issues;
        return faultOf('event/params', `/params${issue ? issuePointer(issue) : ''}`, issue?.message);
      }
      input.params = result.value;
      return undefined;
    },
  },
  {
    name: 'view-authorized',
    check: async ({ view, context }) =>
      view?.authorize && !(await view.authorize(context)) ? faultOf('session/denied') : undefined,
  },
  {
    name: 'event-allowed',
    check: async ({ event, context, frame }) =>
      event?.allow && !(await event.allow(context)) ? faultOf('event/denied', frame.event) : undefined,
  },
];

export type Verdict = { ok: true; event: EventDef<unknown>; params: unknown } | { ok: false; fault: Fault };

/** Runs the stages in order. Whatever goes wrong in one of them is a refusal. */
export async function guard(input: GuardInput, stages: readonly Stage[] = EVENT_STAGES): Promise<Verdict> {
  for (const stage of stages) {
    try {
      const fault = await stage.check(input);
      if (fault) return { ok: false, fault };
    } catch (error) {
      return fail('event/denied', stage.name, error instanceof Error ? error.message : String(error));
    }
  }
  if (!input.event) return fail('event/unknown', input.frame.event);
  return { ok: true, event: input.event, params: input.params ?? {} };
}

/** The same, for functions of the app that may never answer. */
export async function guardInTime(clock: Clock, inputFor: (signal: AbortSignal) => GuardInput): Promise<Verdict> {
  try {
    return await inTime(clock, 'guard', (signal) => guard(inputFor(signal)));
  } catch {
    return fail('event/timeout', 'guard');
  }
}
