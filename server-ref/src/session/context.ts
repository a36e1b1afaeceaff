import type { JsonObject } from '@djust/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Principal, ViewContext } from '../view/define-view.ts';
import type { StreamChange, StreamWriter } from '../view/stream.ts';

/** Who asks for which page. */
export interface Visit {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly principal: Principal | null;
}

/** A visit that begins, and the state that its page was left in. */
export interface Opening extends Visit {
  readonly saved?: JsonObject | undefined;
}

/** What a handler asked for besides its change; carried out only when the change is committed. */
export type Effect =
  | { kind: 'push'; event: string; payload: JsonObject }
  | { kind: 'flash'; level: string; message: string }
  | { kind: 'broadcast'; topic: string; message: JsonObject }
  | { kind: 'stream'; name: string; change: StreamChange };

/** What only `mount` may ask for, because it lasts as long as the session. */
export interface MountRequests {
  subscribe(topic: string): void;
  present(topic: string, meta: JsonObject): void;
}

/** The context of one call into the app. It writes down effects and does nothing else. */
export function makeContext(options: {
  visit: Visit;
  sessionId: string;
  connected: boolean;
  signal: AbortSignal;
  effects: Effect[];
  requests?: MountRequests;
}): ViewContext {
  const { effects, requests } = options;
  const inMount = (name: string): MountRequests => {
    if (!requests) throw new TypeError(`ctx.${name} belongs in mount`);
    return requests;
  };
  return {
    ...options.visit,
    connected: options.connected,
    sessionId: options.sessionId,
    signal: options.signal,
    push: (event, payload) => void effects.push({ kind: 'push', event, payload }),
    flash: (level, message) => void effects.push({ kind: 'flash', level, message }),
    broadcast: (topic, message) => void effects.push({ kind: 'broadcast', topic, message }),
    stream: (name) => streamWriter((change) => void effects.push({ kind: 'stream', name, change })),
    subscribe: (topic) => inMount('subscribe').subscribe(topic),
    present: (topic, meta) => inMount('present').present(topic, meta),
  };
}

const streamWriter = (write: (change: StreamChange) => void): StreamWriter => ({
  append: (...rows) => write({ kind: 'append', rows }),
  prepend: (...rows) => write({ kind: 'prepend', rows }),
  update: (...rows) => write({ kind: 'update', rows }),
  remove: (...keys) => write({ kind: 'remove', keys }),
  reset: (rows) => write({ kind: 'reset', rows: [...rows] }),
});

/** Carries out what reaches other sessions. The rest of the effects travels with the commit's frames. */
export function publishAll(effects: readonly Effect[], bus: Bus): void {
  for (const effect of effects) if (effect.kind === 'broadcast') bus.publish(effect.topic, effect.message);
}
