import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One socket of a page and its other half. */
interface Pair {
  readonly browser: Socket;
  readonly server: Socket;
  isSocket: boolean;
  isMute: boolean;
  isDeaf: boolean;
}

/** The wire between browser and site. What befalls it befalls the WebSockets that are open; pages load as before. */
export class Line {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly #target: () => number;
  /** New connections are refused. */
  isDown = false;
  /** Each piece takes so long, in both directions. */
  delayMs = 0;
  /** So many bytes get through each WebSocket in a second, in each direction; 0 for as many as there are. */
  bytesPerSecond = 0;
  /** The last piece that is on its way, by the socket that it goes to. */
  readonly #onTheirWay = new Map<Socket, Promise<void>>();

  private constructor(server: Server, target: () => number) {
    this.#server = server;
    this.#target = target;
  }

  /** @param target  port of the site */
  static async open(target: () => number): Promise<Line> {
    const server = createServer((browser) => line.#join(browser));
    const line = new Line(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Both ends see the connection end. */
  cut(): void {
    for (const { browser, server } of this.#sockets()) {
      browser.destroy();
      server.destroy();
    }
  }

  /** The same, without a word of farewell. */
  reset(): void {
    for (const { browser, server } of this.#sockets()) {
      browser.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Nothing gets through any more, and nobody is told. */
  freeze(): void {
    for (const pair of this.#sockets()) {
      pair.isMute = true;
      pair.isDeaf = true;
    }
  }

  /** The site hears and is not heard: what it does, it cannot say. */
  mute(): void {
    for (const pair of this.#sockets()) pair.isMute = true;
  }

  /** Says goodbye in the name of the site. */
  closeWith(code: number): void {
    for (const { browser, server } of this.#sockets()) {
      browser.end(Buffer.from([0x88, 2, code >> 8, code & 255]));
      server.destroy();
    }
  }

  async close(): Promise<void> {
    for (const { browser, server } of this.#pairs) {
      browser.destroy();
      server.destroy();
    }
    this.#server.close();
    await once(this.#server, 'close');
  }

  #sockets(): Pair[] {
    return [...this.#pairs].filter(({ isSocket }) => isSocket);
  }

  #join(browser: Socket): void {
    if (this.isDown) return void browser.destroy();
    const pair: Pair = {
      browser,
      server: connect(this.#target(), '127.0.0.1'),
      isSocket: false,
      isMute: false,
      isDeaf: false,
    };
    this.#pairs.add(pair);
    browser.on('data', (piece: Buffer) => {
      if (!pair.isSocket && /^upgrade: websocket/im.test(piece.toString('latin1'))) pair.isSocket = true;
      if (!pair.isDeaf) this.#pass(piece, pair, pair.server);
    });
    pair.server.on('data', (piece: Buffer) => {
      if (!pair.isMute) this.#pass(piece, pair, browser);
    });
    for (const socket of [browser, pair.server]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#pairs.delete(pair);
        browser.destroy();
        pair.server.destroy();
      });
    }
  }

  /** A piece never overtakes one before it, whatever has become of the line since. */
  #pass(piece: Buffer, { isSocket }: Pair, to: Socket): void {
    const before = this.#onTheirWay.get(to);
    const ms = isSocket && this.bytesPerSecond > 0 ? (1_000 * piece.length) / this.bytesPerSecond : 0;
    if (!before && ms + this.delayMs === 0) return void to.write(piece);
    const arrived = Promise.all([before?.then(() => wait(ms)) ?? wait(ms), wait(this.delayMs)]).then(() => {
      if (this.#onTheirWay.get(to) === arrived) this.#onTheirWay.delete(to);
      if (!to.destroyed) to.write(piece);
    });
    this.#onTheirWay.set(to, arrived);
  }
}

const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
