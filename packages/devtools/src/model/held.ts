import type { JsonObject, Result } from '@djust/protocol';
import { CAPS } from './caps.ts';
import type { DebugEvent, DebugFrame, PageMark, Status, Transition } from './entries.ts';
import { readServerFrame } from './server-frames.ts';
import type { HeldTrace } from './trace-store.ts';

type Reader<T> = (value: unknown) => T | undefined;

const STATUSES: readonly Status[] = ['queued', 'sent', 'ok', 'error', 'rejected', 'dropped'];

/**
 * Reads a trace that came from outside: a file, or a storage that all scripts of the page share. Each field is taken only
 * when it has its type; an entry without what it must have is refused with its place.
 */
export function readHeld(value: unknown): Result<HeldTrace, string> {
  if (!isObject(value)) return { ok: false, fault: 'It is no session.' };
  const events = readList(value.events, readEvent, CAPS.events);
  const frames = readList(value.frames, readFrame, CAPS.frames);
  const transitions = readList(value.transitions, readTransition, CAPS.transitions);
  const pages = readList(value.pages, readPage, CAPS.pages);
  for (const [name, list] of Object.entries({ events, frames, transitions, pages }))
    if (typeof list === 'number') return { ok: false, fault: `/${name}/${list} does not fit.` };
  return { ok: true, value: { events, frames, transitions, pages } as HeldTrace };
}

/** The list, or the place of the first entry that does not fit. */
function readList<T>(value: unknown, read: Reader<T>, most: number): T[] | number {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return 0;
  const list: T[] = [];
  for (const [at, item] of value.slice(-most).entries()) {
    const entry = isObject(item) ? read(item) : undefined;
    if (entry === undefined) return at;
    list.push(entry);
  }
  return list;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Without the fields that are not there. */
const some = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const readEvent: Reader<DebugEvent> = (value) => {
  const event = value as Record<string, unknown>;
  const [id, page, createdAt, name] = [number(event.id), number(event.page), number(event.createdAt), text(event.name)];
  const status = STATUSES.find((one) => one === event.status);
  if (id === undefined || page === undefined || createdAt === undefined || name === undefined || !status)
    return undefined;
  return some({
    id,
    page,
    createdAt,
    name,
    status,
    view: text(event.view) ?? '',
    element: text(event.element) ?? '',
    params: (isObject(event.params) ? event.params : {}) as JsonObject,
    gesture: readGesture(event.gesture),
    ref: number(event.ref),
    reason: text(event.reason),
    sentAt: number(event.sentAt),
    answeredAt: number(event.answeredAt),
    appliedAt: number(event.appliedAt),
    paintedAt: number(event.paintedAt),
    replayed: event.replayed === true ? true : undefined,
    applied: readApplied(event.applied),
    error: readError(event.error),
    server: isObject(event.server) ? readServerFrame({ ...event.server, ref: 0 })?.server : undefined,
  });
};

function readGesture(value: unknown): DebugEvent['gesture'] {
  if (!isObject(value)) return undefined;
  const [css, nth] = [text(value.css), number(value.nth)];
  return css === undefined || nth === undefined ? undefined : { css, nth };
}

function readApplied(value: unknown): DebugEvent['applied'] {
  if (!isObject(value)) return undefined;
  const { version, ops, bytes, tookMs, touched, added, removed } = value;
  const numbers = { version, ops, bytes, tookMs, touched, added, removed };
  const read = Object.entries(numbers).map(([name, amount]) => [name, number(amount) ?? 0]);
  return Object.fromEntries(read) as NonNullable<DebugEvent['applied']>;
}

function readError(value: unknown): DebugEvent['error'] {
  if (!isObject(value)) return undefined;
  const { code, message, id, at, hint, detail, traceback } = value;
  return some({
    code: text(code) ?? '',
    message: text(message) ?? '',
    id: text(id),
    at: text(at),
    hint: text(hint),
    detail: text(detail),
    traceback: text(traceback),
  });
}

const readFrame: Reader<DebugFrame> = (value) => {
  const frame = value as Record<string, unknown>;
  const [id, page, at, type, body] = [
    number(frame.id),
    number(frame.page),
    number(frame.at),
    text(frame.type),
    text(frame.text),
  ];
  const { direction, mark } = frame;
  if (id === undefined || page === undefined || at === undefined || type === undefined || body === undefined)
    return undefined;
  if (direction !== 'in' && direction !== 'out') return undefined;
  return some<DebugFrame>({
    id,
    page,
    at,
    type,
    text: body,
    direction,
    bytes: number(frame.bytes) ?? 0,
    connection: number(frame.connection) ?? 0,
    ref: number(frame.ref),
    version: number(frame.version),
    tookMs: number(frame.tookMs),
    before: readTexts(frame.before),
    why: readTexts(frame.why),
    way: (['sse', 'worker'] as const).find((one) => one === frame.way),
    moreChars: number(frame.moreChars),
    mark: (['dropped', 'delayed', 'duplicated', 'reordered'] as const).find((one) => one === mark),
  });
};

/** Texts by name, as many as a frame can have. */
function readTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined;
  let left = 2 * CAPS.beforeChars;
  const texts = Object.entries(value).filter(([name, one]): boolean => {
    left -= name.length + (text(one)?.length ?? 0);
    return typeof one === 'string' && left >= 0;
  });
  return Object.fromEntries(texts) as Record<string, string>;
}

const readTransition: Reader<Transition> = (value) => {
  const { at, page, from, to, code, reason } = value as Record<string, unknown>;
  const [when, where] = [number(at), number(page)];
  if (when === undefined || where === undefined) return undefined;
  return some({
    at: when,
    page: where,
    from: text(from) ?? '',
    to: text(to) ?? '',
    code: number(code),
    reason: text(reason),
  });
};

const readPage: Reader<PageMark> = (value) => {
  const { page, at, url, how } = value as Record<string, unknown>;
  const [where, when] = [number(page), number(at)];
  if (where === undefined || when === undefined) return undefined;
  return { page: where, at: when, url: text(url) ?? '', how: how === 'load' ? 'load' : 'navigation' };
};
