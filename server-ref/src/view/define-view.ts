import type { JsonObject } from '@djust/protocol';
import { OFFLINE_DEFAULTS, type OfflineOptions, SYNC_DEFAULTS, type SyncViewOptions } from './away.ts';
import { type Derived, unstoredFields } from './derived.ts';
import type { TemplateResult } from './html.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { StreamSpec, StreamWriter } from './stream.ts';

/** Who a visitor is, as the host application says. */
export interface Principal {
  readonly id: string;
  readonly [claim: string]: unknown;
}

/** What a view may know and do in each of its functions. */
export interface ViewContext {
  /** Path of the page. */
  readonly url: string;
  /** The page's query, one value per name. */
  readonly params: Readonly<Record<string, string>>;
  readonly principal: Principal | null;
  /** False while the page is rendered for HTTP, true when a browser is attached. */
  readonly connected: boolean;
  /** Names this visit; stays over reconnects. */
  readonly sessionId: string;
  /** The handler runs again on a fork, for the debug panel: what it does outside of the state must not happen twice. */
  readonly replay?: boolean;
  /** Aborted when the handler has run for too long. */
  readonly signal: AbortSignal;
  /** Sends an event to the page's hooks and listeners, after the state is committed. */
  push(event: string, payload: JsonObject): void;
  /** Shows a short message to the user, after the state is committed. */
  flash(level: 'info' | 'success' | 'warning' | 'error', message: string): void;
  /** Tells all subscribers of `topic`, this view included, after the state is committed. */
  broadcast(topic: string, message: JsonObject): void;
  /** Changes a stream that the view declares, when the state is committed. The first rows come from its `load`. */
  stream<R = unknown>(name: string): StreamWriter<R>;
  /** Receives what is broadcast on `topic` in `info`. Only in `mount`. */
  subscribe(topic: string): void;
  /** Joins the people present at `topic`, and receives their list in `info` whenever it changes. Only in `mount`. */
  present(topic: string, meta: JsonObject): void;
}

/** What a handler answers: the fields that change. Nothing means that nothing changes. State is never modified. */
export type Change<S> = Partial<S> | undefined | void | Promise<Partial<S> | undefined | void>;

export type Handler<S, P> = (state: Readonly<S>, params: P, ctx: ViewContext) => Change<S>;

export interface EventOptions {
  /** Refuses the event for some visitors. A throw refuses. */
  allow?: (ctx: ViewContext) => boolean | Promise<boolean>;
  /** `deny` keeps the debug panel from running it again, on a fork too. */
  replay?: 'deny';
}

/** A declared event: how its parameters must look, and what it does. */
export interface EventDef<S> extends EventOptions {
  readonly schema: StandardSchema | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each event has parameters of its own; `on` ties them to its schema
  readonly handle: Handler<S, any>;
}

/** Parameters that were not declared do not reach a handler. */
export type NoParams = Readonly<Record<never, never>>;

/** Declares an event with parameters. The schema (Standard Schema: valibot, zod, arktype …) types the handler's. */
export function on<S, T extends StandardSchema>(
  schema: T,
  handle: Handler<S, StandardSchema.Output<T>>,
  options: EventOptions = {},
): EventDef<S> {
  return { schema, handle, ...options };
}

/** `on` for one view: it knows the state, so handlers need no annotations. */
export type On<S> = <T extends StandardSchema>(
  schema: T,
  handle: Handler<S, StandardSchema.Output<T>>,
  options?: EventOptions,
) => EventDef<S>;

export type Events<S> = Record<string, Handler<S, NoParams> | EventDef<S>>;

