import type { DjustServer } from '@djust/server';
import { VIEW } from './tasks.ts';

interface Frame {
  readonly type: string;
  readonly ref?: number;
  readonly ext?: { readonly outcome: string };
}

/** Faster, and the rate limit would answer. */
const PAUSE_MS = 11;

/** A browser without a network. */
export class Visitor {
  /** The server would not open the page. */
  isRefused = false;
  /** What became of the page: adopted, resumed, mounted. */
  outcome = '';
  /** How long the mount took. */
  mountUs = 0;
  /** What the last answer sent. */
  sentBytes = 0;
  leave: () => void = () => {};
  #text: (text: string) => void = () => {};
  #heard: (frame: Frame, bytes: number) => void = () => {};
  #ref = 0;
  #bytes = 0;

  /** @param session  of a page that was opened before */
  static async enter(server: DjustServer, session: string | null = null): Promise<Visitor> {
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
    await visitor.#mount(session);
    return visitor;
  }

  async #mount(session: string | null): Promise<void> {
    const features = ['ack', 'resume', 'adopt', 'ops', 'templates'];
    const ext = { v: 1, features, client_id: 'client-one', session, version: session ? 1 : 0, ref: 0, acked: 0 };
    const reply = this.#wait(({ type }) => type === 'mount' || type === 'error');
    const from = performance.now();
    this.#text(JSON.stringify({ type: 'mount', view: VIEW, url: '/', params: {}, ext }));
    const frame = await reply;
    this.mountUs = (performance.now() - from) * 1_000;
    this.isRefused = frame.type === 'error';
    this.outcome = frame.ext?.outcome ?? '';
  }

  /** One event; answers microseconds until its answer. */
  async press(): Promise<number> {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
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

  #wait(test: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => {
      this.#heard = (frame, bytes) => {
        this.#bytes += bytes;
        if (test(frame)) resolve(frame);
      };
    });
  }
}
