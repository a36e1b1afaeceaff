import type { Fault, JsonObject } from '@djust/protocol';

/** How an event of the user ended. */
export type EventOutcome =
  | { status: 'acked'; ref: number }
  | { status: 'rejected'; reason: string; message?: string | undefined; ref?: number | undefined };

export interface EventDetail {
  event: string;
  params: JsonObject;
  /** The element it came from, when there is one. */
  element?: Element | undefined;
}

/** What the client tells the page. All are dispatched on `document`; `before-…` can be cancelled. */
export interface DjustEventMap {
  'djust:phase-changed': { phase: string; from: string };
  'djust:view-mounted': { root: Element; outcome: string };
  'djust:view-unmounted': { root: Element };
  /** Before an event is taken in; preventDefault() drops it. */
  'djust:before-event': EventDetail;
  'djust:event-queued': EventDetail;
  'djust:event-settled': EventDetail & { outcome: EventOutcome };
  'djust:before-patch': { version: number };
  /** `added` and `removed` are the topmost nodes that came and went. */
  'djust:patched': { version: number; added: readonly Node[]; removed: readonly Node[]; touched: number };
  /** Before another view takes the place of this one over the socket. */
  'djust:before-navigate': { url: string };
  'djust:push-event': { event: string; payload: JsonObject };
  /** Something failed; preventDefault() keeps the built-in notice from showing. */
  'djust:error': Fault & Partial<Said>;
  /** The client wants to load the page anew; preventDefault() keeps it from doing so. */
  'djust:before-reload': { reason: string };
}

export type DjustEvent<K extends keyof DjustEventMap> = CustomEvent<DjustEventMap[K]>;

/** Dispatches and listens on the document. */
export interface Emitter {
  /** False when a listener called preventDefault(). */
  emit<K extends keyof DjustEventMap>(name: K, detail: DjustEventMap[K]): boolean;
  /** Listens until `signal`, or else the client, comes to its end. */
  on<K extends keyof DjustEventMap>(
    name: K,
    listener: (event: DjustEvent<K>) => void,
    options?: AddEventListenerOptions,
  ): void;
}

export function createEmitter(target: EventTarget, signal: AbortSignal): Emitter {
  return {
    emit: (name, detail) => target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true })),
    on: (name, listener, options) => target.addEventListener(name, listener as EventListener, { signal, ...options }),
  };
}

/** What the server said of a failure: a sentence, the reference under which its log has the cause, the next step. */
export interface Said {
  message: string;
  id?: string | undefined;
  hint?: string | undefined;
}

/** The public form of a fault. */
export const errorDetail = (fault: Fault, said?: Said): DjustEventMap['djust:error'] => ({ ...fault, ...said });