export interface ViewSpec<S> {
  /** Dotted name, as in `dj-view`: `shop.cart`. */
  name: string;
  /** The state before `mount`; plain JSON data. */
  state: S;
  /**
   * Fields that can be made from others, such as the rows that a filter finds. No store keeps them; they are loaded when what
   * they are made from changes, and when the session goes on in another process. A handler may also answer one itself.
   */
  derived?: { readonly [K in keyof S]?: Derived<S, ViewContext, S[K]> };
  /** Fields that are shown once: with the next render they are back to their first value. No store keeps them. */
  temporary?: readonly (keyof S & string)[];
  title?: string | ((state: Readonly<S>) => string);
  /** Runs once per visit, for HTTP and socket together. */
  mount?: (ctx: ViewContext, state: Readonly<S>) => Change<S>;
  /**
   * The allow-list: what the page may ask for. A bare function takes no parameters. As a function of `on` the events with
   * parameters know the type of the state: `events: (on) => ({ add: on(By, (state, { by }) => …) })`.
   */
  events?: Events<S> | ((on: On<S>) => Events<S>);
  /** The page's query changed without a navigation. */
  paramsChanged?: (state: Readonly<S>, ctx: ViewContext) => Change<S>;
  /** By topic: what another view or the application broadcast. */
  info?: Record<string, (state: Readonly<S>, message: JsonObject, ctx: ViewContext) => Change<S>>;
  /** Lists that only the browser holds, by name. `stream(name)` in the template shows one, `ctx.stream(name)` changes it. */
  // biome-ignore lint/suspicious/noExplicitAny: each stream has rows of its own
  streams?: Record<string, StreamSpec<S, ViewContext, any>>;
  /** Runs at an interval while a browser is attached. */
  tick?: { everyMs: number; handle: (state: Readonly<S>, ctx: ViewContext) => Change<S> };
  /** A reload, a crash or a restart of the browser goes on with the same state. Default: only when events are open. */
  keepOnReload?: boolean;
  /**
   * A page that comes back, with the state that it was left in, in place of `mount`: what changes of the state before
   * `mount`, as a rule all of it. It has to ask again whether this visitor may see it. Null or a throw mounts anew.
   * Needs `snapshots` of the server.
   */
  restore?: (saved: Readonly<S>, ctx: ViewContext) => Partial<S> | null | Promise<Partial<S> | null>;
  /** What the page may do without a network; `{}` takes the defaults. Without it the worker's own settings hold. */
  offline?: Partial<OfflineOptions>;
  /** How changes that its forms with `dj-sync` make reach the server; `{}` takes the defaults. */
  sync?: Partial<SyncViewOptions>;
  /** Refuses the whole view for some visitors, for HTTP and socket alike. A throw refuses. */
  authorize?: (ctx: ViewContext) => boolean | Promise<boolean>;
  /** An `html` template; or HTML that another template engine wrote, which is parsed and compared as a whole. */
  render: (state: Readonly<S>) => TemplateResult | string;
}

/** A view as the server uses it: events in a map of their own, so that only what is declared can be called. */
// biome-ignore lint/suspicious/noExplicitAny: the server treats the states of all views alike
export interface View<S = any> extends Omit<ViewSpec<S>, 'events' | 'offline' | 'sync'> {
  readonly events: ReadonlyMap<string, EventDef<S>>;
  readonly offline?: OfflineOptions;
  readonly sync?: SyncViewOptions;
  /** Fields that no store keeps. */
  readonly unstored: readonly string[];
}

const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;

/** Makes a view out of its parts. It is a value: import it, test its functions, give it to `createServer`. */
export function defineView<S extends object>(spec: ViewSpec<S>): View<S> {
  if (!NAME.test(spec.name)) throw new TypeError(`View name "${spec.name}": write it with a dot, like shop.cart`);
  const declared = typeof spec.events === 'function' ? spec.events(on) : (spec.events ?? {});
  const events = new Map<string, EventDef<S>>();
  for (const [name, def] of Object.entries(declared)) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`Event "${name}" of ${spec.name}: use a-z, 0-9 and _`);
    events.set(name, typeof def === 'function' ? { schema: undefined, handle: def } : def);
  }
  const { offline, sync, ...rest } = spec;
  return {
    ...rest,
    events,
    unstored: unstoredFields(spec),
    ...(offline && { offline: { ...OFFLINE_DEFAULTS, ...offline } }),
    ...(sync && { sync: { ...SYNC_DEFAULTS, ...sync } }),
  };
}
