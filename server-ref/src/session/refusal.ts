import { DjustError, type Fault, faultOf } from '@djust/protocol';
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

/** Why a change was not kept: the store says it is too large, or something is wrong that only the log should name. */
export function storeFault(error: unknown, view: string): Fault {
  return error instanceof DjustError && error.code === 'state/too-large'
    ? faultOf(error.code, view, error.message)
    : faultOf('server/internal', view);
}

/** Whatever went wrong before a page was there. */
export function notOpened(error: unknown, view: View): MountRefused {
  if (error instanceof MountRefused) return error;
  const isStore = error instanceof DjustError && error.code === 'state/too-large';
  return new MountRefused(isStore ? storeFault(error, view.name) : faultOf('view/render-failed', view.name), error);
}
