import type { ClientFrame, JsonObject, ServerFrame, UnknownFrame } from '@djust/protocol';
import type { ClientConfig } from './config.ts';
import type { Emitter, EventOutcome } from './emitter.ts';
import type { Clock } from './lib/clock.ts';

/** An attribute that turns a DOM event into an event for the server. */
export interface Directive {
  /** The attribute, `dj-click`. */
  readonly attribute: string;
  /** The DOM event, one that bubbles: `focusin`, not `focus`. */
  readonly on: string;
  /** Declared parameters to send along: `data-*` and `dj-value-*`. Default: only the latter. */
  readonly declared?: 'typed';
  /** Parameters out of the DOM event itself. */
  readonly read?: (element: Element, event: Event) => JsonObject;
  /** Does this event count, given what stands behind the name? `save.enter` waits for Enter. Default: always. */
  readonly accepts?: (suffix: string, event: Event) => boolean;
  /** The browser does nothing of its own. Default: it does. */
  readonly preventsDefault?: boolean;
  /** How often to send when the element does not say. */
  readonly defaultRate?: (element: Element) => Rate | undefined;
  /**
   * Whose values it takes along: those of the field that the DOM event comes from, or of the whole form. What still
   * waits in that form is sent first, so that a submit does not overtake the last keystroke.
   */
  readonly carries?: 'field' | 'form';
  /** `name(arg)` is not taken apart. */
  readonly hasNoArguments?: boolean;
}

/** After a pause, at most once in a while, or when the user leaves the field. */
export interface Rate {
  kind: 'debounce' | 'throttle' | 'blur';
  ms: number;
}

export interface PushOptions {
  /** Where it comes from. */
  element?: Element;
  /** Fields whose values it takes along; until the server has seen them, its values stay out of them. */
  carries?: readonly Element[];
  /** The user is done with these fields: a submit. */
  isFinal?: boolean;
}

/** What a feature may use of the client. */
export interface FeatureContext extends Emitter {
  readonly config: ClientConfig;
  readonly clock: Clock;
  /** Ends with the client. */
  readonly signal: AbortSignal;
  /** The view's root element while there is one. */
  root(): Element | undefined;
  /** Lets go of the view; its element may leave the page or become another view. The socket stays. */
  release(): void;
  /** Mounts the view that is on the page now, over the same socket. */
  start(): void;
  /** There is a view, and a connection to it. */
  isLive(): boolean;
  /** Sends a frame that has no answer of its own, or bytes of an upload. False when there is no live view. */
  send(frame: ClientFrame | Uint8Array<ArrayBuffer>): boolean;
  /** Brings HTML of the server into an element: nodes that are in both stay. */
  merge(element: Element, html: string): void;
  /** The features that are there, by name. */
  readonly features: ReadonlyMap<string, Feature>;
  /** Sends an event and answers how it ended; never rejects. */
  push(event: string, params: JsonObject, options?: PushOptions): Promise<EventOutcome>;
  /** Sends after the element's pause (`dj-debounce`, `dj-throttle`), or after `rate` when it names none. */
  pushLater(
    event: string,
    params: JsonObject,
    options: PushOptions & { element: Element; rate?: Rate | undefined },
  ): void;
}

/** A part of the client that can be left out. A value: importing it does nothing. */
export interface Feature {
  readonly name: string;
  readonly directives?: readonly Directive[];
  /** By frame type. */
  readonly frames?: Readonly<Record<string, (frame: ServerFrame | UnknownFrame, context: FeatureContext) => void>>;
  install?(context: FeatureContext): void;
}
