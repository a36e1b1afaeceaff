import { type Fault, faultOf } from '@djust/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Presence } from '../bus/presence.ts';
import type { StateStore } from '../state/store.ts';
import type { View, ViewContext } from '../view/define-view.ts';
import type { ErrorHost } from './error-frame.ts';

/** What a session needs of the server around it. */
export interface SessionHost extends ErrorHost {
  readonly bus: Bus;
  readonly presence: Presence;
  readonly store: StateStore;
}

/** Where a session's frames go: one connection. */
export interface Attachment {
  send(frame: string): void;
  /** Another connection took over, or the session ended. */
  dropped(reason: 'replaced' | 'ended'): void;
}

/** Why a page cannot be had. */
export class MountRefused extends Error {
  readonly fault: Fault;
  constructor(fault: Fault, cause?: unknown) {
    super(fault.code, { cause });
    this.fault = fault;
  }
}

/** Asks the view whether this visitor may see it; a throw is a no. @throws MountRefused */
export async function authorize(view: View, context: ViewContext): Promise<void> {
  let cause: unknown;
  try {
    if (!view.authorize || (await view.authorize(context))) return;
  } catch (error) {
    cause = error;
  }
  throw new MountRefused(faultOf('session/denied', view.name), cause);
}
