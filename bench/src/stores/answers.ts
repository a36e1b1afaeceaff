import { createServer, defineView, html, type SessionRecord, silentLogger } from '@djust/server';
import { createRandom } from '../random.ts';
import { quantile } from '../stats.ts';
import { LANES, type Lane, type Stores } from './lanes.ts';
import { stateOf } from './states.ts';

/** How long the server takes from an event to its answer, without a network. */
export interface AnswerRow {
  readonly stateBytes: number;
  readonly store: Lane;
  readonly p50Us: number;
  readonly p95Us: number;
  /** What one answer sends to the browser. */
  readonly sentBytes: number;
  /** The store does not take a state of this size. */
  readonly isRefused?: true;
}

interface Plan {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: number;
}

const EVENTS = 20;
const VIEW = 'bench.tasks';

/** All stores take turns in each round, in another order each time: they all have the same machine. */
export async function measureAnswers(stores: Stores, { sizes, rounds, seed }: Plan): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  for (const stateBytes of sizes) {
    const random = createRandom(seed);
    const state = stateOf(stateBytes, random);
    const visitors = new Map<Lane, Visitor>();
    for (const lane of LANES) visitors.set(lane, await Visitor.enter(stores.make(lane), state));
    const samples = new Map<Lane, number[]>(LANES.map((lane) => [lane, []]));
    for (let round = -3; round < rounds; round++) {
      for (const lane of random.shuffled(LANES)) {
        const visitor = visitors.get(lane) as Visitor;
        if (visitor.isRefused) continue;
        for (let count = 0; count < EVENTS; count++) {
          const us = await visitor.press();
          if (round >= 0) samples.get(lane)?.push(us);
        }
      }
    }
    for (const lane of LANES) {
      const visitor = visitors.get(lane) as Visitor;
      const taken = samples.get(lane) as number[];
      const row = { stateBytes, store: lane, p50Us: quantile(taken, 0.5), p95Us: quantile(taken, 0.95) };
      rows.push({ ...row, sentBytes: visitor.sentBytes, ...(visitor.isRefused && { isRefused: true }) });
      visitor.leave();
    }
    await stores.clear();
  }
  return rows;
}

/** A browser without a network. */
class Visitor {
  isRefused = false;
  sentBytes = 0;
  leave: () => void = () => {};
  #text: (text: string) => void = () => {};
  #heard: (frame: { type: string; ref?: number }, bytes: number) => void = () => {};
  #ref = 0;
  #bytes = 0;

  static async enter(store: ReturnType<Stores['make']>, state: SessionRecord['state']): Promise<Visitor> {
    const view = defineView<SessionRecord['state']>({
      name: VIEW,
      state,
      events: { add: ({ count }) => ({ count: Number(count) + 1 }) },
      render: ({ count }) => html`<p>${String(count)}</p>`,
    });
    const server = createServer({ pages: { '/': view }, store, log: silentLogger, isDevelopment: false });
    const visitor = new Visitor();
    const peer = {
      address: '192.0.2.1',
      bufferedBytes: 0,
      send: (text: string) => visitor.#heard(JSON.parse(text), text.length),
      close: () => {},
    };
    const request = new Request('http://site.example/ws/live/', { headers: { origin: 'http://site.example' } });
    const handler = await server.connect(peer, request);
    visitor.#text = (text) => handler.text(text);
    visitor.leave = () => handler.closed();
    const features = ['ack', 'resume', 'adopt', 'ops', 'templates'];
    const ext = { v: 1, features, client_id: 'client-one', session: null, version: 0, ref: 0, acked: 0 };
    const reply = visitor.#wait(({ type }) => type === 'mount' || type === 'error');
    visitor.#text(JSON.stringify({ type: 'mount', view: VIEW, url: '/', params: {}, ext }));
    visitor.isRefused = (await reply).type === 'error';
    return visitor;
  }

  /** One event; answers microseconds until its answer. */
  async press(): Promise<number> {
    // Slower than the rate limit; the pause is not measured.
    await new Promise((done) => setTimeout(done, 11));
    const ref = ++this.#ref;
    const answer = this.#wait((frame) => frame.ref === ref);
    this.#bytes = 0;
    const from = performance.now();
    this.#text(JSON.stringify({ type: 'event', event: 'add', params: {}, ref }));
    const { type } = await answer;
    const us = (performance.now() - from) * 1_000;
    if (type !== 'patch') throw new Error(`the answer is ${type}`);
    this.sentBytes = this.#bytes;
    return us;
  }

  #wait(test: (frame: { type: string; ref?: number }) => boolean): Promise<{ type: string }> {
    return new Promise((resolve) => {
      this.#heard = (frame, bytes) => {
        this.#bytes += bytes;
        if (test(frame)) resolve(frame);
      };
    });
  }
}
