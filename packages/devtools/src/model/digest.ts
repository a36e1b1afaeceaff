import { CAPS } from './caps.ts';
import { djustServerSide, djustStep } from './djust-debug.ts';
import type { Applied, DebugEvent, DebugFrame, Failure, ServerSide } from './entries.ts';
import { byteLength, countOps, headOf, kept, parseFrame, textOf } from './frame-text.ts';
import { gestureOf, selectorOf } from './gesture.ts';
import type { RawEntry } from './raw.ts';
import { readServerFrame } from './server-frames.ts';
import type { TraceStore } from './trace-store.ts';

type Parsed = NonNullable<ReturnType<typeof parseFrame>>;

/** A frame, and what it says. */
export interface Source {
  readonly frame: DebugFrame;
  readonly parsed: Parsed;
}

const NOTHING: ServerSide = { startedAt: 0, spans: [], delta: [], stateBytes: 0 };

const isPatch = ({ type }: Parsed): boolean => type === 'patch' || type === 'html_update';

/**
 * Turns raw entries, in their order, into events and frames. Answers find their event by `ref`; an event finds its ref by
 * the frame that is sent for it, and frames are sent in the order in which events are made.
 */
export class Digest {
  /** Reads what is told beside a patch; there once somebody looks. */
  explain: ((entry: RawEntry & { kind: 'more' }) => void) | undefined;
  readonly #store: TraceStore;
  #view = '';
  #byDetail = new WeakMap<object, DebugEvent>();
  #byRef = new Map<number, DebugEvent>();
  /** Without a ref yet, oldest first. */
  #unsent: DebugEvent[] = [];
  /** Intended, and not yet known to be taken in. */
  #intended: DebugEvent | undefined;
  #patching: { version: number; at: number } | undefined;
  /** The last frame of each version that came in, and what it was. */
  #lastIn: Source | undefined;
  #byVersion = new Map<number, Source>();
  /** Applied, and not yet painted. */
  #unpainted: DebugEvent[] = [];
  /** What the server told of a ref before the event had it. */
  #early = new Map<number, ServerSide>();

  constructor(store: TraceStore) {
    this.#store = store;
  }

