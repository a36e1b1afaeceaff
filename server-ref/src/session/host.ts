import { HINTS } from '@djust/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Presence } from '../bus/presence.ts';
import type { Probed, SessionProbe } from '../debug/probe.ts';
import type { StateStore, Taken } from '../state/store.ts';
import type { Warn } from '../view/html.ts';
import type { ErrorHost } from './error-frame.ts';

/** What a session needs of the server around it. */
export interface SessionHost extends ErrorHost {
  readonly bus: Bus;
  readonly presence: Presence;
  readonly store: StateStore;
  readonly build?: string | undefined;
  /** Lets the debug panel look into a session. Absent in production. */
  readonly probe?: ((session: Probed) => SessionProbe) | undefined;
}

/** Why a session lets go of its connection: another one took over, it ended, it goes on in another process. */
export type Departure = 'replaced' | 'ended' | 'moved';

/** A session on its way from another process, or from the browser that kept it. */
export interface Arriving extends Taken {
  readonly id: string;
  /** Of the seal it came in. */
  readonly number?: number;
}

/** Where a session's frames go: one connection. */
export interface Attachment {
  readonly isOpen: boolean;
  send(frame: string): void;
  dropped(reason: Departure): void;
}

/** Logs each mistake of a view once in a session, not with each render. @param told  hears of it too */
export function warnOnce(host: ErrorHost, view: string, told: Warn): Warn {
  const known = new Set<string>();
  return (fault) => {
    const key = `${fault.code} ${fault.at}`;
    if (known.has(key) || known.size >= 100) return;
    known.add(key);
    host.log({ level: 'warn', message: HINTS[fault.code], view, ...fault });
    told(fault);
  };
}
