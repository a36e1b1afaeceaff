import type { EventFrame, ExtFeature, Fault, JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import { guardInTime } from '../security/guard.ts';
import type { Effect } from '../session/context.ts';
import { withDerived } from '../session/derive.ts';
import { runHandler } from '../session/dispatch.ts';
import { Page } from '../session/page.ts';
import type { View, ViewContext } from '../view/define-view.ts';
import { type Delta, deltaOf } from './delta.ts';
import type { IsSecret } from './redaction.ts';

/** An event as it was, with the state before and after it. */
export interface Recorded {
  readonly ref: number;
  readonly event: string;
  readonly params: JsonObject;
  readonly after: JsonObject;
}

/** What an event came to on the fork. */
export interface ForkStep {
  readonly ref: number;
  /** Whether its patches are those of then. */
  readonly isSame: boolean;
  /** Of now. */
  readonly ops: unknown;
  readonly delta: readonly Delta[];
  readonly reason?: string;
}

export interface Fork {
  readonly view: View;
  readonly clock: Clock;
  readonly features: readonly ExtFeature[];
  readonly isSecret: IsSecret;
  /** A context whose effects go nowhere. */
  context(signal: AbortSignal, effects: Effect[]): ViewContext;
}

/**
 * Runs events again, on a state of its own: two pages begin alike, one goes through the states of then, the other through
 * what the handlers answer now. Neither has a browser, a store or a bus, so nothing of it reaches anybody.
 */
export async function replayOnFork(fork: Fork, start: JsonObject, events: readonly Recorded[]): Promise<ForkStep[]> {
  const then = await openPage(fork, start);
  const now = await openPage(fork, start);
  const steps: ForkStep[] = [];
  for (const recorded of events) {
    const was = bodyOf(await render(fork, then, () => then.step(recorded.after, [], echoOf(recorded)).frames));
    const ran = await run(fork, now, recorded);
    if ('reason' in ran) {
      steps.push({ ref: recorded.ref, isSame: false, ops: null, delta: [], reason: ran.reason });
      continue;
    }
    const isSame = JSON.stringify(was) === JSON.stringify(ran.body);
    steps.push({ ref: recorded.ref, isSame, ops: ran.body, delta: deltaOf(recorded.after, now.state, fork.isSecret) });
  }
  return steps;
}

async function openPage(fork: Fork, start: JsonObject): Promise<Page> {
  const page = new Page(fork.view, { warn: () => {}, isFrozen: true });
  await render(fork, page, () => page.open(start));
  page.join(fork.features);
  return page;
}

const render = <T>({ clock, context }: Fork, page: Page, act: () => T): Promise<T> =>
  page.streams.render(clock, (signal) => context(signal, []), act);

async function run(
  fork: Fork,
  page: Page,
  { ref, event, params }: Recorded,
): Promise<{ body: unknown } | { reason: string }> {
  const { view, clock } = fork;
  const frame: EventFrame = { type: 'event', event, params, ref };
  if (view.events.get(event)?.replay === 'deny') return { reason: `${event} refuses to be replayed` };
  const checked = await guardInTime(clock, (signal) => ({ frame, view, context: fork.context(signal, []) }));
  if (!checked.ok) return { reason: said(checked.fault) };
  const effects: Effect[] = [];
  const outcome = await runHandler<JsonObject>(
    (signal) => {
      const context = fork.context(signal, effects);
      const change = checked.event.handle(page.state, checked.params, context) as Partial<JsonObject>;
      return view.derived ? withDerived(view.derived, page, change, context) : change;
    },
    { clock, at: event, failure: 'event/failed' },
  );
  if (!outcome.ok)
    return { reason: `${said(outcome.fault)}: ${outcome.error instanceof Error ? outcome.error.message : ''}` };
  try {
    const frames = await render(fork, page, () => page.step(outcome.change, effects, echoOf({ event, ref })).frames);
    return { body: bodyOf(frames) };
  } catch (error) {
    return { reason: String(error) };
  }
}

const echoOf = ({
  event,
  ref,
}: Pick<Recorded, 'event' | 'ref'>): { source: 'event'; event_name: string; ref: number } => ({
  source: 'event',
  event_name: event,
  ref,
});

/** What a step does to the page: its operations, patches or HTML. */
function bodyOf(frames: readonly string[]): unknown {
  for (const text of frames) {
    const { ops, patches, html } = JSON.parse(text) as { ops?: unknown[]; patches?: unknown; html?: unknown };
    // An empty patch only carries a side frame.
    if (Array.isArray(ops) && ops.length === 0) continue;
    const body = ops ?? patches ?? html;
    if (body !== undefined) return body;
  }
  return null;
}

const said = ({ code, at, detail }: Fault): string => [code, at, detail].filter(Boolean).join(' ');
