import { type Fault, faultOf, HINTS } from '@djust/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Presence } from '../bus/presence.ts';
import { type Clock, inTime } from '../clock.ts';
import type { StateStore } from '../state/store.ts';
import type { View, ViewContext } from '../view/define-view.ts';
import type { Warn } from '../view/html.ts';
import type { ErrorHost } from './error-frame.ts';

/** What a session needs of the server around it. */
export interface SessionHost extends ErrorHost {
  readonly bus: Bus;
  readonly presence: Presence;
  readonly store: StateStore;
}

/** Why a session lets go of its connection: another one took over, it ended, it goes on in another process. */
export type Departure = 'replaced' | 'ended' | 'moved';

/** Where a session's frames go: one connection. */
export interface Attachment {
  readonly isOpen: boolean;
  send(frame: string): void;
  dropped(reason: Departure): void;
}

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

/** Logs each mistake of a view once in a session, not with each render. */
export function warnOnce(host: ErrorHost, view: string): Warn {
  const known = new Set<string>();
  return (fault) => {
    const key = `${fault.code} ${fault.at}`;
    if (known.has(key) || known.size >= 100) return;
    known.add(key);
    host.log({ level: 'warn', message: HINTS[fault.code], view, ...fault });
  };
}