  take(entry: RawEntry): void {
    // Events change as their answers come in.
    this.#store.revision++;
    switch (entry.kind) {
      case 'page':
        this.#store.addPage({ at: entry.at, url: entry.url, how: entry.how });
        return;
      case 'view':
        this.#view = entry.name;
        return;
      case 'out':
        return this.#sent(entry);
      case 'in':
        return this.#received(entry);
      case 'delivered':
        return this.#delivered(entry);
      case 'worker':
        return this.#worker(entry);
      case 'told':
        return this.#told(entry);
      case 'more':
        return this.explain?.(entry);
      case 'closed':
        this.#store.addTransition({ at: entry.at, from: '', to: 'closed', code: entry.code, reason: entry.reason });
        return;
      case 'phase':
        this.#store.addTransition({ at: entry.at, from: entry.from, to: entry.to });
        return;
      case 'intent':
        return this.#intent(entry);
      case 'queued':
        this.#intended = undefined;
        return;
      case 'settled':
        return this.#settled(entry);
      case 'patching':
        this.#patching = entry;
        return;
      case 'patched':
        return this.#patched(entry);
      case 'painted':
        for (const event of this.#unpainted.splice(0)) event.paintedAt = entry.at;
    }
  }

  /** The frame that brought a version, while it is one of the latest. */
  frameOf(version: number): Source | undefined {
    return this.#byVersion.get(version);
  }

  /** What a development server tells of an event, which may come before or behind its answer. */
  #told({ text }: RawEntry & { kind: 'told' }): void {
    const told = readServerFrame(parseFrame(text) ?? {});
    if (!told) return;
    const event = this.#byRef.get(told.ref);
    if (event) event.server = told.server;
    else if (this.#early.size < 100) this.#early.set(told.ref, told.server);
  }

  #intent({ at, detail, replayed }: RawEntry & { kind: 'intent' }): void {
    // Nobody took the one before in: a listener of the page prevented it.
    if (this.#intended) this.#drop(this.#intended, 'cancelled');
    const event = this.#store.addEvent({
      view: this.#view,
      name: detail.event,
      params: detail.params,
      element: selectorOf(detail.element),
      ...gestureOf(detail.element),
      createdAt: at,
      status: 'queued',
      ...(replayed && { replayed }),
    });
    this.#byDetail.set(detail.params, event);
    this.#unsent.push(event);
    this.#intended = event;
  }

  #drop(event: DebugEvent, reason: string): void {
    this.#unsent = this.#unsent.filter((one) => one !== event);
    event.status = 'dropped';
    event.reason = reason;
  }

  #sent(entry: RawEntry & { kind: 'out' }): void {
    const { at, text, connection, way, mark } = entry;
    const parsed = parseFrame(text);
    const head = entry.bytes === undefined ? headOf(parsed) : { type: 'upload' };
    const bytes = entry.bytes ?? byteLength(text);
    this.#store.addFrame({ at, direction: 'out', ...head, text: kept(text), bytes, connection, way, mark });
    if (head.type !== 'event' || head.ref === undefined || !parsed) return;
    // One that comes again has its ref already.
    if (this.#byRef.has(head.ref)) return;
    const place = this.#unsent.findIndex(
      ({ name, params }) => name === parsed.event && JSON.stringify(params) === JSON.stringify(parsed.params),
    );
    const [event] = place < 0 ? [] : this.#unsent.splice(place, 1);
    if (!event) return;
    if (this.#intended === event) this.#intended = undefined;
    event.ref = head.ref;
    event.sentAt = at;
    event.status = 'sent';
    event.server = this.#early.get(head.ref);
    this.#early.delete(head.ref);
    this.#remember(head.ref, event);
  }

  /** It has no part in an event: a number in it that is called ref is another. */
  #worker({ at, direction, message }: RawEntry & { kind: 'worker' }): void {
    const text = textOf(message);
    const { type } = headOf(parseFrame(text));
    const bytes = byteLength(text);
    this.#store.addFrame({ at, direction, type, text: kept(text), bytes, connection: 0, way: 'worker' });
  }

  #remember(ref: number, event: DebugEvent): void {
    this.#byRef.set(ref, event);
    if (this.#byRef.size > CAPS.events) this.#byRef.delete(this.#byRef.keys().next().value as number);
  }

  #received({ at, text, connection, way, mark }: RawEntry & { kind: 'in' }): void {
    const parsed = parseFrame(text);
    const head = headOf(parsed);
    const bytes = byteLength(text);
    const frame = this.#store.addFrame({
      at,
      direction: 'in',
      ...head,
      text: kept(text),
      bytes,
      connection,
      way,
      mark,
    });
    if (!parsed || mark === 'dropped') return;
    this.#lastIn = { frame, parsed };
    if (head.version !== undefined) {
      this.#byVersion.set(head.version, this.#lastIn);
      if (this.#byVersion.size > 64) this.#byVersion.delete(this.#byVersion.keys().next().value as number);
    }
    const told = djustStep(parsed);
    if (told) return this.#changed(told);
    const event = this.#answered(parsed, head.ref);
    if (!event) return;
    event.answeredAt ??= at;
    const server = djustServerSide(parsed);
    // The change of the state came before the answer, in a frame of its own.
    if (server) event.server = { ...server, delta: event.server?.delta ?? [] };
    if (parsed.type === 'error') {
      event.status = 'error';
      event.error = failureOf(parsed);
    }
  }

  #changed({ step, delta }: NonNullable<ReturnType<typeof djustStep>>): void {
    const event = step.ref === undefined ? undefined : this.#byRef.get(step.ref);
    if (event) event.server = { ...(event.server ?? NOTHING), delta };
  }

  /** A server of the base wire answers an error without a ref; its event is the oldest of that name. */
  #answered(parsed: Parsed, ref: number | undefined): DebugEvent | undefined {
    if (ref !== undefined) return this.#byRef.get(ref);
    if (parsed.type !== 'error') return undefined;
    for (const event of this.#byRef.values()) if (event.status === 'sent' && event.name === parsed.event) return event;
    return undefined;
  }

  #patched({ at, version, touched, added, removed }: RawEntry & { kind: 'patched' }): void {
    const startedAt = this.#patching?.version === version ? this.#patching.at : at;
    this.#patching = undefined;
    const source = this.#byVersion.get(version) ?? this.#lastIn;
    if (source) this.#applied(source, at, { version, tookMs: at - startedAt, touched, added, removed });
  }

  /** What a frame took as a whole, reading included, is all that is known while nobody looks. */
  #delivered({ at, from }: RawEntry & { kind: 'delivered' }): void {
    const { version } = this.#lastIn?.frame ?? {};
    if (version === undefined || !this.#lastIn || !isPatch(this.#lastIn.parsed)) return;
    this.#applied(this.#lastIn, at, { version, tookMs: at - from, touched: 0, added: 0, removed: 0 });
  }

  #applied({ frame, parsed }: Source, at: number, applied: Omit<Applied, 'ops' | 'bytes'>): void {
    frame.tookMs = applied.tookMs;
    const event = frame.ref === undefined ? undefined : this.#byRef.get(frame.ref);
    if (!event) return;
    event.appliedAt = at;
    event.applied = { ...applied, ops: countOps(parsed), bytes: frame.bytes };
    this.#unpainted.push(event);
    if (this.#unpainted.length > 100) this.#unpainted.shift();
  }

  #settled({ detail, outcome }: RawEntry & { kind: 'settled' }): void {
    const event = this.#byDetail.get(detail.params);
    if (!event) return;
    this.#unsent = this.#unsent.filter((one) => one !== event);
    if (outcome.status === 'acked') event.status = 'ok';
    else if (event.status !== 'error') event.status = 'rejected';
    if (outcome.reason !== undefined) event.reason = outcome.reason;
  }
}

function failureOf(frame: Parsed): Failure {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    code: text(frame.code) ?? 'error',
    message: text(frame.error) ?? '',
    id: text(frame.id),
    at: text(frame.at),
    hint: text(frame.hint),
    detail: text(frame.debug_detail),
    traceback: text(frame.traceback),
  };
}
