import { EXT_VERSION, type JsonObject, LIMITS } from '@djust/protocol';
import { type Clock, systemClock } from '../clock.ts';
import type { DjustServer } from '../server.ts';
import { PRIVATE, problem, readJson, refuseForeign } from './endpoint.ts';
import { Errand } from './errand.ts';

export interface EventsOptions {
  readonly path?: string;
  readonly allowedOrigins?: readonly string[];
  readonly clock?: Clock;
}

const MAX_BYTES = 262_144;
/** As many as one connection may send at once. */
const MAX_EVENTS = 50;
const PATIENCE_MS = 20_000;

/** What a page has left behind; names as in the mount frame. */
interface Left {
  readonly client: string;
  readonly session: string;
  readonly acked: number;
  readonly page: { readonly view: string; readonly url: string; readonly params: JsonObject };
  readonly events: readonly { readonly event: string; readonly params: JsonObject; readonly ref: number }[];
}

/**
 * Takes the open events of pages that are gone, which a service worker sends. It speaks the wire with the server as a page
 * would, so the same is checked, and what was taken before is known by its ref and done once. A session that is gone is
 * opened anew and named, and nothing is sent: the caller may do so when it has written the name down, so that a lost
 * answer makes no event happen twice.
 */
export function eventsEndpoint(
  server: DjustServer,
  { path = '/djust/events', allowedOrigins = [], clock = systemClock }: EventsOptions = {},
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    if (new URL(request.url).pathname !== path) return undefined;
    const refusal = refuseForeign(request, 'x-djust-events', allowedOrigins);
    if (refusal) return refusal;
    const body = await readJson(request, MAX_BYTES);
    if (body instanceof Response) return body;
    const left = readLeft(body.value);
    if (!left) return problem(400, 'events/invalid');
    if (left.events.length > MAX_EVENTS) return problem(413, 'events/too-many');
    const errand = await Errand.begin(server, request);
    // A handler that never ends must not hold the request; what it does later is known by its ref.
    const cancel = clock.after(PATIENCE_MS, () => errand.close());
    try {
      const answer = await deliver(errand, left);
      if (answer === 'refused') return problem(409, 'events/refused');
      return answer === 'later' ? problem(503, 'events/later') : Response.json(answer, { headers: PRIVATE });
    } finally {
      cancel();
      errand.close();
    }
  };
}

interface Answer {
  /** The name of the session from now on. */
  readonly session: string;
  /** It is the one that was asked for. Otherwise it is new, and nothing was sent to it. */
  readonly isSame: boolean;
  /** The server's mark: highest ref of this client whose outcome is known. */
  readonly acked: number;
  /** How many of the given events have their outcome. */
  readonly done: number;
  /** Places of those among them that failed. */
  readonly failed: readonly number[];
}

async function deliver(
  errand: Errand,
  { client, session, acked, page, events }: Left,
): Promise<Answer | 'refused' | 'later'> {
  const ref = events.at(-1)?.ref ?? acked;
  const ext = { v: EXT_VERSION, features: ['ack', 'resume'], client_id: client, session, version: 0, ref, acked };
  const mounted = await errand.ask(session, { type: 'mount', ...page, ext });
  if (typeof mounted === 'string') return mounted;
  if (!mounted.isSame) return { session: errand.session, isSame: false, acked: 0, done: 0, failed: [] };
  // The server has taken everything up to its mark and nothing else: what is above it was never seen, and is numbered anew.
  const first = events.filter((event) => event.ref <= mounted.ack).length;
  const rest = events.slice(first);
  const outcome = await errand.tell(
    rest.map(({ event, params }, at) => ({ type: 'event', event, params, ref: mounted.ack + 1 + at })),
    mounted.ack,
  );
  const failed = outcome.failed.map((one) => one - mounted.ack - 1 + first);
  const done = first + outcome.acked - mounted.ack;
  return { session: errand.session, isSame: true, acked: outcome.acked, done, failed };
}

function readLeft(value: unknown): Left | undefined {
  const { client, session, acked, page, events } = (value ?? {}) as Partial<Record<keyof Left, unknown>>;
  const isText = (one: unknown): boolean => typeof one === 'string' && one.length <= LIMITS.maxJsonStringLength;
  const isCount = (one: unknown): boolean => Number.isSafeInteger(one) && (one as number) >= 0;
  const isObject = (one: unknown): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isText(client) || !isText(session) || !isCount(acked) || !isObject(page) || !Array.isArray(events))
    return undefined;
  const isEvent = (one: unknown): boolean =>
    isObject(one) && isText(one.event) && isObject(one.params) && isCount(one.ref) && (one.ref as number) > 0;
  const isPage = isText(page.view) && isText(page.url) && isObject(page.params);
  // The rest of it is checked where it is for everybody: by the frames that are made of it.
  return isPage && events.every(isEvent) ? (value as Left) : undefined;
}
