import { type Clock, systemClock } from '../clock.ts';
import { PRIVATE, problem, readJson, refuseForeign } from './endpoint.ts';

export interface BatchOptions {
  /** Answers one request, as the server does for the same request alone. */
  readonly fetch: (request: Request) => Promise<Response | undefined>;
  /** What may be asked for in a batch: beginnings of paths. */
  readonly prefixes: readonly string[];
  readonly path?: string;
  readonly allowedOrigins?: readonly string[];
  readonly clock?: Clock;
}

const MAX_BYTES = 65_536;
const MAX_ITEMS = 20;
const MAX_OUT_BYTES = 4_194_304;
const ITEM_MS = 5_000;

/** Who asks; nothing else of the outer request reaches the parts. */
const PASSED = ['cookie', 'authorization', 'accept-language'];
/** Headers that speak of the connection, or that only the outer answer may set. */
const NOT_RETURNED =
  /^(set-cookie|connection|keep-alive|transfer-encoding|content-length|content-encoding|upgrade|trailer|te|proxy-.*)$/;

interface Item {
  readonly id: number;
  readonly path: string;
  readonly accept: string;
}

/** Answers many small requests as one, each line as soon as it is known. Nothing leaves this process, so no address can be misused. */
export function batchEndpoint(options: BatchOptions): (request: Request) => Promise<Response | undefined> {
  const { path = '/djust/batch', allowedOrigins = [] } = options;
  return async (request) => {
    if (new URL(request.url).pathname !== path) return undefined;
    const refusal = refuseForeign(request, 'x-djust-batch', allowedOrigins);
    if (refusal) return refusal;
    const body = await readJson(request, MAX_BYTES);
    if (body instanceof Response) return body;
    const { items } = (body.value ?? {}) as { items?: unknown };
    if (!Array.isArray(items)) return problem(400, 'batch/invalid');
    if (items.length > MAX_ITEMS) return problem(413, 'batch/too-many');
    return new Response(lines(items, request, options), {
      headers: { ...PRIVATE, 'content-type': 'application/x-ndjson' },
    });
  };
}

function lines(items: readonly unknown[], outer: Request, options: BatchOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let left = MAX_OUT_BYTES;
  return new ReadableStream({
    async start(controller) {
      const answer = async (item: unknown, at: number): Promise<void> => {
        const line = encoder.encode(`${JSON.stringify(await answerItem(item, at, outer, options))}\n`);
        left -= line.length;
        const tooMuch = left < 0 ? encoder.encode(`${JSON.stringify(refused(idOf(item, at), 413))}\n`) : line;
        controller.enqueue(tooMuch);
      };
      await Promise.all(items.map(answer));
      controller.close();
    },
  });
}

async function answerItem(value: unknown, at: number, outer: Request, options: BatchOptions): Promise<object> {
  const item = readItem(value, at);
  if (typeof item === 'number') return refused(idOf(value, at), item);
  if (!options.prefixes.some((prefix) => item.path.startsWith(prefix))) return refused(item.id, 403);
  const headers = new Headers({ accept: item.accept });
  for (const name of PASSED) if (outer.headers.has(name)) headers.set(name, outer.headers.get(name) as string);
  try {
    const request = new Request(new URL(item.path, outer.url), { headers });
    const response = await inItemTime(options, options.fetch(request));
    if (!response) return refused(item.id, 404);
    const kept = [...response.headers].filter(([name]) => !NOT_RETURNED.test(name));
    const hasBody = ![101, 204, 205, 304].includes(response.status);
    const body = hasBody ? Buffer.from(await response.arrayBuffer()).toString('base64') : null;
    return { id: item.id, status: response.status, headers: Object.fromEntries(kept), body };
  } catch {
    return refused(item.id, 500);
  }
}

/** A late answer is dropped; the others need not wait for it. */
function inItemTime(
  { clock = systemClock }: BatchOptions,
  answer: Promise<Response | undefined>,
): Promise<Response | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ITEM_MS, () => resolve(new Response(null, { status: 504 })));
    answer.then(resolve, reject).finally(cancel);
  });
}

const refused = (id: number, status: number): object => ({ id, status, headers: {}, body: '' });

const idOf = (value: unknown, at: number): number => {
  const { id } = (value ?? {}) as { id?: unknown };
  return Number.isSafeInteger(id) ? (id as number) : at;
};

/** The item, or the status that it is refused with. Only a plain path of this site gets through. */
function readItem(value: unknown, at: number): Item | number {
  const {
    method = 'GET',
    path,
    accept = '*/*',
  } = (value ?? {}) as Partial<Record<'method' | 'path' | 'accept', unknown>>;
  if (method !== 'GET') return 400;
  if (typeof path !== 'string' || path.length > 2_048 || typeof accept !== 'string' || accept.length > 200) return 400;
  const [pathname = ''] = path.split('?');
  // What a URL parser would turn into something else is not what was allowed.
  if (!/^\/(?![/\\])[\w\-./~%!$&'()*+,;=:@]*$/.test(pathname) || /%2[ef]|%5c|%00|\.\.|\/\.(\/|$)/i.test(pathname))
    return 400;
  if (/[\s\\#]|\p{Cc}/u.test(path) || /%(?![0-9a-f]{2})/i.test(pathname)) return 400;
  if (/^\/djust\//.test(pathname)) return 403;
  return { id: idOf(value, at), path, accept };
}
