import { type Fault, faultOf } from '@djust/protocol';
import { type Clock, inTime } from '../clock.ts';
import type { View, ViewContext } from '../view/define-view.ts';

/** Why a page cannot be had. */
export class MountRefused extends Error {
  readonly fault: Fault;
  constructor(fault: Fault, cause?: unknown) {
    super(fault.code, { cause });
    this.fault = fault;
  }
}

/** Asks the view whether this visitor may see it; a throw is a no, and so is no answer. @throws MountRefused */
export async function authorize(
  clock: Clock,
  view: View,
  contextFor: (signal: AbortSignal) => ViewContext,
): Promise<void> {
  let cause: unknown;
  try {
    const { authorize: ask } = view;
    if (!ask || (await inTime(clock, view.name, (signal) => ask(contextFor(signal))))) return;
  } catch (error) {
    cause = error;
  }
  throw new MountRefused(faultOf('session/denied', view.name), cause);
}
