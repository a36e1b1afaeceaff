import type { IncomingMessage, ServerResponse } from 'node:http';
import { memorySyncStore, syncEndpoint } from '@djust/server';
import type { Random } from '../random.ts';
import type { Site } from './site.ts';

/** What the network does to a request for the server. */
export type Wire = 'well' | 'lost' | 'answer-lost' | 'down' | 'late';

/** The real endpoint behind a wire that loses requests, and answers to requests that took effect. */
export class OutboxServer {
  /** Numbers of the events in the order in which they took effect. */
  readonly applied: number[] = [];
  /** How requests fare; drawn anew for each while the network is bad. */
  random: Random | undefined;
  readonly #answer: (request: Request) => Promise<Response | undefined>;

  constructor() {
    this.#answer = syncEndpoint({
      store: memorySyncStore({ maxUsers: 10, maxRecords: 100_000, maxDevices: 100_000 }),
      models: {
        event: { schema: { '~standard': { version: 1, vendor: 'probe', validate: (data) => this.#apply(data) } } },
      },
      principal: () => 'me',
      ownerOf: (principal) => principal,
      perSecond: 1_000,
      burst: 10_000,
    });
  }

  #apply(data: unknown): { value: unknown } {
    this.applied.push((data as { n: number }).n);
    return { value: data };
  }

  readonly handle = async (incoming: IncomingMessage, outgoing: ServerResponse, site: Site): Promise<boolean> => {
    if (incoming.url !== '/djust/sync') return false;
    const wire = this.random?.pick<Wire>(['well', 'lost', 'answer-lost', 'down', 'late']) ?? 'well';
    if (wire === 'lost') outgoing.destroy();
    if (wire === 'down') outgoing.writeHead(503, { connection: 'close' }).end();
    if (wire === 'lost' || wire === 'down') return true;
    if (wire === 'late') await site.delay(150);
    const body = await readAll(incoming);
    // The tab was closed while it was still speaking.
    if (!body) return true;
    const headers = new Headers(incoming.headers as Record<string, string>);
    const init = { method: incoming.method ?? 'GET', headers, body: new Uint8Array(body) };
    const response = await this.#answer(new Request(site.origin + incoming.url, init));
    if (wire === 'answer-lost' || !response) outgoing.destroy();
    else
      outgoing
        .writeHead(response.status, { 'content-type': 'application/json', connection: 'close' })
        .end(await response.text());
    return true;
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of incoming) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}
