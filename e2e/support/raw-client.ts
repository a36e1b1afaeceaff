import { once } from 'node:events';
import WebSocket from 'ws';
import type { Frame } from './frames.ts';

/** A visitor without a browser, who can say what no browser would. */
export class RawClient {
  /** What came and was not asked for yet. */
  readonly #inbox: Frame[] = [];
  readonly #socket: WebSocket;
  #wake = (): void => {};
  /** The code that the server closed with. */
  readonly closed: Promise<number>;
  /** Of the last event. */
  ref = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.#inbox.push(JSON.parse(String(data)));
      this.#wake();
    });
    this.closed = once(socket, 'close').then(([code]) => code as number);
    socket.on('error', () => {});
  }

  /** Opens a socket, as a page of `from` would. */
  static async open(origin: string, from: string = origin): Promise<RawClient> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/live/`, { origin: from });
    const client = new RawClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a page as a browser does: the HTML first, then a socket that adopts it. */
  static async onPage(origin: string, path: string): Promise<RawClient> {
    const html = await (await fetch(origin + path)).text();
    const attribute = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '';
    const client = await RawClient.open(origin);
    await client.next('connect');
    const features = ['ack', 'resume', 'adopt', 'ops'];
    const session = attribute('data-dj-session');
    const ext = { v: 1, features, client_id: `raw-${session}`, session, version: 1, ref: 0, acked: 0 };
    client.send({ type: 'mount', view: attribute('dj-view'), url: path, params: {}, ext });
    await client.next('mount');
    return client;
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Sends an event under the next ref, and answers the ref. */
  event(event: string, params: object = {}): number {
    this.send({ type: 'event', event, params, ref: ++this.ref });
    return this.ref;
  }

  /** The next frame of this type; what came before it is forgotten. Fails when the socket closes first. */
  async next(type: string): Promise<Frame> {
    for (;;) {
      const at = this.#inbox.findIndex((frame) => frame.type === type);
      if (at >= 0) return this.#inbox.splice(0, at + 1).at(-1) as Frame;
      const gone = this.closed.then((code) => {
        throw new Error(`closed with ${code} before ${type} came`);
      });
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), gone]);
    }
  }

  get waiting(): readonly Frame[] {
    return this.#inbox;
  }

  close(): void {
    this.#socket.close();
  }
}
