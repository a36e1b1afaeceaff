import type { WorkerFeature } from './feature.ts';
import { after, isOwn } from './scope.ts';

export interface BatchOptions {
  readonly url: string;
  /** Which paths may travel together; nothing else is touched. */
  readonly paths: readonly RegExp[];
  readonly windowMs: number;
  readonly maxItems: number;
}

interface Item {
  readonly request: Request;
  answer(response: Response | Promise<Response>): void;
  fail(reason: unknown): void;
}

interface Part {
  readonly id: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64 of the body; null for a status that has none. */
  readonly body: string | null;
}

/** Sends small requests that are made at the same time as one. Each is answered as soon as its own part is there. */
export function batch(options: BatchOptions): WorkerFeature {
  let waiting: Item[] = [];
  let isOff = false;

  const flush = async (): Promise<void> => {
    await after(options.windowMs);
    const items = waiting;
    waiting = [];
    for (let from = 0; from < items.length; from += options.maxItems)
      void send(items.slice(from, from + options.maxItems));
  };

  const alone = (item: Item): void => item.answer(fetch(item.request));

  const send = async (items: readonly Item[]): Promise<void> => {
    const open = new Map(items.filter(({ request }) => !request.signal.aborted).map((item, id) => [id, item]));
    // Nothing is gained by wrapping a single one.
    if (open.size < 2 || isOff) return [...open.values()].forEach(alone);
    try {
      const response = await fetch(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-djust-batch': '1' },
        body: JSON.stringify({ items: [...open].map(([id, { request }]) => describe(id, request)) }),
      });
      isOff = response.status === 404 || response.status === 405;
      if (!response.ok || !response.body) throw new Error(`${response.status}`);
      for await (const part of partsOf(response.body)) {
        open.get(part.id)?.answer(unpack(part));
        open.delete(part.id);
      }
    } catch {
      // Broken off: reading again what was not answered does no harm.
    }
    [...open.values()].forEach(alone);
  };

  return {
    name: 'batch',
    fetch({ request }) {
      const url = new URL(request.url);
      const isSmall = request.method === 'GET' && request.destination === '' && request.mode !== 'navigate';
      const isPlain = !request.headers.has('range') && !request.headers.has('authorization') && !request.keepalive;
      if (isOff || !isSmall || !isPlain || !isOwn(url) || !options.paths.some((path) => path.test(url.pathname)))
        return;
      return new Promise<Response>((answer, fail) => {
        request.signal.addEventListener('abort', () => fail(request.signal.reason), { once: true });
        if (waiting.push({ request, answer, fail }) === 1) void flush();
      });
    },
  };
}

function describe(id: number, { url, headers }: Request): object {
  const { pathname, search } = new URL(url);
  return { id, method: 'GET', path: pathname + search, accept: headers.get('accept') ?? '*/*' };
}

async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Part> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    text += value ?? '';
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (line) yield JSON.parse(line) as Part;
    if (done) return;
  }
}

function unpack({ status, headers, body }: Part): Response {
  const bytes = body === null ? null : Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  return new Response(bytes, { status, headers });
}
